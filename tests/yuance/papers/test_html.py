"""Pages stand alone, mark what must be marked, escape what is foreign, and hold every figure of the explanation."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.yuance.loop.evaluation.explained import METHOD, small_city
from yuance.loop.evaluation import Evaluation
from yuance.loop.evaluation.explanation import explain
from yuance.papers.html import explanation_page, ranking_page, write_pages

MARK = "演示数据（虚构）"
EMPTY_TAGS = {"meta", "input", "br", "link"}


class Outline(HTMLParser):
    """Open tags, ids, addresses and texts of a page; a tag that is closed out of turn is remembered."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.ids += [known["id"] or ""] if "id" in known else []
        self.links += [known[name] or "" for name in ("href", "src") if name in known]
        self.open += [] if tag in EMPTY_TAGS else [tag]

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.texts))


@pytest.fixture(scope="module")
def city() -> Evaluation:
    return small_city()


@pytest.fixture(scope="module")
def folder(city: Evaluation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pages(tmp_path_factory.mktemp("pages"), [city], title="小城榜单", marks=[MARK]).parent


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html"))
    }


def test_there_is_an_index_and_a_page_for_every_unit_and_period(pages: dict[str, str]) -> None:
    assert "index.html" in pages
    assert len(pages) == 9


def test_every_page_is_well_formed(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        outline = Outline(page)
        assert (name, outline.open, outline.crossed) == (name, [], [])
        assert len(outline.ids) == len(set(outline.ids))


def test_the_marks_stand_on_every_page(pages: dict[str, str]) -> None:
    for page in pages.values():
        assert f"<li>{MARK}</li>" in re.sub(r"\s*\n\s*", "", page)
        assert page.count(MARK) >= 3


def test_the_reconstruction_is_said_on_every_page(pages: dict[str, str]) -> None:
    assert all("非官方文本，不得作为官方依据引用" in page for page in pages.values())


def test_nothing_comes_from_elsewhere(pages: dict[str, str]) -> None:
    for page in pages.values():
        assert not re.search(r"https?:|//[a-z]|@import|url\((?!#)", page)
        assert not re.search(r"<(script|iframe|img|link|object)\b", page)


def test_a_name_cannot_run_as_a_script(pages: dict[str, str]) -> None:
    assert any("&lt;script&gt;alert(1)&lt;/script&gt;" in page for page in pages.values())
    assert not any("<script" in page for page in pages.values())


def test_a_title_and_a_mark_cannot_break_out_either(city: Evaluation) -> None:
    page = ranking_page([city], title='</style><script>"x"', marks=["</style><b>"])
    assert "<script" not in page
    assert page.count("</style>") == 1


def test_every_link_leads_somewhere(folder: Path, pages: dict[str, str]) -> None:
    for name, page in pages.items():
        ids = set(Outline(page).ids)
        for link in Outline(page).links:
            if link.startswith("#"):
                assert link[1:] in ids, (name, link)
            else:
                assert ((folder / name).parent / link).resolve().is_file(), (name, link)


def test_the_ranking_leads_to_the_explanations(pages: dict[str, str]) -> None:
    assert "explain/small-u1-2023.html" in Outline(pages["index.html"]).links


def test_an_explanation_leads_back_and_to_the_other_period(pages: dict[str, str]) -> None:
    links = Outline(pages["explain/small-u1-2023.html"]).links
    assert "../index.html" in links
    assert "small-u1-2022.html" in links


def test_the_ranking_holds_every_score_and_movement(pages: dict[str, str]) -> None:
    text = Outline(pages["index.html"]).text
    assert all(words in text for words in ("88.33", "84.00", "60.00", "优秀", "▲ 上升 2", "一票否决：较大事故"))


def test_the_explanation_goes_from_total_to_cell(pages: dict[str, str]) -> None:
    text = Outline(pages["explain/small-u1-2023.html"]).text
    for words in ("税收收入 3,000 万元 ÷ 已供用地 100 亩 = 30 万元/亩", "填报.csv E6", "60 + 40 × (30 − 10) ÷ (50 − 10) = 80", "88.3333", "88.33",
                  "《小城发〔2023〕1号》第三条", "按限额计 3 分"):  # fmt: skip
        assert words in text


def test_the_sum_line_equals_the_total(city: Evaluation) -> None:
    page = explanation_page(explain(city, "u1"))
    rows = re.findall(r'<tr class="indicator[^>]*>.*?</tr>', page, re.DOTALL)
    parts = [float(re.findall(r'<td class="num">([\d.]+)</td>', row)[-1]) for row in rows]
    assert round(sum(parts) + 3.0, 4) == 88.3333


def test_a_unit_without_a_total_has_a_page_too() -> None:
    evaluation = small_city(METHOD.replace('missing = "drop"', 'missing = "refuse"'))
    text = Outline(explanation_page(explain(evaluation, "u3"))).text
    assert "未得出" in text
    assert "研发经费没有数据" in text


def test_scores_that_do_not_add_up_say_how_they_join() -> None:
    evaluation = small_city(METHOD.replace('missing = "drop"', 'missing = "drop"\nby = "geometric"'))
    page = explanation_page(explain(evaluation, "u1"))
    assert "各项不能直接相加" in page
    assert "贡献分相加即总分" not in page


def test_only_the_units_asked_for_get_a_page(city: Evaluation, tmp_path: Path) -> None:
    write_pages(tmp_path, [city], units=["u1"], periods=["2023"])
    assert [path.name for path in (tmp_path / "explain").iterdir()] == ["small-u1-2023.html"]


def test_names_of_files_are_safe_and_do_not_meet(tmp_path: Path) -> None:
    facts = (
        "unit,name,category,period,tax,land\na/b,甲,A,2023,3000,100\na b,乙,A,2023,3000,100\n../x,丙,A,2023,3000,100\n"
    )
    write_pages(tmp_path, [small_city(facts=facts)])
    assert sorted(path.name for path in (tmp_path / "explain").iterdir()) == [
        "small-..-x-2023.html", "small-a-b-2023-2.html", "small-a-b-2023.html",
    ]  # fmt: skip


def test_two_evaluations_stand_on_one_page(city: Evaluation) -> None:
    other = small_city(METHOD.replace('id = "small"', 'id = "other"').replace("小城园区评价办法", "另一办法"))
    page = ranking_page([city, other])
    assert "另一办法" in page
    assert len(Outline(page).ids) == len(set(Outline(page).ids))


def test_two_runs_give_the_same_bytes(city: Evaluation, pages: dict[str, str], tmp_path: Path) -> None:
    again = write_pages(tmp_path, [city], title="小城榜单", marks=[MARK]).parent
    assert {
        path.relative_to(again).as_posix(): path.read_text(encoding="utf-8") for path in again.rglob("*.html")
    } == pages
