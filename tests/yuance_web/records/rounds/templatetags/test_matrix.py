from __future__ import annotations

from yuance_web.records.rounds.templatetags.matrix import matrix_cells


def test_each_cell_tells_its_state_by_class_and_by_sign() -> None:
    assert (
        matrix_cells([("reported", "填"), ("empty", "")])
        == '<td class="c c-reported">填</td><td class="c c-empty"></td>'
    )


def test_nothing_gets_into_the_page_unescaped() -> None:
    assert "<script>" not in matrix_cells([('"><script>', "<b>")])
