"""Rankings and explanations as they are read in a terminal."""

from __future__ import annotations

import pytest

from tests.yuance.loop.evaluation.explained import METHOD, small_city
from yuance.loop.evaluation import Evaluation
from yuance.loop.evaluation.explanation import explain
from yuance.papers.columns import width
from yuance.papers.ranking import Movement
from yuance.papers.text import explanation_text, moved, named, published, ranking_text

MARK = "演示数据（虚构）"


@pytest.fixture(scope="module")
def city() -> Evaluation:
    return small_city()


class TestARanking:
    def test_has_period_head_and_every_unit(self, city: Evaluation) -> None:
        text = ranking_text(city)
        assert "2023年  小城园区评价办法" in text
        assert all(name in text for name in ("甲园", "乙园", "丁园", "类内名次", "等次", "▌A 类（制造类）"))

    def test_shows_movement_and_what_it_refers_to(self, city: Evaluation) -> None:
        text = ranking_text(city)
        assert "↑2" in text
        assert "变动：与2022年相比" in text

    def test_says_what_is_invented_and_what_is_reconstructed(self, city: Evaluation) -> None:
        assert f"【{MARK}】  【复原稿，非官方文本】" in ranking_text(city, marks=[MARK])

    def test_notes_stand_under_the_table(self, city: Evaluation) -> None:
        assert "* 乙园（u2）：一票否决：较大事故" in ranking_text(city)

    def test_columns_stand_under_each_other(self, city: Evaluation) -> None:
        lines = ranking_text(city).split("\n\n")[1].splitlines()
        ends = {width(line) for line in lines if line.strip().endswith(tuple("1234")) and "园" in line}
        assert len(ends) == 1

    def test_has_english_heads(self, city: Evaluation) -> None:
        text = ranking_text(city, language="en")
        assert all(
            word in text for word in ("In category", "Park", "Score", "Grade", "moved: against 2022", "Findings: ")
        )
        assert "[A reconstruction, not the official text]" in text


class TestAnExplanation:
    def test_goes_from_total_to_cell(self, city: Evaluation) -> None:
        text = explanation_text(explain(city, "u1"))
        for words in (
            "总分 88.33", "A 类（制造类） 第 1 名（共 3 个）", "税收收入 3,000 万元 ÷ 已供用地 100 亩 = 30 万元/亩", "填报.csv E6（税务局核实）",
            "60 + 40 × (30 − 10) ÷ (50 − 10) = 80", "80 × 60% = 48", "《小城发〔2023〕1号》第三条", "88.3333 四舍五入保留 2 位小数，得 88.33",
        ):  # fmt: skip
            assert words in text

    def test_has_a_sum_line(self, city: Evaluation) -> None:
        text = explanation_text(explain(city, "u1"))
        assert any(line.split() == ["合计（总分，含加减分）", "88.3333"] for line in text.splitlines())

    def test_says_how_a_gap_was_handled(self, city: Evaluation) -> None:
        assert "研发经费没有数据；不计入，同级权重按比例折算" in explanation_text(explain(city, "u3"))

    def test_says_that_the_method_is_a_reconstruction(self, city: Evaluation) -> None:
        head = explanation_text(explain(city, "u1"), marks=[MARK]).splitlines()[:4]
        assert f"【{MARK}】" in head
        assert any("非官方文本，不得作为官方依据引用" in line for line in head)

    def test_has_no_line_wider_than_a_terminal(self, city: Evaluation) -> None:
        assert all(width(line) <= 100 for line in explanation_text(explain(city, "u3")).splitlines())

    def test_says_why_there_is_no_total(self) -> None:
        text = explanation_text(explain(small_city(METHOD.replace('missing = "drop"', 'missing = "refuse"')), "u3"))
        assert "未得出总分" in text
        assert "不参加排名" in text

    def test_says_how_scores_join_that_do_not_add_up(self) -> None:
        text = explanation_text(
            explain(small_city(METHOD.replace('missing = "drop"', 'missing = "drop"\nby = "geometric"')), "u1")
        )
        assert "加权几何平均：80 ^ 60% × 93.3333 ^ 40%" in text

    def test_says_that_a_veto_replaced_the_total(self) -> None:
        text = explanation_text(
            explain(small_city(METHOD.replace('{ grade_at_most = "合格" }', "{ score = 0 }")), "u2")
        )
        assert "“较大事故”触发，总分改为 0" in text

    def test_of_one_node_is_short(self, city: Evaluation) -> None:
        text = explanation_text(explain(city, "u1", node="tax_per_mu"))
        assert "1.1 亩均税收" in text
        assert "税收增速" not in text

    def test_of_an_adjustment_shows_the_adjustment(self, city: Evaluation) -> None:
        text = explanation_text(explain(city, "u1", node="bonus"))
        assert "按限额计 3 分" in text
        assert "得分构成" not in text


def test_a_movement_is_a_sign() -> None:
    assert [moved(Movement(move, 2)) for move in ("up", "down", "same", "new", "")] == ["↑2", "↓2", "平", "新", "—"]


def test_a_published_score_keeps_its_decimals() -> None:
    assert (published(84.0, 2), published(-1.5, 1), published(None, 2)) == ("84.00", "−1.5", "—")


def test_a_code_is_said_once() -> None:
    assert (named("甲园", "u1"), named("甲园", "甲园")) == ("甲园（u1）", "甲园")
