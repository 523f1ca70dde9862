"""Writing the facts: reporting, verifying, evidence. One transaction and one line of the journal for each act."""

from yuance_web.records.facts.services.evidence import EvidenceRefused, add_evidence, remove_evidence
from yuance_web.records.facts.services.filling import (
    Conflict,
    Origin,
    Reported,
    Unreadable,
    prepare_cells,
    save_value,
    save_values,
    settle_returned,
    sign_form,
)
from yuance_web.records.facts.services.verifying import (
    Verdict,
    adopt_cell,
    adopt_cells,
    correct_cell,
    return_cell,
    verify_cells,
)

__all__ = [
    "Conflict",
    "EvidenceRefused",
    "Origin",
    "Reported",
    "Unreadable",
    "Verdict",
    "add_evidence",
    "adopt_cell",
    "adopt_cells",
    "correct_cell",
    "prepare_cells",
    "remove_evidence",
    "return_cell",
    "save_value",
    "save_values",
    "settle_returned",
    "sign_form",
    "verify_cells",
]
