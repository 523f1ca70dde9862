"""A small evaluation that has something of everything to explain, read from files as an office sends them.

Four parks in two categories, two periods: a fraction, a growth, a treated outlier, a gap of every kind that leaves a
rank, a bonus with a limit, a veto that limits the grade, ties, and a park whose name is not to be trusted.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from yuance.facts.reading import read_facts
from yuance.loop.evaluation import Evaluation, evaluate
from yuance.method import Method, read_method

METHOD = """
[method]
id = "small"
version = "1"
title = "小城园区评价办法"
status = "reconstruction"
unit = "park"
periods = ["year"]
missing = "drop"
legal = { document = "小城发〔2023〕1号", article = "第二条" }
not_scored = ["党建"]

[[category]]
id = "A"
name = "制造类"
[[category]]
id = "B"
name = "服务类"

[[variable]]
id = "tax"
name = "税收收入"
measured_in = "万元"
kind = "flow"
owner = "税务局"
definition = "入库数"
[[variable]]
id = "land"
name = "已供用地"
measured_in = "亩"
kind = "stock"
[[variable]]
id = "research"
name = "研发经费"
measured_in = "万元"
kind = "flow"
[[variable]]
id = "honours"
name = "新获称号"
measured_in = "个"
kind = "count"
[[variable]]
id = "accidents"
name = "较大事故"
measured_in = "起"
kind = "count"

[[dimension]]
id = "per_mu"
name = "亩均效益"
[[dimension]]
id = "drive"
name = "创新增长"

[[indicator]]
id = "tax_per_mu"
dimension = "per_mu"
name = "亩均税收"
measured_in = "万元/亩"
value = "tax / land"
score = { by = "linear", low = 10, high = 50, to = [60, 100] }
weight = 60
legal = { document = "小城发〔2023〕1号", article = "第三条" }
definition = "税收与用地之比"
[[indicator]]
id = "tax_growth"
dimension = "drive"
name = "税收增速"
measured_in = "%"
value = "growth(tax)"
treat = { by = "winsorise", low = -10, high = 30 }
score = { by = "linear", low = "lowest", high = "highest", to = [60, 100] }
weight = 20
[[indicator]]
id = "research_share"
dimension = "drive"
name = "研发强度"
measured_in = "%"
value = "100 * research / tax"
score = { by = "percent-rank" }
weight = { A = 20, B = 0 }

[[adjustment]]
id = "bonus"
name = "称号加分"
points = "2 * honours"
limits = [0, 3]
legal = { document = "小城发〔2023〕1号", article = "第五条" }

[[veto]]
id = "accident"
name = "较大事故"
when = "accidents > 0"
effect = { grade_at_most = "合格" }

[[grade]]
name = "优秀"
top = 0.5
[[grade]]
name = "合格"
top = 1

[grading]
within = "category"
"""

FACTS = """unit,name,category,period,tax,land,research,honours,accidents
u1,甲园,A,2022,2500,100,50,0,0
u2,乙园,A,2022,2000,100,60,0,0
u3,<script>alert(1)</script>,A,2022,1000,100,,0,0
u4,丁园,B,2022,500,100,10,0,0
u1,甲园,A,2023,3000,100,60,2,0
u2,乙园,A,2023,4000,100,60,0,1
u3,<script>alert(1)</script>,A,2023,1000,100,,,
u4,丁园,B,2023,1000,100,10,0,0
"""


def small_method(text: str = METHOD) -> Method:
    """The method of the small city, or a variation of it."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "small.toml"
        file.write_text(text, encoding="utf-8")
        return read_method(file)


def small_city(text: str = METHOD, facts: str = FACTS) -> Evaluation:
    """Both years of the small city, evaluated."""
    method = small_method(text)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "填报.csv"
        file.write_text(facts, encoding="utf-8")
        return evaluate(read_facts(file, method.variables.values()), method)
