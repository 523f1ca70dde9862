"""Reading the facts, within the rows and columns of whoever asks."""

from yuance_web.records.facts.selectors.filling import differences, form_page, form_row, progress, signing_problems
from yuance_web.records.facts.selectors.verifying import verify_line, verify_page
from yuance_web.records.facts.selectors.waiting import waiting

__all__ = [
    "differences",
    "form_page",
    "form_row",
    "progress",
    "signing_problems",
    "verify_line",
    "verify_page",
    "waiting",
]
