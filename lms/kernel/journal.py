"""Write what was decided; chain it afterwards; prove that nothing was altered since."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import UTC

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from lms.kernel import counters
from lms.kernel.models.journal import JournalEntry, JournalHead, JournalPersonal
from lms.kernel.rows import append

CHAIN = "kernel.journal"
BATCH = 500


@dataclass(frozen=True)
class Verdict:
    count: int
    head: str
    fault: str


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


def record_many(verb, objs, *, by=None, before=None, after=None) -> None:
    """One line for each object, in the caller's transaction and in one query; nothing personal.

    `before` and `after` take an object and give its codes and ids.
    """
    by_id = by.pk if by is not None and by.is_authenticated else None
    told = [[_plain(side(obj)) if side else None for side in (before, after)] for obj in objs]
    rows = [(verb, obj._meta.label_lower, str(obj.pk), by_id, *said) for obj, said in zip(objs, told, strict=True)]
    append(JournalEntry, ("verb", "subject_type", "subject_id", "by_id", "before", "after"), rows)


def erase_personal(rows) -> int:
    """Blank the personal values of these `JournalPersonal` rows; the chain stays valid."""
    return rows.filter(erased_at=None).update(values=None, salt="", erased_at=timezone.now())


def digest(salt: str, values) -> str:
    return hashlib.sha256((salt + _canonical(values)).encode()).hexdigest()


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


def verify() -> Verdict:
    """Walk the whole chain; stop at the first line that was altered, removed or moved."""
    expected, previous = 0, ""
    heads = dict(JournalHead.objects.values_list("sequence", "hash"))
    for entry in JournalEntry.objects.sealed().select_related("personal").iterator(chunk_size=2000):
        expected += 1
        if fault := _fault(entry, expected, previous, heads.pop(expected, None)):
            return Verdict(expected - 1, previous, fault)
        previous = entry.hash
    missing = expected + 1 if counters.value(CHAIN) > expected else min(heads, default=None)
    fault = f"Rang {missing} : la ligne a été supprimée." if missing else ""
    return Verdict(expected, previous, fault)


def _fault(entry, expected, previous, head) -> str:
    if entry.sequence != expected:
        return f"Rang {expected} : la ligne a été supprimée."
    line = f"Ligne {entry.pk}, rang {expected} ({entry.verb} {entry.subject_type} {entry.subject_id})"
    if entry.previous_hash != previous:
        return f"{line} : elle ne suit pas celle qui la précède (déplacée, ou la précédente a été remplacée)."
    if entry.hash != chained_hash(entry):
        return f"{line} : son contenu a été modifié."
    if head not in (None, entry.hash):
        return f"{line} : son empreinte n’est pas celle qui a été relevée ce jour-là ; la chaîne a été refaite."
    personal = getattr(entry, "personal", None)
    if bool(entry.personal_digest) != (personal is not None):
        return f"{line} : ses valeurs personnelles ont été ajoutées ou supprimées."
    if personal and not personal.erased_at and digest(personal.salt, personal.values) != entry.personal_digest:
        return f"{line} : ses valeurs personnelles ont été modifiées."
    return ""


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


def _canonical(value) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value):
    return None if value is None else json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _person_of(obj):
    if obj._meta.label == settings.AUTH_USER_MODEL:
        return obj.pk
    return getattr(obj, "person_id", None)
