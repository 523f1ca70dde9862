from __future__ import annotations

from yuance_web.records.journal.models import Entry, Head


def test_a_line_reads_as_a_sentence() -> None:
    assert str(Entry(sequence=3, actor="lead", verb="公示", subject="2023Q4")) == "3 lead 公示 2023Q4"


def test_the_end_of_the_chain_tells_its_number_and_digest() -> None:
    assert str(Head(sequence=3, digest="ab" * 32)) == "3 abababab"
