"""Benefit per mu: three counties' methods on tables of enterprises, with the check values worked out by hand."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.methods.known_answers import scored
from yuance.method import read_method

CHECKED = "name,category,tax,land,value_added,energy,emission,staff,research,revenue,power"
ROW = "30000,1000,120000,40000,30,6000,10000,400000,"


def facts(folder: Path, *rows: str, heading: str = "unit,period," + CHECKED) -> Path:
    table = folder / "enterprises.csv"
    table.write_text("\n".join([heading, *rows]) + "\n", encoding="utf-8")
    return table


@pytest.mark.parametrize(("year", "published"), [("2022", 104.6645), ("2021", 104.2555)])
def test_one_enterprise_by_the_base_values_of_two_years(tmp_path: Path, year: str, published: float) -> None:
    table = facts(tmp_path, f"E1,{year},甲厂,规上,{ROW}")
    scores = scored(f"mu-benefit-huangyan@{year}", table).scores
    assert scores["score"].to_list() == [published]


def test_classes_share_a_table_but_not_their_base_values(tmp_path: Path) -> None:
    table = facts(
        tmp_path,
        f"E1,2022,甲厂,规上,{ROW}",
        "E2,2022,乙厂,规下,115.932,10,,,,,,,492.908163265306",
    )
    result = scored("mu-benefit-huangyan@2022", table)
    assert result.scores.sort("unit")["score"].to_list() == [104.6645, 100.0]
    assert result.scores.sort("unit")["rank_in_category"].to_list() == [1, 1]
    small = result.trace.filter(pl.col("unit") == "E2", pl.col("kind") == "indicator", pl.col("weight") > 0)
    assert set(small["node"]) == {"small_tax_per_mu", "small_tax_per_power"}


def test_an_enterprise_without_emission_data_gets_the_mean_of_its_class(tmp_path: Path) -> None:
    blank = ROW.replace(",30,6000", ",,6000")
    table = facts(
        tmp_path,
        f"E1,2022,甲厂,规上,{blank}",
        f"E2,2022,乙厂,规上,{ROW.replace(',30,6000', ',24,6000')}",
        f"E3,2022,丙厂,规上,{ROW.replace(',30,6000', ',40,6000')}",
    )
    result = scored("mu-benefit-huangyan@2022", table)
    nodes = result.trace.filter(pl.col("node") == "value_added_per_emission").sort("unit")
    assert nodes["score"][0] == pytest.approx((nodes["score"][1] + nodes["score"][2]) / 2, abs=1e-9)
    assert result.scores.sort("unit")["status"][0] == "ranked"
    assert "emission" in "".join(result.findings.filter(pl.col("unit") == "E1")["place"])


def test_points_add_up_to_the_total(tmp_path: Path) -> None:
    table = facts(tmp_path, f"E1,2022,甲厂,规上,{ROW}", f"E2,2022,乙厂,规上,{ROW.replace('30000', '45000')}")
    result = scored("mu-benefit-huangyan@2022", table)
    parts = (
        result.trace.filter(pl.col("kind").is_in(["indicator", "adjustment"])).group_by("unit").agg(pl.sum("points"))
    )
    both = parts.join(result.scores, on="unit")
    assert (both["points"] - both["score_exact"]).abs().max() < 1e-9  # type: ignore[operator]


@pytest.mark.parametrize(
    ("reference", "category", "total"),
    [
        ("mu-benefit-huangyan@2022", "规上", 100),
        ("mu-benefit-huangyan@2022", "规下", 100),
        ("mu-benefit-huangyan@2021", "规上", 100),
        ("mu-benefit-huangyan@2021", "规下", 100),
        ("mu-benefit-kaihua@2014", "规上", 100),
        ("mu-benefit-jingde@2022", "规上", 100),
    ],
)
def test_weights_of_every_class_sum_to_a_hundred(reference: str, category: str, total: float) -> None:
    method = read_method(reference)
    assert sum(method.weight(indicator, category) for indicator in method.indicators) == total


@pytest.mark.parametrize("reference", ["mu-benefit-kaihua@2014", "mu-benefit-jingde@2022", "mu-benefit-huangyan@2022"])
def test_what_is_assumed_is_said(reference: str) -> None:
    header = read_method(reference).header
    assert header.status == "reconstruction"
    assert header.note is not None
    assert any(word in header.note for word in ("自拟", "所定"))
