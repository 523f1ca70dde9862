"""Why a value or a file does not fit, in both languages: what the validator and the TOML reader say in their own words."""

from __future__ import annotations

from typing import NamedTuple


class Reason(NamedTuple):
    """What is wrong with a value, and what to write instead."""

    cause: str
    cause_en: str
    remedy: str
    remedy_en: str


_NUMBER = ("请写数，不加引号，如 5 或 0.5", "write a number without quotes, as in 5 or 0.5")
_WHOLE = ("请写整数，如 2", "write a whole number, as in 2")
_TABLE = ('请写成表，如 { by = "…" }', 'write a table, as in { by = "…" }')
_LIST = ("请写成列表，如 [ … ]", "write a list, as in [ … ]")
_DATE = ("请写成日期，如 2023-01-01", "write a date, as in 2023-01-01")
_RANGE = ("请改为范围以内的数", "write a number within the limits")
_CHOICE = ("请从可取的值中选一个", "choose one of the values it may take")

# By the validator's own kinds of error.
REASONS: dict[str, Reason] = {
    kind: Reason(*words)
    for kind, words in {
        "literal_error": ("不在可取的值之内", "not one of the values it may take", *_CHOICE),
        "union_tag_invalid": ("没有这种方式", "an unknown way", *_CHOICE),
        "union_tag_not_found": ("没有写方式 by", "`by` is absent", *_CHOICE),
        "string_type": ("不是文字", "not a text", '请加上引号，如 "2023"', 'put it in quotes, as in "2023"'),
        "bool_type": (
            "不是 true 或 false",
            "not true or false",
            "请写 true 或 false，不加引号",
            "write true or false, no quotes",
        ),
        "tuple_type": ("不是列表", "not a list", *_LIST),
        "dict_type": ("不是表", "not a table", *_TABLE),
        "model_type": ("不是表", "not a table", *_TABLE),
        "model_attributes_type": ("不是表", "not a table", *_TABLE),
        "date_from_datetime_parsing": ("不是日期", "not a date", *_DATE),
        "date_parsing": ("不是日期", "not a date", *_DATE),
        "date_type": ("不是日期", "not a date", *_DATE),
        "too_short": ("项数太少", "too few items", "请补上", "add what is lacking"),
        "too_long": ("项数太多", "too many items", "请删去多余的", "delete what is too many"),
        "missing": ("项数太少", "too few items", "请补上", "add what is lacking"),
        "string_too_short": ("是空的", "empty", "请写上内容", "write something"),
        "greater_than": ("太小", "too small", *_RANGE),
        "greater_than_equal": ("太小", "too small", *_RANGE),
        "less_than_equal": ("太大", "too large", *_RANGE),
    }.items()
}
UNKNOWN = Reason("不是应有的写法", "not of the form needed", "请对照说明书改正", "correct it after the manual")
# By the words in which the schema's own rules refuse a value.
OWN_REASONS: dict[str, Reason] = {
    said: Reason(cause, said_en, remedy, remedy_en)
    for said, (cause, said_en, remedy, remedy_en) in {
        "number expected": ("不是数", "not a number", *_NUMBER),
        "whole number expected": ("不是整数", "not a whole number", *_WHOLE),
        "an ordinary number expected": ("不是普通的数", "not an ordinary number", "请写有限的数，不用 inf、nan", "write a finite number, no inf or nan"),
        "the number is too large": ("数过大", "the number is too large", "请检查是否多写了位数", "check its digits"),
        "a date expected": ("不是日期", "not a date", *_DATE),
        "a key in quotes expected": (
            "键没有加引号", "the key is not in quotes",
            '含点的键请加引号，如 "tax_per_mu.score" = 100', 'put a key with a point in quotes: "tax_per_mu.score" = 100',
        ),
        "two bounds expected": ("不是两个界限", "not two bounds", "请写作 [下限, 上限]", "write [low, high]"),
        "the lower bound is above the upper one": (
            "下限大于上限", "the lower bound is above the upper one", "请对调或改正", "exchange or correct them",
        ),
        "either the name of a mean or { power = p }": (
            "合成方式不明", "the way of joining is not clear",
            '请写名称（如 by = "geometric"）或 by = { power = p }，二者取一',
            'write a name, as in by = "geometric", or by = { power = p }, one of the two',
        ),
        "either anchors (low, high) or the rule on skewness and kurtosis": (
            "锚点与偏度峰度规则须取其一", "it needs either anchors or the rule on skewness and kurtosis",
            "请写 low、high，或写 skewness、kurtosis、at_most、otherwise",
            "write low and high, or skewness, kurtosis, at_most and otherwise",
        ),
        "either `step` or `table`": (
            "step 与 table 须取其一", "it needs either `step` or `table`",
            "请写每低一名减多少（step），或各名次的得分（table）",
            "write `step`, what each place loses, or `table`, the score of each place",
        ),
        "an effect is missing": (
            "没有写效果", "it has no effect",
            "请写 grade_at_most、grade、score 或 ranked = false", "write grade_at_most, grade, score or ranked = false",
        ),
        "either `bottom` or `top`": (
            "bottom 与 top 须取其一", "it needs either `bottom` or `top`", "请写末几位（bottom）或前几位（top）",
            "write `bottom` or `top`, one of the two",
        ),
        "`times` is more than `of_last`": (
            "次数 times 多于期数 of_last", "`times` is more than `of_last`",
            "请改为 times ≤ of_last", "let `times` be no more than `of_last`",
        ),
    }.items()
}  # fmt: skip
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
    ("Invalid initial character for a key", "键只能以字母、数字、下划线或引号开头（{ } 须写在一行内）"),
    ("Invalid statement", "这里应为“键 = 值”或表头"),
    ("Invalid value", "等号之后的值写法不对（文字须加引号）"),
    ("Invalid date or datetime", "没有这样的日期"),
    ("Invalid hex value", "反斜杠之后的编码不对"),
    ("Unterminated string", "文字的引号没有配对"),
    ("Expected \"'", "文字的引号没有配对"),
    ("Expected '\"", "文字的引号没有配对"),
    ("Unclosed array", "列表没有以 ] 结束"),
    ("Unclosed inline table", "表没有以 } 结束（{ } 须写在一行内）"),
    ("Unescaped", "文字中的反斜杠须写成两个，或改用单引号"),
    ("Found invalid character", "含有不允许的字符"),
    ("Illegal character", "含有不允许的字符（文字须写在一行内，引号须配对）"),
    ("Escaped character is not a Unicode scalar", "反斜杠之后的编码不对"),
    ("Exceeds the limit", "整数的位数过多"),
)


def toml_reason(said: str, column: str | None = None) -> tuple[str, str]:
    """What the TOML reader says, in both languages; with the column where it is known."""
    chinese = next((words for english, words in _TOML if said.startswith(english)), said)
    english = "tables stand in each other too deeply" if said == "too deep" else said
    return (f"第 {column} 列：{chinese}", f"{english}, column {column}") if column else (chinese, english)
