from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from yuance_web.records.journal.models import Entry
from yuance_web.records.journal.services import write_entry

pytestmark = pytest.mark.django_db


def test_a_whole_chain_tells_its_end() -> None:
    last = write_entry(None, "公示", "轮次", "2023Q4")
    out = io.StringIO()
    call_command("verify_journal", stdout=out)
    assert "日志完整：1 行" in out.getvalue()
    assert last.digest in out.getvalue()


def test_a_broken_chain_fails() -> None:
    write_entry(None, "公示", "轮次", "2023Q4")
    Entry.objects.update(actor="somebody else")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_journal", stdout=out, stderr=err)
    assert "第 1 行" in out.getvalue()
    assert "1 处" in err.getvalue()
