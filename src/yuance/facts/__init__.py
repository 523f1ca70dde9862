"""Facts: what offices reported, read from CSV, Excel and Parquet as they send them, with the cell of every value.

The door of the room. Names are fetched when first asked for, so that importing a period does not load the table engine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yuance.facts.facts import Facts, Origins
    from yuance.facts.fault import FactsError
    from yuance.facts.period import Period, parse_period, read_period
    from yuance.facts.plausibility import judge
    from yuance.facts.reading import facts_from_frame, read_facts
    from yuance.facts.variable import VariableDescription

__all__ = [
    "Facts",
    "FactsError",
    "Origins",
    "Period",
    "VariableDescription",
    "facts_from_frame",
    "judge",
    "parse_period",
    "read_facts",
    "read_period",
]

_ROOMS = {
    "Facts": "facts",
    "FactsError": "fault",
    "Origins": "facts",
    "Period": "period",
    "VariableDescription": "variable",
    "facts_from_frame": "reading",
    "judge": "plausibility",
    "parse_period": "period",
    "read_facts": "reading",
    "read_period": "period",
}


def __getattr__(name: str) -> object:
    """The public name, from the file that it lives in."""
    if name not in _ROOMS:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
