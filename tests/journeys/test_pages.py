"""A look at the pages in a browser: the open sheet is seen, the others are not, nothing is wider than a phone."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.yuance.loop.evaluation.explained import small_city
from yuance.papers.html import write_pages

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
)  # fmt: skip

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium here: the pages are not looked at in a browser")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    return write_pages(folder, [small_city()], title="小城榜单", marks=["演示数据（虚构）"], periods=["2023"])


def look(page: Path, profile: Path, *flags: str) -> str:
    """What the browser says about a page."""
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={profile}", *flags, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120, encoding="utf-8").stdout


def test_the_browser_reads_the_page_as_it_was_written(index: Path, tmp_path: Path) -> None:
    seen = look(index, tmp_path, "--dump-dom")
    assert "演示数据（虚构）" in seen
    assert len(re.findall(r"<svg", seen)) == index.read_text(encoding="utf-8").count("<svg")
    assert "alert(1)" in seen
    assert "<script" not in seen


@pytest.mark.parametrize("page", ["index.html", "explain/small-u1-2023.html"])
def test_the_page_can_be_printed(index: Path, tmp_path: Path, page: str) -> None:
    paper = tmp_path / "page.pdf"
    look(index.parent / page, tmp_path / "profile", "--no-pdf-header-footer", f"--print-to-pdf={paper}")
    assert paper.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("page", ["index.html", "explain/small-u1-2023.html"])
@pytest.mark.parametrize("width", [390, 1366])
def test_the_page_is_not_wider_than_its_window(index: Path, tmp_path: Path, page: str, width: int) -> None:
    """The page stands in a frame of the wanted width; a probe beside it tells how wide the content wants to be."""
    probe = tmp_path / "probe.html"
    text = (index.parent / page).read_text(encoding="utf-8")
    tail = "<script>document.title='w'+document.documentElement.scrollWidth+'/'+window.innerWidth</script></body>"
    probe.write_text(text.replace("</body>", tail), encoding="utf-8")
    frame = tmp_path / "frame.html"
    frame.write_text(
        f'<iframe id="f" src="{probe.name}" style="width:{width}px;height:800px;border:0"></iframe>'
        "<script>f.onload=()=>document.title=f.contentDocument.title</script>",
        encoding="utf-8",
    )
    flags = (
        "--allow-file-access-from-files",
        f"--window-size={width + 100},900",
        "--virtual-time-budget=3000",
        "--dump-dom",
    )
    seen = look(frame, tmp_path / "profile", *flags)
    found = re.search(r"w(\d+)/(\d+)", seen)
    assert found, seen[:500]
    assert int(found[1]) <= int(found[2]) == width
