"""Reading the journal, and proving that it is whole."""

from __future__ import annotations

from collections.abc import Iterator

from yuance_web.records.journal.models import Entry, Head
from yuance_web.records.journal.services import digest_of


def breaks() -> Iterator[tuple[int, str]]:
    """(sequence, what is wrong) for every line that does not fit the chain; nothing where it is whole."""
    digest, sequence = "0" * 64, 0
    for entry in Entry.objects.order_by("sequence").iterator(chunk_size=2000):
        sequence += 1
        if entry.sequence != sequence:
            yield entry.sequence, f"缺少第 {sequence} 行"
            sequence = entry.sequence
        if entry.previous != digest:
            yield entry.sequence, "与前一行不相连"
        if digest_of(entry) != entry.digest:
            yield entry.sequence, "内容与摘要不符"
        digest = entry.digest
    head = Head.objects.filter(pk=1).first()
    if (head.sequence if head else 0) != sequence or (head and sequence and head.digest != digest):
        yield sequence, "链尾与最后一行不符"
