"""`python -m yuance_demo`: make the demonstration city, score it, print the ranking, leave results and pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from yuance.exchange.results import write_results
from yuance.facts import judge, read_facts
from yuance.loop.evaluation import Evaluation, evaluate
from yuance.method import read_method
from yuance.papers.columns import wrapped
from yuance.papers.html import write_pages
from yuance_demo.city import default_city
from yuance_demo.ranking import LEGEND, ranking_lines
from yuance_demo.registry import INVENTED
from yuance_demo.tables import Files, write_city

QUARTERS = ("2023Q1", "2023Q2", "2023Q3", "2023Q4")
RUNS = (("kunming-parks@2023-trial", (*QUARTERS, "2023")), ("paihaotou-quarter@2023", QUARTERS))
SHOWN = 20  # findings that are printed; the file has them all
WIDE = 118


def main(folder: Path) -> int:
    """Do the whole demonstration in `folder`; 0 when it is done."""
    city = default_city()
    files = write_city(city, folder / "data")
    print(f"昆明演示城：{len(city.parks)} 个园区。{INVENTED}，只有少数数字是公开的，出处逐格见 {files.provenance}")
    evaluations = [score(files, reference, periods) for reference, periods in RUNS]
    for evaluation in evaluations:
        write_results(evaluation, folder / evaluation.method.reference.replace("@", "-"))
        print("\n".join(told(evaluation)))
    page = write_pages(folder / "pages", evaluations, title="昆明演示城园区评价榜单", marks=[INVENTED])
    print(f"\n数据  {files.workbook}\n结果  {folder}\n页面  {page.resolve().as_uri()}")
    return 0


def score(files: Files, reference: str, periods: Sequence[str]) -> Evaluation:
    """Evaluate the office's workbook by a method that ships, with everything that its data give cause to ask."""
    method = read_method(reference)
    variables = method.variables.values()
    facts = read_facts([files.workbook], variables, units=files.units)
    return evaluate(facts, method, periods=periods, notes=judge(facts, variables, periods))


def told(evaluation: Evaluation) -> Iterator[str]:
    """What is printed of a run: the method and what it is, the ranking, the findings that need an answer."""
    header = evaluation.method.header
    yield ""
    yield f"━━ {header.title}"
    yield f"   {evaluation.method.reference} · {header.status} · {INVENTED}"
    yield ""
    yield from ranking_lines(evaluation)
    yield LEGEND
    asked = evaluation.findings.filter(pl.col("severity") != "note").sort("severity", maintain_order=True)
    yield f"须更正（error）或说明（explain）的 {asked.height} 处："
    for row in asked.head(SHOWN).iter_rows(named=True):
        line = f"  {row['severity']:<8}{row['period'] or '':<8}{row['unit'] or '':<6}{row['message']}"
        yield from wrapped(line, WIDE, " " * 24)
    if asked.height > SHOWN:
        yield f"  …其余 {asked.height - SHOWN} 处见 findings.csv"


if __name__ == "__main__":
    sys.exit(main(Path("demo")))
