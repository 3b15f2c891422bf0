"""The only door by which a signature enters: once per person and half-day, in its window, with the words signed."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lms.kernel.formats import date_long, time_short
from parcours.classroom.lifecycle import RegistrationState, SessionState
from parcours.emargement.actions.refusals import Refused
from parcours.emargement.actions.scans import keep_scan
from parcours.emargement.actions.sheets import held
from parcours.emargement.documents import statement_of
from parcours.emargement.engine.codes import digits_of, hash_of
from parcours.emargement.lifecycle import ATTENDANCES, LOCKED, Way
from parcours.emargement.models import Attendance, Scan, Signature

SKEW = timedelta(minutes=10)
"""How far the clock of a device without network may run ahead."""
UNKNOWN_CODE = (
    "Ce code n’ouvre aucune demi-journée en ce moment. Vérifiez les six chiffres, ou demandez votre code au formateur."
)
GONE = "Cette personne n’a plus de place dans la session : inscrivez-la d’abord."
CANCELLED = "Cette session est annulée : on ne la signe pas."
NOT_BEGUN = "La demi-journée n’a pas commencé : on ne signe pas d’avance."
AHEAD_OF_TIME = "L’heure de l’appareil est en avance : réglez-la, puis signez de nouveau."
SAY_WHY = "Cette signature est hors délai : écrivez pourquoi."
OFFLINE_WHY = "Recueillie sans réseau, envoyée au retour du réseau."


@dataclass(frozen=True)
class Entry:
    """How a signature reached us. `by`: who collected it, nobody when the person signed alone."""

    way: Way
    by: object = None
    reason: str = ""
    claimed_at: object = None
    client_id: str | None = None
    scan: Scan | None = None


@dataclass(frozen=True)
class Signed:
    """What stands; `new` is false when the person had signed already, this way or another."""

    attendance: Attendance
    signature: Signature
    new: bool


def sign(attendance, entry: Entry) -> Signed:
    """Raises TransitionRefused with the sentence to show; a second signature gets the first one back."""
    with transaction.atomic():
        sheet = held(attendance.sheet)
        if first := Signature.objects.filter(attendance=attendance).first():
            return Signed(attendance, first, False)
        is_late = _check(sheet, attendance, entry)
        return _signed(sheet, attendance, entry, is_late)


def _signed(sheet, attendance, entry, is_late) -> Signed:
    with ATTENDANCES.moving(attendance, "sign", by=entry.by, after={"way": entry.way, "late": is_late}) as one:
        one.sheet, one.excuse, one.set_aside = sheet, "", ""
        statement = statement_of(one)
        signature = Signature.objects.create(
            attendance=one,
            way=entry.way,
            claimed_at=entry.claimed_at,
            entered_by=entry.by,
            statement=statement.text,
            statement_sha256=statement.sha256,
            is_late=is_late,
            reason=entry.reason[:300],
            client_id=entry.client_id,
            scan=entry.scan,
        )
    return Signed(one, signature, True)


def _check(sheet, attendance, entry) -> bool:
    """Whether it is out of the window or of the day, which only the trainer may do, saying why."""
    if sheet.session.state == SessionState.CANCELLED:
        raise Refused(CANCELLED)
    if sheet.is_locked:
        raise Refused(LOCKED)
    if attendance.registration.state != RegistrationState.REGISTERED:
        raise Refused(GONE)
    now = timezone.now()
    said_at = entry.claimed_at or now
    if said_at > now + SKEW:
        raise Refused(AHEAD_OF_TIME)
    is_late = not sheet.is_open(said_at) or sheet.local(now).date() > sheet.local(sheet.half_day.ends_at).date()
    if is_late:
        _refuse_or_explain(sheet, said_at, entry)
    return is_late


def _refuse_or_explain(sheet, said_at, entry) -> None:
    if entry.by is None:
        raise Refused(window_refusal(sheet, said_at))
    if said_at < min(sheet.opens_at, sheet.half_day.starts_at):
        raise Refused(NOT_BEGUN)
    if not entry.reason.strip():
        raise Refused(SAY_WHY)


def window_refusal(sheet, at=None) -> str | None:
    """Why nobody signs alone at that instant, and what to do instead."""
    at = at or timezone.now()
    if sheet.is_locked:
        return LOCKED
    if at < sheet.opens_at:
        opens = sheet.local(sheet.opens_at)
        return f"Trop tôt : on signe cette demi-journée {date_long(opens)}, à partir de {time_short(opens)}."
    if at >= sheet.closes_at:
        closed = time_short(sheet.local(sheet.closes_at))
        return f"La signature est fermée depuis {closed} : adressez-vous au formateur, il peut encore la recueillir."
    return None


def known_by_code(typed: str) -> Attendance:
    """Whose code it is, when their half-day may be signed now. Raises Refused: a code that is too early says so."""
    digits = digits_of(typed)
    hashed = hash_of(settings.SECRET_KEY, digits) if digits else ""
    found = Attendance.objects.for_signing().filter(code_hash=hashed).first() if digits else None
    if found is None or found.registration.state != RegistrationState.REGISTERED:
        raise Refused(UNKNOWN_CODE)
    return found


@transaction.atomic
def enter_paper(sheet, attendances, *, reason, file, by) -> list[Signed]:
    """Those who signed the paper sheet, of which the scan is kept; all of them or none. `file`: a CheckedFile."""
    scan = keep_scan(sheet, file, by=by)
    entry = Entry(Way.PAPER, by=by, reason=reason, scan=scan)
    return [sign(one, entry) for one in attendances]
