"""An explanation tells a score as it was computed: every figure is the trace's, every cell is named, every gap is said."""

from __future__ import annotations

import math

import pytest

from tests.yuance.loop.evaluation.building import facts, one
from tests.yuance.loop.evaluation.explained import FACTS, METHOD, small_city
from yuance.errors import Place, YuanceError
from yuance.loop.evaluation import Evaluation, evaluate
from yuance.loop.evaluation.account import Explanation, Leaf
from yuance.loop.evaluation.explanation import explain


@pytest.fixture(scope="module")
def city() -> Evaluation:
    return small_city()


def leaf(explanation: Explanation, name: str) -> Leaf:
    return next(one for one in explanation.leaves if one.id == name)


class TestOfAUnit:
    def test_the_formula_stands_in_words_with_its_figures(self, city: Evaluation) -> None:
        told = leaf(explain(city, "u1"), "tax_per_mu").formula
        assert told.plain == "税收收入 ÷ 已供用地"
        assert told.filled == "税收收入 3,000 万元 ÷ 已供用地 100 亩 = 30 万元/亩"

    def test_growth_shows_both_years(self, city: Evaluation) -> None:
        told = leaf(explain(city, "u1"), "tax_growth").formula
        assert "税收收入 3,000 万元 − 上年同期税收收入 2,500 万元" in told.filled
        assert told.filled.endswith("= 20%")
        assert [one.period for one in told.reported] == ["2023", "2022"]

    def test_the_reported_cell_is_named(self, city: Evaluation) -> None:
        now, land = leaf(explain(city, "u1"), "tax_per_mu").formula.reported
        assert (now.place, land.place) == (Place(file="填报.csv", cell="E6"), Place(file="填报.csv", cell="F6"))
        assert (now.owner, now.definition) == ("税务局", "入库数")

    def test_the_cell_of_last_year_is_named_too(self, city: Evaluation) -> None:
        _, before = leaf(explain(city, "u1"), "tax_growth").formula.reported
        assert before.place == Place(file="填报.csv", cell="E2")

    def test_the_score_is_written_out(self, city: Evaluation) -> None:
        assert leaf(explain(city, "u1"), "tax_per_mu").scoring.sum == "60 + 40 × (30 − 10) ÷ (50 − 10) = 80"

    def test_the_treatment_says_from_where_to_where(self, city: Evaluation) -> None:
        assert leaf(explain(city, "u2"), "tax_growth").treatment == "缩尾（下限 −10，上限 30）：从 100 到 30"
        assert leaf(explain(city, "u1"), "tax_growth").treatment.endswith("20 在界限之内，未变")

    def test_the_comparison_set_says_who_and_how_many(self, city: Evaluation) -> None:
        told = leaf(explain(city, "u1"), "research_share")
        assert (told.comparison, told.with_value) == ("2023年全部园区 4 个", 3)

    def test_the_anchors_have_their_figures(self, city: Evaluation) -> None:
        anchors = {figure.name: figure.value for figure in leaf(explain(city, "u1"), "tax_growth").anchors}
        assert anchors == {"最小值": 0.0, "最大值": 30.0}

    def test_score_times_share_is_the_contribution(self, city: Evaluation) -> None:
        assert leaf(explain(city, "u1"), "tax_per_mu").points_sum == "80 × 60% = 48"

    def test_article_and_definition_stand_by_the_indicator(self, city: Evaluation) -> None:
        told = leaf(explain(city, "u1"), "tax_per_mu")
        assert told.legal == ("《小城发〔2023〕1号》第三条",)
        assert told.definition == "税收与用地之比"

    @pytest.mark.parametrize("unit", ["u1", "u2", "u3", "u4"])
    def test_every_figure_is_that_of_the_trace(self, city: Evaluation, unit: str) -> None:
        told = explain(city, unit)
        trace = {row["node"]: row for row in city.trace.to_dicts() if (row["unit"], row["period"]) == (unit, "2023")}
        for node in told.nodes:
            row = trace[node.id]
            assert (node.part.score, node.part.share, node.part.points) == (row["score"], row["weight"], row["points"])
            if isinstance(node, Leaf):
                assert (node.value, node.treated) == (row["value"], row["treated"])
        assert told.total.exact == pytest.approx(trace["total"]["points"], abs=1e-9)

    @pytest.mark.parametrize("unit", ["u1", "u2", "u3", "u4"])
    def test_points_and_adjustments_add_up_to_the_total(self, city: Evaluation, unit: str) -> None:
        told = explain(city, unit)
        parts = [one.part.points or 0.0 for one in told.leaves] + [one.points for one in told.adjustments]
        assert told.total.exact is not None
        assert math.isclose(sum(parts), told.total.exact, abs_tol=1e-9)


