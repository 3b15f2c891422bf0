"""Write what was decided; chain it afterwards; prove that nothing was altered since."""

import hashlib
import json
import secrets
from datetime import UTC

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from lms.kernel import counters
from lms.kernel.models.journal import JournalEntry, JournalHead, JournalPersonal

CHAIN = "kernel.journal"
BATCH = 500


def record(verb, obj, *, by=None, before=None, after=None, personal=None) -> JournalEntry:
    """Write one line in the caller's transaction.

    `before` and `after` hold codes and ids only. `personal` holds the personal values of both, which can be
    erased later without breaking the chain; they are filed under the person `obj` is, or belongs to.
    """
    entry = JournalEntry(
        verb=verb,
        subject_type=obj._meta.label_lower,
        subject_id=str(obj.pk),
        by=by if by is None or by.is_authenticated else None,
        before=_plain(before),
        after=_plain(after),
    )
    with transaction.atomic(savepoint=False):
        if personal is None:
            entry.save(force_insert=True)
        else:
            values, salt = _plain(personal), secrets.token_hex(16)
            entry.personal_digest = digest(salt, values)
            entry.save(force_insert=True)
            JournalPersonal.objects.create(entry=entry, person_id=_person_of(obj), salt=salt, values=values)
    return entry


def erase_personal(rows) -> int:
    """Blank the personal values of these `JournalPersonal` rows; the chain stays valid."""
    return rows.filter(erased_at=None).update(values=None, salt="", erased_at=timezone.now())


def digest(salt: str, values) -> str:
    return hashlib.sha256((salt + _canonical(values)).encode()).hexdigest()


def seal_pending() -> int:
    """Chain the committed lines that are not chained yet; how many were."""
    total = 0
    while JournalEntry.objects.waiting_for_seal().exists():
        total += _seal_batch()
    return total


def keep_head(day) -> JournalHead | None:
    """Note where the chain stands, once a day."""
    seal_pending()
    last = JournalEntry.objects.sealed().last()
    if last is None:
        return None
    return JournalHead.objects.get_or_create(day=day, defaults={"sequence": last.sequence, "hash": last.hash})[0]


@transaction.atomic
def _seal_batch() -> int:
    sequence = counters.lock(CHAIN)
    last = JournalEntry.objects.filter(sequence=sequence).first()
    previous = last.hash if last else ""
    pending = list(JournalEntry.objects.waiting_for_seal()[:BATCH])
    for entry in pending:
        sequence += 1
        entry.sequence, entry.previous_hash = sequence, previous
        entry.hash = previous = chained_hash(entry)
    if pending:
        rows = models.QuerySet(JournalEntry)  # past the guard: sealing is the one writer of these three columns
        rows.bulk_update(pending, ["sequence", "previous_hash", "hash"], batch_size=100)
        counters.advance(CHAIN, len(pending))
    return len(pending)


def chained_hash(entry) -> str:
    content = {
        "sequence": entry.sequence,
        "previous": entry.previous_hash,
        "id": entry.pk,
        "at": entry.at.astimezone(UTC).isoformat(),
        "verb": entry.verb,
        "subject": [entry.subject_type, entry.subject_id],
        "by": entry.by_id,
        "before": entry.before,
        "after": entry.after,
        "personal": entry.personal_digest,
    }
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def _canonical(value) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value):
    return None if value is None else json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _person_of(obj):
    if obj._meta.label == settings.AUTH_USER_MODEL:
        return obj.pk
    return getattr(obj, "person_id", None)
