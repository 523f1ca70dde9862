"""A method of three lines and three parks, as files: what a first-time user has in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

METHOD = """\
[method]
id = "three"
version = "1"
title = "三园区试算办法"
status = "draft"
periods = ["year"]

[[variable]]
id = "tax_revenue"
name = "税收收入"
measured_in = "万元"
kind = "flow"
range = [0, 1e6]

[[variable]]
id = "land_in_use"
name = "已供用地"
measured_in = "亩"

[[dimension]]
id = "per_mu"
name = "亩均效益"

[[indicator]]
id = "tax_per_mu"
dimension = "per_mu"
name = "亩均税收"
value = "tax_revenue / land_in_use"
score = { by = "linear", to = [60, 100] }

[[case]]
name = "最高者得满分"
given = { tax_revenue = 3000, land_in_use = 100 }
peers = [{ tax_revenue = 500, land_in_use = 100 }]
expect = { "tax_per_mu.value" = 30, "tax_per_mu.score" = 100, rank = 1 }
"""

FACTS = """\
unit,name,period,tax_revenue,land_in_use
P1,甲园区,2023,3000,100
P2,乙园区,2023,1000,100
P3,丙园区,2023,2000,100
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "method.toml").write_text(METHOD, encoding="utf-8")
    (tmp_path / "facts.csv").write_text(FACTS, encoding="utf-8")
    return tmp_path
