"""Reading the journal, and proving that it is whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils import timezone

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


def entries(
    *,
    actor: str = "",
    verb: str = "",
    kind: str = "",
    subject: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> QuerySet[Entry]:
    """Lines, newest first: of somebody, of a verb, about something, between two days (both included)."""
    found = Entry.objects.order_by("-sequence")
    if actor:
        found = found.filter(Q(actor__icontains=actor) | Q(actor_name__icontains=actor) | Q(office__icontains=actor))
    if subject:
        found = found.filter(Q(subject__icontains=subject) | Q(detail__icontains=subject))
    exact = {name: value for name, value in (("verb", verb), ("subject_kind", kind)) if value}
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until + dt.timedelta(days=1)))
    return found.filter(**exact)


def words() -> tuple[list[str], list[str]]:
    """The verbs and the kinds of subjects that occur."""
    verbs = Entry.objects.order_by("verb").values_list("verb", flat=True).distinct()
    kinds = Entry.objects.order_by("subject_kind").values_list("subject_kind", flat=True).distinct()
    return list(verbs), list(kinds)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
