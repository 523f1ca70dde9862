from __future__ import annotations

import pytest

from yuance_web import __main__ as program


def test_serve_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yuance_web.config.serving.serve", len)
    assert program.main(["serve", "--port", "1"]) == 2


def test_everything_else_is_djangos(capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["check"]) == 0
    assert "no issues" in capsys.readouterr().out