class TestOfOutliers:
    """Twelve units, one far out; what the rule on skewness and kurtosis did is told with the bound."""

    def told(self, unit: str, **treat: object) -> str:
        method = one(treat={"by": "winsorise", "skewness": 2, "kurtosis": 3.5, **treat})
        rows = [{"x": float(value)} for value in (*range(1, 12), 1000)]
        return leaf(explain(evaluate(facts(rows, method), method), unit), "i").treatment

    def test_a_moved_value_says_from_where_to_where(self) -> None:
        assert self.told("u12").endswith("组内移动 1 个（上限 11）：从 1,000 到 11")

    def test_a_value_that_stays_says_so(self) -> None:
        assert self.told("u3").endswith("组内移动 1 个（上限 11）：3 在界限之内，未变")

    def test_a_logarithm_is_said(self) -> None:
        assert "改取对数：从 1,000 到 " in self.told("u12", at_most=0, otherwise="log")

    def test_a_set_without_outliers_needs_nothing(self) -> None:
        assert self.told("u12", skewness=50).endswith("组内无须处理")


class TestOfAGap:
    def test_a_gap_says_what_lacks_and_how_it_was_handled(self, city: Evaluation) -> None:
        gap = leaf(explain(city, "u3"), "research_share").gap
        assert gap is not None
        assert (gap.lacking, gap.rule) == ("研发经费没有数据", "不计入，同级权重按比例折算")

    def test_a_rescaled_weight_says_what_it_was(self, city: Evaluation) -> None:
        told = leaf(explain(city, "u3"), "tax_growth")
        assert "原占 20%，因有缺项" in told.points_sum
        assert told.part.share == pytest.approx(0.4)

    def test_an_imputed_value_is_told(self) -> None:
        text = METHOD.replace('value = "100 * research / tax"', 'value = "100 * research / tax"\nmissing = "mean"')
        gap = leaf(explain(small_city(text), "u3"), "research_share").gap
        assert gap is not None
        assert gap.imputed == pytest.approx((2 + 1.5 + 1) / 3)
        assert gap.rule.startswith("按比较组均值补：1.5%")

    def test_a_division_by_zero_is_no_lack_of_data(self) -> None:
        facts = FACTS.replace("u4,丁园,B,2023,1000,100", "u4,丁园,B,2023,1000,0")
        gap = leaf(explain(small_city(facts=facts), "u4"), "tax_per_mu").gap
        assert gap is not None
        assert gap.lacking == "除数为零或运算无意义，无法计算"

    def test_an_indicator_that_is_not_used_is_no_gap(self, city: Evaluation) -> None:
        told = leaf(explain(city, "u4"), "research_share")
        assert (told.used, told.gap) == (False, None)

    def test_a_refused_unit_has_no_total_and_says_why(self) -> None:
        told = explain(small_city(METHOD.replace('missing = "drop"', 'missing = "refuse"')), "u3")
        assert (told.total.exact, told.status) == (None, "not-ranked")
        assert "研发强度" in told.placing.note


class TestOfAdjustmentsAndVetoes:
    def test_an_adjustment_shows_its_limit(self, city: Evaluation) -> None:
        (told,) = explain(city, "u1").adjustments
        assert told.formula.filled == "2 × 新获称号 2 个 = 4 分，按限额计 3 分"
        assert (told.free, told.points, told.limits) == (4.0, 3.0, "最低 0 分，最高 3 分")

    def test_an_adjustment_without_data_adds_nothing_and_says_so(self, city: Evaluation) -> None:
        (told,) = explain(city, "u3").adjustments
        assert (told.free, told.points) == (None, 0.0)
        assert told.formula.filled.endswith("未予加减分")

    @pytest.mark.parametrize(("unit", "struck"), [("u1", False), ("u2", True), ("u3", None)])
    def test_a_veto_says_whether_it_struck(self, city: Evaluation, unit: str, struck: bool | None) -> None:
        (told,) = explain(city, unit).vetoes
        assert (told.struck, told.effect) == (struck, "等次不高于“合格”")


class TestWhatIsAskedFor:
    def test_the_latest_period_is_the_default(self, city: Evaluation) -> None:
        assert explain(city, "u1").period == "2023"
        assert explain(city, "u1", period="2022").period_words == "2022年"

    def test_a_dimension_tells_itself_and_what_is_below(self, city: Evaluation) -> None:
        assert [node.id for node in explain(city, "u1", node="drive").nodes] == [
            "drive",
            "tax_growth",
            "research_share",
        ]

    def test_a_node_keeps_its_number_in_the_tree(self, city: Evaluation) -> None:
        assert explain(city, "u1", node="研发强度").nodes[0].number == "2.2"

    def test_an_adjustment_can_be_asked_for(self, city: Evaluation) -> None:
        told = explain(city, "u1", node="bonus")
        assert (told.nodes, len(told.adjustments), told.vetoes) == ((), 1, ())

    def test_the_findings_are_those_of_the_unit_and_period(self, city: Evaluation) -> None:
        assert {(one.unit, one.period) for one in explain(city, "u3").findings} == {("u3", "2023")}

    def test_all_that_is_unknown_is_said_together(self, city: Evaluation) -> None:
        with pytest.raises(YuanceError) as error:
            explain(city, "u9", period="2024", node="nothing")
        assert [fault.code for fault in error.value.faults] == ["E401", "E402", "E403"]


def test_a_reconstruction_is_said_to_be_one(city: Evaluation) -> None:
    card = explain(city, "u1").method
    assert card.status == "复原稿，非官方文本"
    assert "非官方文本" in card.notice


def test_an_official_method_needs_no_notice() -> None:
    assert explain(small_city(METHOD.replace("reconstruction", "official")), "u1").method.notice == ""
