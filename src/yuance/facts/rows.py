"""Which rows of a sheet hold facts, and of which unit and period each of them is."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from yuance.facts.heading import Heading
from yuance.facts.measure import fold
from yuance.facts.notebook import Notebook
from yuance.facts.period import Period, read_period
from yuance.facts.sheet import Column, Sheet
from yuance.facts.vocabulary import PARTS

TOTALS = frozenset(
    [
        "合计",
        "总计",
        "小计",
        "总和",
        "汇总",
        "共计",
        "累计",
        "平均",
        "平均值",
        "均值",
        "平均数",
        "全市",
        "全省",
        "全国",
        "全州",
        "全区",
        "全县",
        "全市合计",
        "全省合计",
        "全市总计",
        "全市平均",
        "全省平均",
        "园区合计",
        "开发区合计",
        "合计数",
        "总计数",
        "合计值",
        "total",
        "sum",
        "subtotal",
        "grandtotal",
        "average",
        "mean",
        "overall",
        "all",
    ]
)
_FOOTNOTE = (
    r"^(?:注|备注|说明|填表说明|填报说明|填表人|填报人|制表人|制表|审核人|审核|复核人|单位负责人|负责人|统计负责人|分管领导|联系人|联系电话|电话"
    r"|填报日期|填表日期|报出日期|日期|数据来源|资料来源|来源|备查|填报单位|填表单位|盖章|公章|单位盖章|单位公章|演示数据"
    r"|notes?|sources?|remarks?|preparedby|checkedby)(?:[:：（(\d]|$)"
)
_FOOTNOTE_START = re.compile(_FOOTNOTE, re.IGNORECASE)
_FIRST_OF_MONTH = re.compile(r"(\d{4})-(\d{2})-01")


@dataclass(frozen=True)
class Rows:
    """The rows that hold facts: `frame` has row (from 0 in the sheet), unit (as written) and period (code)."""

    frame: pl.DataFrame

    @property
    def numbers(self) -> pl.Series:
        """The rows' numbers in the sheet."""
        return self.frame["row"]


def find_rows(
    sheet: Sheet, heading: Heading, period: Period | None, listed: frozenset[str], notebook: Notebook
) -> Rows:
    """The rows below the heading that hold facts; totals and footnotes are left out with a note.

    Args:
        sheet: The cells.
        heading: Its columns.
        period: The period of rows that name none themselves.
        listed: Folded names of the known units: a unit that is called 合计 is no total.
        notebook: Receives what there is to say.
    """
    start = heading.last + 1
    unit = sheet.columns[heading.unit].as_words().slice(start)
    numbers = pl.Series("row", range(start, sheet.height), dtype=pl.UInt32)
    frame = pl.DataFrame([numbers, unit.alias("unit")])
    if frame["unit"].null_count() or sheet.delimited or sheet.headings is None:
        frame = _slipped(sheet, heading, frame, notebook)
        frame = _unnamed(sheet, heading, frame, notebook)
    frame = _without_totals(sheet, heading, frame, listed, notebook)
    return Rows(_with_period(sheet, heading, frame, period, notebook))


def fact_columns(heading: Heading) -> list[int]:
    """The columns that hold values."""
    if heading.long is not None:
        return [heading.long.variable, heading.long.value]
    return [column for column, _ in heading.variables]


def filled(sheet: Sheet, columns: list[int], rows: pl.Series) -> pl.Series:
    """For each of the rows whether any of the columns has a cell that is not blank."""
    mask = pl.Series([False], dtype=pl.Boolean).new_from_index(0, len(rows))
    for number in columns:
        column = sheet.columns[number]
        for cells in (column.numbers, column.text):
            if cells is not None:
                mask = mask | cells.gather(rows).is_not_null()
        if column.odd:
            mask = mask | rows.is_in(sorted(column.odd))
    return mask


