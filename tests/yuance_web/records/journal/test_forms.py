from __future__ import annotations

import pytest

from yuance_web.records.journal.forms import Filters
from yuance_web.records.journal.services import write_entry

pytestmark = pytest.mark.django_db


def test_only_verbs_that_occur_are_offered() -> None:
    write_entry(None, "公示", "轮次", "2023Q4")
    assert ("公示", "公示") in Filters().fields["verb"].choices  # type: ignore[attr-defined]
    assert Filters({"verb": "公示"}).is_valid()
    assert not Filters({"verb": "删除"}).is_valid()
