"""Lines of the registers are recorded, corrected and withdrawn; each time the journal says by whom."""

import hashlib

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.quality.lifecycle import IMPROVING
from parcours.quality.models import Improvement

WITHDRAWN = "Cette ligne a été retirée : elle ne se corrige plus."
KNOWN = "L’abandon de ce parcours par cette personne est déjà enregistré."
TO_COME = "Cette date est à venir : notez ce qui est déjà arrivé."


def record_entry(model, *, values, piece=None, by):
    """Raises TransitionRefused when the same fact is recorded already."""
    try:
        with transaction.atomic():
            entry = model(recorded_by=by, **values)
            _hold(entry, piece)
            entry.save(force_insert=True)
            record(f"quality.record_{model._meta.model_name}", entry, by=by, after=_codes(entry))
            return entry
    except IntegrityError:
        raise TransitionRefused([KNOWN]) from None


@transaction.atomic
def correct_entry(entry, *, values, piece=None, by):
    entry = type(entry).objects.select_for_update(no_key=True, of=("self",)).get(pk=entry.pk)
    if entry.withdrawn_at:
        raise TransitionRefused([WITHDRAWN])
    before = {name: getattr(entry, name) for name in values}
    changed = {name: value for name, value in values.items() if before[name] != value}
    for name, value in changed.items():
        setattr(entry, name, value)
    _hold(entry, piece)
    entry.save()
    told = {"before": {name: _plain(before[name]) for name in changed}, "after": _plain_all(changed)}
    record(
        f"quality.correct_{entry._meta.model_name}",
        entry,
        by=by,
        after={"changed": sorted(changed), "piece": entry.sha256 if piece else None},
        personal=told if changed else None,
    )
    return entry


@transaction.atomic
def withdraw_entry(entry, *, reason, by):
    """Count it nowhere any more; the row, its author and the reason stay."""
    entry = type(entry).objects.select_for_update(no_key=True, of=("self",)).get(pk=entry.pk)
    if entry.withdrawn_at:
        raise TransitionRefused([WITHDRAWN])
    entry.withdrawn_at, entry.withdrawn_reason = timezone.now(), reason
    entry.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    record(f"quality.withdraw_{entry._meta.model_name}", entry, by=by, personal={"reason": reason})
    return entry


def finish(improvement, *, done_on, by) -> Improvement:
    with IMPROVING.moving(improvement, "do_improvement", by=by) as improvement:
        _not_to_come(done_on)
        improvement.done_on = done_on
    return improvement


def measure(improvement, *, effect, measured_on, by) -> Improvement:
    with IMPROVING.moving(improvement, "measure_improvement", by=by) as improvement:
        _not_to_come(measured_on)
        improvement.effect, improvement.measured_on = effect, measured_on
    return improvement


def drop(improvement, *, by) -> Improvement:
    with IMPROVING.moving(improvement, "drop_improvement", by=by) as improvement:
        return improvement


def _not_to_come(day):
    if day > timezone.localdate():
        raise TransitionRefused([TO_COME])


def _hold(entry, piece):
    if piece is None:
        return
    entry.file_name, entry.content_type, entry.size = piece.name, piece.content_type, len(piece.data)
    entry.sha256 = hashlib.sha256(piece.data).hexdigest()
    entry.file.save(f"{entry.public_id}-{entry.sha256[:12]}", ContentFile(piece.data), save=False)


def _codes(entry):
    return {"organisation": entry.organisation_id, "on": entry.on}


def _plain_all(values):
    return {name: _plain(value) for name, value in values.items()}


def _plain(value):
    return getattr(value, "pk", value)
