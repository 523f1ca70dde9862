"""Methods that cannot be used: each file has the fault that it is named by, and the message says where it is and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from yuance.method import MethodError, read_method

SHELF = Path(__file__).parent


@dataclass(frozen=True)
class Broken:
    """A file or folder of the shelf, with what must be said about it; `more` are the faults behind the first."""

    name: str
    code: str
    line: int | None
    key: str
    words: tuple[str, ...]
    more: tuple[tuple[str, str], ...] = ()
    file: str = ""


METHODS = (
    Broken("empty_file.toml", "M106", None, "method", ("缺少 [method]",), more=(("M107", "indicator"),)),
    Broken("not_toml.toml", "M002", 5, "", ("不是合法的 TOML", "not valid TOML")),
    Broken("text_without_quotes.toml", "M002", 2, "", ("文字须加引号", "Invalid value", "column 6")),
    Broken("quote_not_closed.toml", "M002", 2, "", ("引号须配对", "Illegal character")),
    Broken("key_written_twice.toml", "M002", 3, "", ("同一个键写了两次", "overwrite")),
    Broken("heading_written_twice.toml", "M002", 5, "", ("同一个表头写了两次", "twice")),
    Broken("date_that_does_not_exist.toml", "M002", 4, "", ("没有这样的日期", "Invalid date")),
    Broken("inline_table_over_several_lines.toml", "M002", 4, "", ("须写在一行内",)),
    Broken("nested_too_deeply.toml", "M002", None, "", ("层次过深", "too deeply")),
    Broken("unknown_table.toml", "M101", 12, "indicators", ("是否应为“indicator”", "did you mean 'indicator'?")),
    Broken(
        "unknown_key_in_method.toml",
        "M102",
        4,
        "method.period",
        ("是否应为“periods”", "keys are: legal, note, id, version"),
    ),
    Broken(
        "unknown_key_in_score.toml", "M102", 11, "indicator[a].score.hihg", ("是否应为“high”", "did you mean 'high'?")
    ),
    Broken("unknown_key_in_in_force.toml", "M102", 4, "method.in_force.till", ("from、to",)),
    Broken("unknown_key_in_ranks.toml", "M102", 4, "method.ranks.tie", ("是否应为“ties”",)),
    Broken("unknown_key_in_join.toml", "M102", 4, "method.by.weight", ("by、power",)),
    Broken("unknown_key_in_missing.toml", "M102", 11, "indicator[a].missing.set", ("by、among",)),
    Broken("unknown_key_in_treat.toml", "M102", 11, "indicator[a].treat.base", ("未知的键",)),
    Broken("unknown_key_in_legal.toml", "M102", 13, "indicator[a].legal[2].artcle", ("是否应为“article”",)),
    Broken("unknown_key_in_effect.toml", "M102", 15, "veto[v].effect.grad", ("是否应为“grade”",)),
    Broken("unknown_key_in_sanction.toml", "M102", 16, "sanction[s].when.for_last", ("of_last",)),
    Broken("unknown_key_in_range.toml", "M102", 7, "variable[tax].range.max", ("low、high",)),
    Broken("unknown_key_in_dotted_form.toml", "M102", 4, "method.rounding.digit", ("是否应为“digits”",)),
    Broken(
        "required_key_absent.toml",
        "M103",
        8,
        "indicator[a].value",
        ("缺少必填的键“value”", "add it: expression over variables"),
    ),
    Broken("required_key_absent_in_formula.toml", "M103", 11, "indicator[a].score.is", ("“is”",)),
    Broken("version_as_number.toml", "M104", 3, "method.version", ("2023", "请加上引号", "put it in quotes")),
    Broken(
        "weight_as_text.toml", "M104", 11, "indicator[a].weight", ('"5"', "请写数，不加引号", "a number without quotes")
    ),
    Broken(
        "weight_as_text_in_a_category.toml",
        "M104",
        17,
        "indicator[a].weight.B",
        ('"6"', "请写数，不加引号", "not a number"),
    ),
    Broken(
        "period_of_no_kind.toml", "M104", 4, "method.periods[1]", ("year、half、quarter、month", "did you mean 'year'?")
    ),
    Broken("periods_without_brackets.toml", "M104", 4, "method.periods", ("请写成列表", "write a list")),
    Broken("no_kind_of_period.toml", "M104", 4, "method.periods", ("项数太少",)),
    Broken("date_as_number.toml", "M104", 4, "method.in_force.from", ("请写成日期，如 2023-01-01",)),
    Broken("date_with_time.toml", "M104", 4, "method.in_force.from", ("请写成日期，如 2023-01-01",)),
    Broken(
        "unknown_way_of_scoring.toml",
        "M104",
        11,
        "indicator[a].score.by",
        ("linear、exponential", "did you mean 'linear'?"),
    ),
    Broken("way_of_scoring_absent.toml", "M104", 11, "indicator[a].score.by", ("没有写方式 by", "linear、exponential")),
    Broken("unknown_rule_for_gaps.toml", "M104", 4, "method.missing", ("did you mean 'zero'?",)),
    Broken("digits_not_whole.toml", "M104", 4, "method.rounding.digits", ("请写整数",)),
    Broken("digits_as_text.toml", "M104", 4, "method.rounding.digits", ("请写整数",)),
    Broken("yes_no_as_text.toml", "M104", 11, "indicator[a].score.clip", ("true 或 false",)),
    Broken("needs_above_one.toml", "M104", 4, "method.needs", ("太大", "≤ 1")),
    Broken("bounds_of_three.toml", "M104", 7, "variable[tax].range", ("[下限, 上限]",)),
    Broken("bounds_turned_round.toml", "M104", 7, "variable[tax].range", ("下限大于上限",)),
    Broken("bound_that_is_no_number.toml", "M104", 7, "variable[tax].range[1]", ("普通的数",)),
    Broken("number_too_large.toml", "M104", 7, "variable[tax].jump", ("数过大", "too large")),
    Broken("score_bound_infinite.toml", "M104", 11, "indicator[a].score.to[2]", ("普通的数",)),
    Broken("step_and_table.toml", "M104", 11, "indicator[a].score", ("step 与 table 须取其一",)),
    Broken("two_rules_of_winsorising.toml", "M104", 11, "indicator[a].treat", ("须取其一",)),
    Broken("effect_that_has_none.toml", "M104", 15, "veto[v].effect", ("没有写效果",)),
    Broken("share_above_one.toml", "M104", 14, "grade[A].top", ("太大",)),
    Broken("sanction_more_often_than_periods.toml", "M104", 14, "sanction[s].when", ("times 多于期数 of_last",)),
    Broken("expected_node_without_quotes.toml", "M104", 14, "case[c].expect.a", ("键没有加引号", "in quotes")),
    Broken("list_of_numbers_for_tables.toml", "M104", 1, "indicator[1]", ("请写成表",)),
    Broken("several_where_one_is_meant.toml", "M105", 1, "method", ("应写作 [method]",)),
    Broken("one_where_several_are_meant.toml", "M105", 8, "indicator", ("[[indicator]]",)),
    Broken("no_method_table.toml", "M106", None, "method", ("缺少 [method]", "state id, version and title")),
    Broken("no_indicator.toml", "M107", None, "indicator", ("没有任何指标",)),
    Broken("full_width_sign_in_expression.toml", "M201", 10, "indicator[a].value", ("“×”", "请改用“*”")),
    Broken("full_width_digit_in_expression.toml", "M201", 10, "indicator[a].value", ("请改用“2”",)),
    Broken("single_equals_sign.toml", "M201", 10, "indicator[a].value", ("请改用“==”",)),
    Broken("percent_sign_in_expression.toml", "M202", 10, "indicator[a].value", ("“%”", "character 8")),
    Broken("attribute_in_expression.toml", "M202", 10, "indicator[a].value", ("“.”",)),
    Broken("parenthesis_not_closed.toml", "M203", 10, "indicator[a].value", ("应为“)”", "parentheses pair")),
    Broken("operand_absent.toml", "M204", 10, "indicator[a].value", ("缺少数或数据项",)),
    Broken("not_behind_a_sign.toml", "M204", 10, "indicator[a].value", ("“not”",)),
    Broken("expression_nested_too_deeply.toml", "M205", 10, "indicator[a].value", ("至多 100 层",)),
    Broken("expression_too_long.toml", "M206", 10, "indicator[a].value", ("10203", "至多 10000")),
    Broken("expression_empty.toml", "M207", 10, "indicator[a].value", ("公式为空",)),
    Broken("within_of_no_set.toml", "M208", 10, "indicator[a].value", ("all", "category")),
    Broken("within_where_there_is_none.toml", "M209", 10, "indicator[a].value", ("没有 within",)),
    Broken("unknown_function.toml", "M210", 10, "indicator[a].value", ("“maen”", "是否应为“mean”")),
    Broken("loop_in_expression.toml", "M202", 10, "indicator[a].value", ("“[”",)),
    Broken("too_many_arguments.toml", "M211", 10, "indicator[a].value", ("2 个", "abs(x)")),
    Broken("missing_reference.toml", "M212", 10, "indicator[a].value", ("没有定义的“lnad”", "missing reference")),
    Broken("missing_reference_in_veto.toml", "M212", 14, "veto[v].when", ("“acidents”",)),
    Broken("missing_reference_in_score.toml", "M212", 11, "indicator[a].score.is", ("“maen”",)),
    Broken("text_reckoned_with.toml", "M213", 10, "indicator[a].value", ("文字不能参加运算",)),
    Broken("number_compared_with_text.toml", "M213", 10, "indicator[a].value", ("（high）",)),
    Broken("target_of_an_expression.toml", "M214", 10, "indicator[a].value", ("须是填报数据项",)),
    Broken("lag_of_half_a_year.toml", "M215", 10, "indicator[a].value", ("正整数",)),
    Broken("variable_in_anchor.toml", "M216", 11, "indicator[a].score.low", ("“tax”", "percentile")),
    Broken("percentile_above_hundred.toml", "M217", 11, "indicator[a].score.high", ("0 到 100",)),
    Broken("anchor_in_table_unreadable.toml", "M204", 15, "indicator[a].score.table[2]", ("缺少数",)),
    Broken("number_out_of_reach.toml", "M218", 10, "indicator[a].value", ("数过大",)),
    Broken("text_for_a_value.toml", "M219", 10, "indicator[a].value", ("写的却是文字",)),
    Broken("quote_in_expression_not_closed.toml", "M220", 10, "indicator[a].value", ("没有配对",)),
    Broken("operator_absent.toml", "M221", 10, "indicator[a].value", ("缺少运算符",)),
    Broken("growth_upon_growth.toml", "M222", 10, "indicator[a].value", ("超过 4 层",)),
    Broken("yes_no_compared_with_another_word.toml", "M223", 11, "indicator[a].value", ("“大概”", "'是' 或 '否'")),
    Broken("id_used_twice.toml", "M301", 13, "indicator[a].id", ("用了两次", "indicator[a].id")),
    Broken("id_of_a_variable_for_an_indicator.toml", "M301", 9, "indicator[tax].id", ("variable[tax].id",)),
    Broken("id_of_a_node_for_a_check.toml", "M301", 13, "check[a].id", ("indicator[a].id",)),
    Broken("id_with_a_hyphen.toml", "M302", 9, "indicator[tax-per-mu].id", ("不能作标识",)),
    Broken("id_that_is_a_word_of_the_language.toml", "M302", 9, "indicator[and].id", ("不能作标识",)),
    Broken("id_not_composed.toml", "M303", 9, "indicator[café].id", ("NFC", "café")),
    Broken(
        "dimension_that_does_not_exist.toml",
        "M304",
        14,
        "indicator[a].dimension",
        ("growthside", "是否应为“growth_side”"),
    ),
    Broken("parent_that_does_not_exist.toml", "M304", 10, "dimension[d].parent", ("“e”",)),
    Broken("circle_of_one.toml", "M305", 10, "dimension[d].parent", ("d → d",)),
    Broken("circle_of_three.toml", "M305", 10, "dimension[d].parent", ("d → e → f → d", "form a circle")),
    Broken("weight_negative.toml", "M306", 11, "indicator[a].weight", ("权重为负：-5",)),
    Broken("weight_negative_in_a_category.toml", "M306", 17, "indicator[a].weight.B", ("-1",)),
    Broken("category_without_weight.toml", "M307", 17, "indicator[a].weight", ("类别 B 没有权重",)),
    Broken("weight_of_no_category.toml", "M308", 17, "indicator[a].weight.C", ("“C”不存在", "A、B")),
    Broken("category_where_nothing_weighs.toml", "M309", 8, "category[B]", ("全部指标权重为 0",)),
    Broken("weight_infinite.toml", "M310", 11, "indicator[a].weight", ("不是有限的数",)),
    Broken(
        "anchors_against_direction.toml",
        "M311",
        11,
        "indicator[a].score",
        ("low = 100 处得 0 分", "contradict the direction"),
    ),
    Broken("anchors_against_direction_lower.toml", "M311", 12, "indicator[a].score", ("逆向", "lower is better")),
    Broken("percentiles_against_direction.toml", "M311", 11, "indicator[a].score", ("percentile(95)",)),
    Broken("bound_written_twice.toml", "M312", 11, "indicator[a].score.table", ("有重复：1",)),
    Broken("grades_by_share_and_by_score.toml", "M313", 12, "grade[A]", ("全部按占比或全部按得分",)),
    Broken("grades_not_in_order.toml", "M314", 12, "grade[A]", ("0.5、0.2",)),
    Broken("grade_named_twice.toml", "M301", 17, "grade[A].name", ("用了两次",)),
    Broken("veto_of_no_grade.toml", "M315", 15, "veto[v].effect.grade_at_most", ("“合格”不存在", "合格的")),
    Broken("tie_broken_by_nothing_known.toml", "M316", 4, "method.ranks.order[1]", ("“taxes”", "是否应为“tax”")),
    Broken("case_of_an_unknown_variable.toml", "M317", 14, "case[c].given.taxx", ("“taxx”", "是否应为“tax”")),
    Broken("case_expects_an_unknown_node.toml", "M317", 14, 'case[c].expect."b.score"', ("“b.score”",)),
    Broken("case_expects_an_unknown_part.toml", "M317", 14, 'case[c].expect."a.socre"', ("是否应为“score”",)),
    Broken("case_expects_nothing.toml", "M318", 12, "case[c]", ("没有应得结果",)),
    Broken("case_with_facts_and_no_results.toml", "M318", 12, "case[c]", ("二者同写",)),
    Broken("case_of_a_file_that_is_not_there.toml", "M319", 14, "case[c].facts", ("nowhere.csv",)),
    Broken("in_force_until_before_it_begins.toml", "M320", 4, "method.in_force", ("止于始前",)),
    Broken("case_of_no_period.toml", "M321", 14, "case[c].period", ("2023年",)),
    Broken("case_of_a_kind_of_period_not_evaluated.toml", "M321", 14, "case[c].period", ("2023Q1",)),
    Broken("case_of_no_category.toml", "M322", 14, "case[c].category", ("“A”不存在",)),
    Broken("variable_in_rule_of_category.toml", "M323", 7, "category[A].when", ("“tax”", "attributes")),
    Broken("function_over_units_in_rule_of_category.toml", "M323", 7, "category[A].when", ("“mean”",)),
    Broken("rule_of_category_that_asks_nothing.toml", "M219", 7, "category[A].when", ("写的却是文字",)),
    Broken("steps_against_direction.toml", "M324", 12, "indicator[a].score.table", ("60、80、100",)),
    Broken("variable_named_like_a_column.toml", "M325", 6, "variable[period].id", ("系统用字",)),
    Broken("dimension_named_like_a_column.toml", "M325", 9, "dimension[rank].id", ("维度",)),
    Broken("node_named_total.toml", "M325", 9, "indicator[total].id", ("total",)),
    Broken("case_value_as_text.toml", "M326", 14, "case[c].given.tax", ("应为数，不加引号",)),
    Broken("case_value_a_list.toml", "M326", 14, "case[c].given.tax", ("[5]",)),
    Broken("case_history_without_period.toml", "M327", 15, "case[c].history[1]", ("没有写报告期",)),
    Broken("winsorised_the_wrong_way.toml", "M328", 11, "indicator[a].treat", ("percentile(95) 高于",)),
    Broken("variable_listed_as_attribute.toml", "M329", 4, "method.attributes[1]", ("“tax”",)),
    Broken("folder_without_methods", "M004", None, "", ("没有 .toml 文件",), file="folder_without_methods"),
    Broken("key_written_in_two_files", "M005", 3, "method.id", ("a.toml:2", "already"), file="b.toml"),
    Broken("table_in_two_forms", "M005", 1, "variable", ("a.toml:5",), file="b.toml"),
    Broken("unknown_key_in_the_second_file", "M102", 4, "method.titel", ("是否应为“title”",), file="b.toml"),
    Broken("fault_in_an_array_of_the_second_file", "M204", 11, "indicator[c].value", ("缺少数",), file="b.toml"),
    Broken("id_used_in_two_files", "M301", 3, "indicator[a].id", ("a.toml:9",), file="b.toml"),
    Broken("lines_ended_as_windows_ends_them.toml", "M306", 11, "indicator[a].weight", ("权重为负",)),
    Broken("whole_number_of_thousands_of_digits.toml", "M002", None, "", ("位数过多",)),
    Broken(
        "several_faults_at_once.toml",
        "M104",
        3,
        "method.version",
        ("did you mean 'flow'?",),
        more=(
            ("M104", "method.in_force.from"),
            ("M104", "method.in_force.to"),
            ("M104", "variable[tax].kind"),
            ("M102", "indicator[a].score.foo"),
            ("M304", "indicator[a].dimension"),
            ("M306", "indicator[a].weight"),
            ("M212", "indicator[a].value"),
            ("M204", "indicator[a].score.is"),
        ),
    ),
)


@pytest.mark.parametrize("broken", METHODS, ids=lambda broken: broken.name.removesuffix(".toml"))
def test_a_broken_method_is_refused_with_place_cause_and_remedy(broken: Broken) -> None:
    with pytest.raises(MethodError) as refusal:
        read_method(SHELF / broken.name)
    first = refusal.value.faults[0]
    assert [(fault.code, fault.place.key) for fault in refusal.value.faults] == [
        (broken.code, broken.key),
        *broken.more,
    ]
    assert (first.place.file, first.place.line) == (broken.file or broken.name, broken.line)
    said = str(refusal.value)
    assert [word for word in broken.words if word not in said] == []


def test_every_file_of_the_shelf_is_told() -> None:
    kept = {path.name for path in SHELF.iterdir() if path.suffix == ".toml" or (path.is_dir() and path.name[0] != "_")}
    assert kept == {broken.name for broken in METHODS}


def test_every_error_of_the_catalogue_has_its_broken_method() -> None:
    from yuance.method.messages import MESSAGES

    told = {broken.code for broken in METHODS} | {code for broken in METHODS for code, _ in broken.more}
    elsewhere = {"M001", "M003", "M006", "M007"}  # about paths, bytes, sizes and rights: test_sources and test_reading
    assert {code for code in MESSAGES if not code.startswith("M4")} - told == elsewhere
