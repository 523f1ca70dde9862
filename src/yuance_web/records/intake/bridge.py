"""Templates of the engine, as intake knows them: rows of the records in, a workbook out; a workbook in, cells out."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from yuance.exchange.template import (
    Kind,
    Returned,
    ReturnedCell,
    Template,
    TemplateColumn,
    TemplateError,
    TemplateLine,
    Value,
    formula_like,
    missing_rows,
    read_template,
    write_template,
)
from yuance_web.records.facts.bridge import Form, Item

EXPLANATION, REASON = "explanation", "reason"
REMARK = "只填白色的格；没有数据留空，零填 0；要清除已填的数请写“—”。不要删除隐藏的行、列和工作表。"
WORDS_KINDS = {"text", "grade"}

__all__ = [
    "EXPLANATION",
    "REASON",
    "Returned",
    "ReturnedCell",
    "UploadRefused",
    "department_workbook",
    "formula_like",
    "missing_rows",
    "park_workbook",
    "read_upload",
]


class UploadRefused(Exception):
    """A file that is not taken; `problems` say all that is wrong with it."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("；".join(problems))


def park_workbook(
    form: Form, *, title: str, remarks: Sequence[str], values: Mapping[tuple[str, str], Value], last: Mapping[str, Value],
    locked: frozenset[tuple[str, str]], seal: str,
) -> bytes:  # fmt: skip
    """A park's form: a row per item under its dimension; `values` by (item, column), `last` by item."""
    targeted = any(item.targeted for item in form.items.values())
    columns = [TemplateColumn("actual", "本期", width=18)]
    columns += [TemplateColumn("target", "目标", width=16)] if targeted else []
    columns.append(TemplateColumn(EXPLANATION, "说明", kind="text", width=40))
    lines = []
    for section in form.sections:
        lines.append(TemplateLine("", ("", section.name, "", "")))
        lines += [_item_line(item, values, last, locked, columns) for item in section.items]
    heads = ("序号", "数据项", "计量单位", "上年同期")
    return write_template(Template(title, (*remarks, REMARK), heads, tuple(columns), tuple(lines), seal))


def department_workbook(
    items: Sequence[Item], *, title: str, remarks: Sequence[str], parks: Sequence[tuple[str, str, str]],
    values: Mapping[tuple[str, str], Value], locked: Mapping[str, frozenset[str]], seal: str,
) -> bytes:  # fmt: skip
    """A department's sheet: a row per park (code, name, category), for each item what was reported beside what is verified."""
    columns = []
    for item in items:
        measure = f"（{item.measured_in}）" if item.measured_in else ""
        columns.append(TemplateColumn(f"{item.id}:reported", f"{item.name}{measure}\n上报数", editable=False, width=16))
        columns.append(
            TemplateColumn(f"{item.id}:verified", f"{item.name}{measure}\n核实数", kind=_kind(item), width=16)
        )
    columns.append(TemplateColumn(REASON, "核改理由（与上报数不同时必填）", kind="text", width=40))
    lines = [
        TemplateLine(
            code,
            (code, name, category),
            {column.id: values.get((code, column.id)) for column in columns},
            locked=locked.get(code, frozenset()),
        )
        for code, name, category in parks
    ]
    remark = "核实数与上报数相同即采用，不同即核改（须写理由），留空即不办理。"
    return write_template(
        Template(title, (*remarks, remark), ("代码", "园区", "类别"), tuple(columns), tuple(lines), seal, "核实表")
    )


def read_upload(content: bytes, name: str) -> Returned:
    """The cells of an uploaded template. Raises `UploadRefused`."""
    with tempfile.TemporaryDirectory(prefix="yuance-") as folder:
        path = Path(folder) / "upload.xlsx"
        path.write_bytes(content)
        try:
            return read_template(path)
        except TemplateError as error:
            raise UploadRefused(*(fault.text().replace("upload.xlsx", f"“{name}”") for fault in error.faults)) from None


def _item_line(
    item: Item, values: Mapping[tuple[str, str], Value], last: Mapping[str, Value], locked: frozenset[tuple[str, str]], columns: Sequence[TemplateColumn]
) -> TemplateLine:  # fmt: skip
    closed = {column.id for column in columns if (item.id, column.id) in locked}
    if not item.targeted:
        closed.add("target")
    before = last.get(item.id)
    return TemplateLine(
        item.id,
        (str(item.number), item.name, item.measured_in, "" if before is None else str(before)),
        {column.id: values.get((item.id, column.id)) for column in columns},
        {"actual": _kind(item), "target": _kind(item)},
        frozenset(closed),
    )


def _kind(item: Item) -> Kind:
    return "text" if item.kind in WORDS_KINDS else "yes-no" if item.is_yes_no else "number"