def _slipped(sheet: Sheet, heading: Heading, frame: pl.DataFrame, notebook: Notebook) -> pl.DataFrame:
    """Rows of a CSV file with more cells than the heading cannot be trusted: a separator stood in a value."""
    beyond = [column for column in heading.nameless if column > _last_column(heading)]
    if not sheet.delimited or not beyond:
        return frame
    wrong = filled(sheet, beyond, frame["row"])
    for row, unit in frame.filter(wrong).iter_rows():
        notebook.add("F041", "error", unit=unit or "", origin=sheet.place(row, heading.unit))
    return frame.filter(~wrong)


def _last_column(heading: Heading) -> int:
    named = [heading.unit, heading.period, heading.period_part, heading.name, heading.category]
    if heading.long is not None:
        named += [heading.long.variable, heading.long.value, heading.long.kind, heading.long.measure]
    named += [column for column, _ in (*heading.variables, *heading.others, *heading.doubtful)]
    return max(column for column in named if column is not None)


def _unnamed(sheet: Sheet, heading: Heading, frame: pl.DataFrame, notebook: Notebook) -> pl.DataFrame:
    """Rows whose unit cell is blank: within a merged cell they belong to it, blank ones go, others are refused."""
    blank = frame.filter(pl.col("unit").is_null())
    if blank.is_empty():
        return frame
    blank = blank.filter(filled(sheet, list(range(len(sheet.columns))), blank["row"]))
    merged = _merged_into(sheet, heading.unit)
    by_row = dict(frame.filter(pl.col("unit").is_not_null()).iter_rows())
    found: dict[int, str] = {}
    for row in blank["row"].to_list():
        texts = [text for column in sheet.columns if (text := column.words_at(row))]
        if all(_FOOTNOTE_START.match(text) for text in texts):
            notebook.add("F044", "note", origin=sheet.place(row), words=texts[0][:40])
        elif total := next((text for text in texts if fold(text) in TOTALS), ""):
            notebook.add("F045", "note", origin=sheet.place(row, heading.unit), words=total)
        elif row in merged and merged[row] in by_row:
            found[row] = by_row[merged[row]]
        elif (
            heading.period is not None
            and sheet.columns[heading.period].words_at(row)
            and (above := _above(row, by_row, found))
        ):
            found[row] = above
            notebook.add("F043", "note", unit=above, origin=sheet.place(row, heading.unit))
        elif filled(sheet, fact_columns(heading), pl.Series([row], dtype=pl.UInt32))[0]:
            notebook.add("F042", "error", origin=sheet.place(row, heading.unit))
    if found:
        filling = pl.DataFrame(
            {"row": list(found), "filling": list(found.values())}, schema={"row": pl.UInt32, "filling": pl.String}
        )
        frame = frame.join(filling, on="row", how="left", maintain_order="left")
        frame = frame.select("row", pl.coalesce("unit", "filling").alias("unit"))
    return frame.filter(pl.col("unit").is_not_null())


def _merged_into(sheet: Sheet, column: int) -> dict[int, int]:
    """For the lower rows of vertically merged cells of a column, the row that holds the text."""
    return {
        row: top
        for top, left, bottom, right in sheet.merged or ()
        if left <= column <= right
        for row in range(top + 1, min(bottom, sheet.height - 1) + 1)
    }


def _above(row: int, by_row: dict[int, str], found: dict[int, str]) -> str:
    return found.get(row - 1) or by_row.get(row - 1) or ""


def _without_totals(
    sheet: Sheet, heading: Heading, frame: pl.DataFrame, listed: frozenset[str], notebook: Notebook
) -> pl.DataFrame:
    key = pl.col("unit").str.replace_all(r"\s+", "").str.to_lowercase()
    titles = [sheet.columns[heading.unit].words_at(row) for row in range(max(heading.first, 0), heading.last + 1)]
    suspects = frame.filter(
        key.is_in(TOTALS)
        | key.str.contains(f"(?i){_FOOTNOTE}")
        | key.is_in(["甲", "栏次"])
        | pl.col("unit").is_in([text for text in titles if text])
        | (pl.col("unit").str.len_chars() > 40)
    )
    dropped = []
    for row, unit in suspects.iter_rows():
        said = fold(unit)
        if said in listed:
            continue
        values = filled(sheet, fact_columns(heading), pl.Series([row], dtype=pl.UInt32))[0]
        if said in TOTALS:
            notebook.add("F045", "note", origin=sheet.place(row, heading.unit), words=unit)
        elif not values and (_FOOTNOTE_START.match(said) or len(unit) > 40):
            notebook.add("F044", "note", origin=sheet.place(row, heading.unit), words=unit[:40])
        elif said not in {"甲", "栏次"} and unit not in titles:
            continue
        dropped.append(row)
    return frame.filter(~pl.col("row").is_in(dropped)) if dropped else frame


