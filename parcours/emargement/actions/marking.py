"""What a trainer notes beside signatures: who is absent, excused, late or leaves early; and corrections once locked."""

from dataclasses import dataclass

from django.db import transaction

from lms.kernel.jobs import post
from lms.kernel.journal import record
from parcours.emargement.actions.refusals import Refused
from parcours.emargement.actions.sheets import held
from parcours.emargement.documents import statement_of
from parcours.emargement.events import attendance_corrected
from parcours.emargement.lifecycle import ATTENDANCES, AttendanceState, Excuse, Way
from parcours.emargement.models import Attendance, Correction, Signature

S = AttendanceState
OUTSIDE = "Cette heure n’est pas dans la demi-journée ({hours}) : corrigez-la."
CROSSED = "Le départ précède l’arrivée : corrigez l’une des deux heures."
WHICH_EXCUSE = "Dites le motif de l’absence excusée."
SAY_WHY_ASIDE = "Cette personne a signé : dites pourquoi sa signature est écartée."
SAY_WHY = "Une correction porte son motif : écrivez-le."
SAME = "Rien ne change : la feuille dit déjà cela."


@dataclass(frozen=True)
class Mark:
    """What is noted of somebody. Hours only of who was there, late or early; `excuse` only of who is excused."""

    state: AttendanceState
    arrived_at: object = None
    left_at: object = None
    excuse: str = ""
    reason: str = ""


def mark(attendance, told: Mark, *, by) -> Attendance:
    """Before the sheet is locked. Raises TransitionRefused."""
    with transaction.atomic():
        sheet = held(attendance.sheet)
        _check(sheet, told)
        if told.state in (S.ABSENT, S.EXCUSED) and attendance.is_signed and not told.reason.strip():
            raise Refused(SAY_WHY_ASIDE)
        move = f"mark_{told.state}"
        with ATTENDANCES.moving(attendance, move, by=by, **_journal(attendance, told)) as one:
            one.sheet = sheet
            _apply(one, told)
    return one


@transaction.atomic
def mark_rest_absent(sheet, *, by) -> int:
    """Whoever has neither signed nor been noted; how many they were."""
    sheet = held(sheet)
    left = list(sheet.attendances.awaited().order_by("pk"))
    for one in left:
        mark(one, Mark(S.ABSENT), by=by)
    return len(left)


def correct(attendance, told: Mark, *, by) -> Attendance:
    """Once it is locked: both versions are kept, with who, when and why. Raises TransitionRefused.

    Somebody who had not signed and was there is signed for by the trainer, who says why.
    """
    reason = told.reason.strip()
    if not reason:
        raise Refused(SAY_WHY)
    with transaction.atomic():
        sheet = held(attendance.sheet)
        _check(sheet, told)
        attendance = Attendance.objects.for_signing().get(pk=attendance.pk)
        before = attendance.facts()
        if told.state == S.PRESENT and not attendance.is_signed:
            _sign_for(attendance, sheet, reason, by)
        with ATTENDANCES.moving(attendance, f"correct_{told.state}", by=by, **_journal(attendance, told)) as one:
            one.sheet = sheet
            _apply(one, told)
        one.minutes = one.due_minutes
        one.save(update_fields=["minutes"])
        _keep_both(one, before, reason, by)
    return one


def _keep_both(one, before, reason, by) -> None:
    after = one.facts()
    if after == before:
        raise Refused(SAME)
    correction = Correction.objects.create(attendance=one, before=before, after=after, reason=reason[:300], by=by)
    post("emargement.count_presence", one.pk, by.pk, key=f"emargement.count_presence:{one.pk}:{correction.pk}")
    attendance_corrected.send(sender=Attendance, attendance=one)


def _sign_for(attendance, sheet, reason, by) -> None:
    if not sheet.is_locked:
        return
    statement = statement_of(attendance)
    signature = Signature.objects.create(
        attendance=attendance,
        way=Way.CORRECTION,
        entered_by=by,
        statement=statement.text,
        statement_sha256=statement.sha256,
        is_late=True,
        reason=reason[:300],
    )
    record("emargement.sign", attendance, by=by, after={"way": signature.way, "late": True})


def _check(sheet, told) -> None:
    half_day = sheet.half_day
    for at in filter(None, (told.arrived_at, told.left_at)):
        if not half_day.starts_at <= at <= half_day.ends_at:
            raise Refused(OUTSIDE.format(hours=sheet.hours))
    if told.arrived_at and told.left_at and told.left_at <= told.arrived_at:
        raise Refused(CROSSED)
    if told.state == S.EXCUSED and told.excuse not in Excuse.values:
        raise Refused(WHICH_EXCUSE)


def _apply(one, told) -> None:
    present = told.state == S.PRESENT
    one.arrived_at, one.left_at = (told.arrived_at, told.left_at) if present else (None, None)
    one.excuse = told.excuse if told.state == S.EXCUSED else ""
    away = told.state in (S.ABSENT, S.EXCUSED)
    one.set_aside = told.reason.strip()[:300] if away and one.is_signed else ""


def _journal(attendance, told) -> dict:
    return {
        "before": {"arrived_at": attendance.arrived_at, "left_at": attendance.left_at},
        "after": {"arrived_at": told.arrived_at, "left_at": told.left_at},
    }
