"""Why a value or a file does not fit, in both languages: what the validator and the TOML reader say in their own words."""

from __future__ import annotations

Reason = tuple[str, str]

REASONS: dict[str, Reason] = {
    "literal_error": ("不在可取的值之内", "not one of the values it may take"),
    "union_tag_invalid": ("不认识这种方式", "an unknown way"),
    "union_tag_not_found": ("没有写 by", "`by` is absent"),
    "string_type": ("应为带引号的文字", "quoted text is needed"),
    "bool_type": ("应为 true 或 false", "true or false is needed"),
    "tuple_type": ("应为列表", "a list is needed"),
    "dict_type": ("应为表", "a table is needed"),
    "model_type": ("应为表", "a table is needed"),
    "model_attributes_type": ("应为表", "a table is needed"),
    "date_from_datetime_parsing": ("不是日期", "not a date"),
    "date_parsing": ("不是日期", "not a date"),
    "date_type": ("不是日期", "not a date"),
    "too_short": ("太短", "too short"),
    "too_long": ("太长", "too long"),
    "missing": ("太短", "too short"),
    "string_too_short": ("不能为空", "may not be empty"),
    "greater_than": ("太小", "too small"),
    "greater_than_equal": ("太小", "too small"),
    "less_than_equal": ("太大", "too large"),
}
OWN_REASONS: dict[str, Reason] = {
    english: (chinese, english)
    for chinese, english in (
        ("应为数，不加引号", "number expected"),
        ("应为整数", "whole number expected"),
        ("应为普通的数，不是 inf 或 nan", "an ordinary number expected"),
        ("数过大", "the number is too large"),
        ("应为日期，如 2023-01-01", "a date expected"),
        ("应写作 [下限, 上限]", "two bounds expected"),
        ("下限大于上限", "the lower bound is above the upper one"),
        ("写合成方式的名称，或 { power = p }，二者取一", "either the name of a mean or { power = p }"),
        ("锚点（low、high）与偏度峰度规则二者取一", "either anchors (low, high) or the rule on skewness and kurtosis"),
        ("step 与 table 二者取一", "either `step` or `table`"),
        ("没有写效果", "an effect is missing"),
        ("bottom 与 top 二者取一", "either `bottom` or `top`"),
        ("times 大于 of_last", "`times` is more than `of_last`"),
    )
}
_TOML: tuple[tuple[str, str], ...] = (
    ("too deep", "层次过深"),
    ("Cannot overwrite a value", "同一个键写了两次"),
    ("Cannot declare", "同一个表头写了两次"),
    ("Cannot mutate immutable namespace", "已写完的表不能再补充"),
    ("Cannot redefine namespace", "同一个表写了两次"),
    ("Duplicate inline table key", "同一个键写了两次"),
    ("Expected '=' after a key", "键之后应为等号"),
    ("Expected ']' at the end of a table", "表头没有以 ] 结束"),
    ("Expected ']]' at the end of an array", "表头没有以 ]] 结束"),
    ("Expected newline or end of document", "一行只能写一项，后面有多余的内容"),
    ("Invalid initial character for a key", "键只能以字母、数字、下划线或引号开头"),
    ("Invalid statement", "这里应为“键 = 值”或表头"),
    ("Invalid value", "等号之后的值写法不对（文字须加引号）"),
    ("Invalid date or datetime", "没有这样的日期"),
    ("Invalid hex value", "反斜杠之后的编码不对"),
    ("Unterminated string", "文字的引号没有配对"),
    ('Expected "\'"', "文字的引号没有配对"),
    ("Expected '\"", "文字的引号没有配对"),
    ("Unclosed array", "列表没有以 ] 结束"),
    ("Unclosed inline table", "表没有以 } 结束（{ } 须写在一行内）"),
    ("Unescaped", "文字中的反斜杠须写成两个，或改用单引号"),
    ("Found invalid character", "含有不允许的字符"),
    ("Illegal character", "含有不允许的字符（文字须写在一行内，引号须配对）"),
    ("Escaped character is not a Unicode scalar", "反斜杠之后的编码不对"),
    ("Exceeds the limit", "数的位数过多"),
)


def toml_reason(said: str, column: str | None = None) -> Reason:
    """What the TOML reader says, in both languages; with the column where it is known."""
    chinese = next((words for english, words in _TOML if said.startswith(english)), said)
    english = "tables stand in each other too deeply" if said == "too deep" else said
    return (f"第 {column} 列：{chinese}", f"{english}, column {column}") if column else (chinese, english)