def _with_period(
    sheet: Sheet, heading: Heading, frame: pl.DataFrame, period: Period | None, notebook: Notebook
) -> pl.DataFrame:
    if heading.period is None:
        return frame.with_columns(period=pl.lit(str(period) if period is not None else "", dtype=pl.String))
    said = _period_words(sheet, heading).gather(frame["row"]).alias("said")
    frame = frame.with_columns(said)
    if said.null_count():
        frame = _fill_periods(sheet, heading, frame, period, notebook)
    codes = {text: _code(text) for text in frame["said"].drop_nulls().unique().to_list()}
    if all(code == text for text, code in codes.items()):
        frame = frame.rename({"said": "period"})
    else:
        frame = frame.with_columns(period=pl.col("said").replace_strict(codes, return_dtype=pl.String)).drop("said")
    for row, unit, _ in frame.filter(pl.col("period").is_null()).iter_rows():
        words = sheet.columns[heading.period].words_at(row)
        notebook.add("F046", "error", unit=unit, origin=sheet.place(row, heading.period), words=words)
    return frame.filter(pl.col("period").is_not_null())


def _period_words(sheet: Sheet, heading: Heading) -> pl.Series:
    """The text that names the period; a quarter or month beside its year is joined to it."""
    assert heading.period is not None
    said = sheet.columns[heading.period].as_words()
    if heading.period_part is None:
        return said
    part = sheet.columns[heading.period_part].as_words()
    row = max(heading.last, 0)
    title = sheet.headings[heading.period_part] if sheet.headings is not None else ""
    titles = [
        title,
        *(sheet.columns[heading.period_part].words_at(above) for above in range(row + 1) if sheet.headings is None),
    ]
    sort = next((text for text in titles if fold(text) in PARTS), "")
    ending = (
        "季度" if fold(sort) in {"季度", "季", "quarter"} else "月" if fold(sort) in {"月份", "月", "month"} else "半年"
    )
    both = pl.DataFrame({"year": said.str.strip_suffix("年").str.strip_suffix("年度"), "part": part})
    bare = pl.col("part").str.strip_suffix(ending).str.to_uppercase().str.strip_chars("QMH第")
    return both.select(
        pl.when(pl.col("part").is_null() | pl.col("part").str.contains("全年|年度"))
        .then(pl.col("year"))
        .otherwise(pl.concat_str(pl.col("year"), pl.lit("年"), bare, pl.lit(ending)))
    ).to_series()


def _fill_periods(
    sheet: Sheet, heading: Heading, frame: pl.DataFrame, period: Period | None, notebook: Notebook
) -> pl.DataFrame:
    """Blank period cells: of a merged cell its text, else the row above, else the period of the whole table."""
    assert heading.period is not None
    column: Column = sheet.columns[heading.period]
    merged = _merged_into(sheet, heading.period)
    texts: list[str | None] = []
    above: str | None = None
    guessed = []
    for row, _, said in frame.iter_rows():
        if said is None and row in merged:
            said = column.words_at(merged[row]) or None
        elif said is None:
            said = above if period is None else str(period)
            guessed.append(row)
        above = said
        texts.append(said)
    for row in guessed:
        if period is not None or texts[0] is not None:
            notebook.add("F047", "note", origin=sheet.place(row, heading.period))
    return frame.with_columns(said=pl.Series(texts, dtype=pl.String))


def _code(text: str) -> str | None:
    date = _FIRST_OF_MONTH.fullmatch(text)
    found = read_period(f"{date[1]}-{date[2]}" if date else text)
    return str(found) if found is not None else None
