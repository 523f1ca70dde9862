from __future__ import annotations

from tests.yuance_web.records.facts.conftest import cell, filled, running, signed, submission

__all__ = ["cell", "filled", "running", "signed", "submission"]
