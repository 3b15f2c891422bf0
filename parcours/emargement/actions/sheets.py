"""What a trainer decides of a sheet: when one signs, how, and that it is over."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lms.kernel.jobs import post
from lms.kernel.journal import record
from parcours.emargement.actions.refusals import Refused
from parcours.emargement.documents import countersign_of
from parcours.emargement.engine.codes import code_of, hash_of
from parcours.emargement.events import sheet_locked
from parcours.emargement.lifecycle import LOCKED, OFFERED_WAYS, SHEETS
from parcours.emargement.models import Attendance, Sheet

OUT_OF_ORDER = "La signature ferme avant d’ouvrir : corrigez l’une des deux heures."
TOO_EARLY = "La signature n’ouvre pas avant le jour de la demi-journée : choisissez une heure de ce jour."
UNKNOWN_WAY = "Cette façon de signer n’existe pas : rechargez la page."


def held(sheet) -> Sheet:
    """The sheet, locked until the end of the transaction, with all that signing reads."""
    related = "half_day__session"
    found = Sheet.objects.select_related(f"{related}__edition", f"{related}__organisation", "half_day__room")
    return found.defer(f"{related}__edition__content").select_for_update(of=("self",), no_key=True).get(pk=sheet.pk)


@transaction.atomic
def set_window(sheet, *, opens_at, closes_at, by) -> Sheet:
    """Between two hours of the trainer's choice. Raises Refused."""
    sheet = held(sheet)
    if sheet.is_locked:
        raise Refused(LOCKED)
    if closes_at < opens_at:
        raise Refused(OUT_OF_ORDER)
    if sheet.local(opens_at).date() < sheet.half_day.day:
        raise Refused(TOO_EARLY)
    before = {"opens_at": sheet.opens_at, "closes_at": sheet.closes_at}
    sheet.set_opens_at, sheet.set_closes_at = opens_at, closes_at
    sheet.save(update_fields=["set_opens_at", "set_closes_at"])
    record("emargement.set_window", sheet, by=by, before=before, after={"opens_at": opens_at, "closes_at": closes_at})
    return sheet


def open_now(sheet, *, by) -> Sheet:
    """From this minute, until the hour of the rule; once that is past, for as long as the rule gives after the end."""
    now = timezone.now()
    if sheet.is_open(now):
        raise Refused("La signature est déjà ouverte.")
    foreseen = max(sheet.closes_at, sheet.half_day.ends_at + sheet.grace)
    closes_at = foreseen if foreseen > now else now + sheet.grace
    return set_window(sheet, opens_at=min(now, sheet.opens_at), closes_at=closes_at, by=by)


def close_now(sheet, *, by) -> Sheet:
    now = timezone.now()
    if not sheet.is_open(now):
        raise Refused("La signature est déjà fermée.")
    return set_window(sheet, opens_at=sheet.opens_at, closes_at=now, by=by)


@transaction.atomic
def choose_way(sheet, way, *, by) -> Sheet:
    sheet = held(sheet)
    if sheet.is_locked:
        raise Refused(LOCKED)
    if way not in OFFERED_WAYS:
        raise Refused(UNKNOWN_WAY)
    if way != sheet.way:
        before, sheet.way = sheet.way, way
        sheet.save(update_fields=["way"])
        record("emargement.choose_way", sheet, by=by, before={"way": before}, after={"way": way})
    return sheet


@transaction.atomic
def draw_code(attendance, *, by) -> Attendance:
    """Another code for somebody whose own was seen by others. Raises Refused."""
    held(attendance.sheet)
    one = Attendance.objects.select_for_update(of=("self",), no_key=True).select_related("sheet").get(pk=attendance.pk)
    if one.sheet.is_locked:
        raise Refused(LOCKED)
    key = settings.SECRET_KEY
    while True:
        one.nonce += 1
        one.code_hash = hash_of(key, code_of(key, str(one.public_id), one.nonce))
        if not Attendance.objects.filter(code_hash=one.code_hash).exists():
            break
    one.save(update_fields=["nonce", "code_hash"])
    record("emargement.draw_code", one, by=by)
    return one


def lock(sheet, *, by) -> Sheet:
    """Countersign: everybody is told, minutes are counted, codes are forgotten. Raises TransitionRefused."""
    with SHEETS.moving(sheet, "lock", by=by) as locked:
        locked = _countersigned(locked, by)
        lines = list(Attendance.objects.filter(sheet=locked).select_related("sheet__half_day__session"))
        for line in lines:
            line.minutes, line.code_hash = line.due_minutes, None
        Attendance.objects.bulk_update(lines, ["minutes", "code_hash"], batch_size=200)
        post("emargement.count_presences", locked.pk, key=f"emargement.count_presences:{locked.pk}")
        sheet_locked.send(sender=Sheet, sheet=locked)
    return locked


def _countersigned(sheet, by) -> Sheet:
    statement = countersign_of(sheet, by)
    sheet.locked_at, sheet.locked_by = timezone.now(), by
    sheet.countersign, sheet.countersign_sha256 = statement.text, statement.sha256
    return sheet
