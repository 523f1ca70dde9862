"""A method of three variables and two indicators, for tests: small enough to be read at a glance."""

from __future__ import annotations

FILES = {
    "method.toml": """
[method]
id = "small"
version = "1"
title = "三项小办法"
status = "draft"
periods = ["quarter"]
missing = "zero"

[[category]]
id = "A"
name = "甲类"

[[category]]
id = "B"
name = "乙类"

[[variable]]
id = "revenue"
name = "营业收入"
measured_in = "万元"
kind = "flow"
owner = "统计局"
range = [0, 1000000]

[[variable]]
id = "tax_revenue"
name = "税收收入"
measured_in = "万元"
kind = "flow"
owner = "税务局"
range = [0, 1000000]

[[variable]]
id = "land"
name = "已供用地"
measured_in = "亩"
owner = "自然资源和规划局"

[[dimension]]
id = "output"
name = "产出"
legal = { document = "三项小办法", article = "第二条" }

[[indicator]]
id = "tax_per_mu"
dimension = "output"
name = "亩均税收"
value = "tax_revenue / land"
score = { by = "linear", low = 0, high = 10, to = [60, 100] }
weight = { A = 60, B = 40 }
legal = { document = "三项小办法", article = "第三条" }

[[indicator]]
id = "revenue_level"
dimension = "output"
name = "营业收入"
value = "revenue"
score = { by = "linear", to = [60, 100] }
weight = { A = 40, B = 60 }

[[check]]
id = "tax_below_revenue"
rule = "tax_revenue <= revenue"
message = "税收收入不应大于营业收入"

[[grade]]
name = "优秀"
top = 0.5

[[grade]]
name = "合格"
top = 1
""",
    "cases.toml": """
[[case]]
name = "亩均税收恰在正中得80分"
category = "A"
given = { tax_revenue = 50, land = 10 }
expect = { "tax_per_mu.score" = 80 }

[[case]]
name = "写错的算例"
category = "A"
given = { tax_revenue = 100, land = 10 }
expect = { "tax_per_mu.score" = 1 }
""",
}


def changed(version: str, **replacements: str) -> dict[str, str]:
    """The method as another version, with words of its text replaced."""
    text = FILES["method.toml"].replace('version = "1"', f'version = "{version}"')
    for before, after in replacements.items():
        text = text.replace(before, after)
    return {**FILES, "method.toml": text}
