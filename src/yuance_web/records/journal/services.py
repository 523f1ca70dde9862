"""Writing the journal: one line for each write, in the same transaction; a write whose line fails does not happen."""

from __future__ import annotations

import hashlib
import json
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from yuance_web.records.journal.models import Entry, Head

FIELDS = (
    "sequence",
    "at",
    "actor",
    "actor_name",
    "office",
    "address",
    "verb",
    "subject_kind",
    "subject",
    "detail",
    "previous",
)


class Actor(Protocol):
    """Whoever acts: an account, or the system itself."""

    username: str


def write_entry(actor: Actor | None, verb: str, subject_kind: str, subject: object, **detail: object) -> Entry:
    """Add a line to the chain. Must be called inside the transaction of the write that it tells of."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a journal line belongs into the transaction of its write")
    Head.objects.get_or_create(pk=1)
    head = Head.objects.select_for_update().get(pk=1)
    entry = Entry(
        sequence=head.sequence + 1, at=timezone.now(), actor=getattr(actor, "username", "") or "system",
        actor_name=getattr(actor, "name", ""), office=str(getattr(actor, "office", "") or ""),
        address=getattr(actor, "address", ""), verb=verb, subject_kind=subject_kind, subject=str(subject)[:200],
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str) if detail else "", previous=head.digest,
    )  # fmt: skip
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    head.sequence, head.digest = entry.sequence, entry.digest
    head.save(update_fields=["sequence", "digest"])
    return entry


def digest_of(entry: Entry) -> str:
    """SM3 (GB/T 32905) over the fields of a line and the digest of the line before."""
    fields = {name: getattr(entry, name) for name in FIELDS}
    fields["at"] = entry.at.astimezone(timezone.get_default_timezone()).isoformat(timespec="microseconds")
    canonical = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.new("sm3", canonical.encode()).hexdigest()
