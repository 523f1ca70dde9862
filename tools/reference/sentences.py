"""The table of messages, room by room."""

from __future__ import annotations

from itertools import groupby

from tools.messages import entries

_ROOMS = {
    "yuance.facts.messages": "Facts (数据)",
    "yuance.method.messages": "Method (评价办法)",
    "yuance.loop.evaluation.messages": "Evaluation (评价)",
    "yuance.cli.messages": "Command (命令)",
}


def messages(_: str) -> str:
    """One table per room: code, what is wrong, what to do, each in Chinese and English."""
    parts = []
    for room, group in groupby(entries(), key=lambda entry: entry.room):
        parts += [
            f"## {_ROOMS.get(room, room)}",
            "",
            "| code | 说明 · what is wrong | 处理 · what to do |",
            "|---|---|---|",
        ]
        for entry in group:
            cause, remedy = entry.message.cause, entry.message.remedy
            wrong = f"{_cell(cause['zh'])}<br>{_cell(cause['en'])}"
            advice = f"{_cell(remedy['zh'])}<br>{_cell(remedy['en'])}"
            parts.append(f"| `{entry.message.code}` | {wrong} | {advice} |")
        parts.append("")
    return "\n".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[").replace("\n", " ").strip() or "–"
