"""A sheet is signed, then locked; somebody is awaited, then present, absent or excused."""

from django.db import models
from django.utils import timezone

from lms.kernel.lifecycle import Lifecycle, Transition


class SheetState(models.TextChoices):
    RUNNING = "running", "en cours"
    LOCKED = "locked", "verrouillée"


class AttendanceState(models.TextChoices):
    EXPECTED = "expected", "pas encore signé"
    PRESENT = "present", "présence signée"
    ABSENT = "absent", "absence"
    EXCUSED = "excused", "absence excusée"


class Way(models.TextChoices):
    """How a half-day is signed; the last two are entered by the trainer."""

    CODE = "code", "code personnel"
    SCREEN = "screen", "code QR sur l’écran de la salle"
    TABLET = "tablet", "tablette du formateur"
    ACCOUNT = "account", "depuis son compte"
    PAPER = "paper", "feuille papier"
    CORRECTION = "correction", "correction du formateur"


OFFERED_WAYS = (Way.CODE, Way.SCREEN, Way.TABLET, Way.ACCOUNT, Way.PAPER)


class Excuse(models.TextChoices):
    ILLNESS = "illness", "maladie ou accident"
    FAMILY = "family", "événement familial"
    WORK = "work", "obligation de service"
    TRANSPORT = "transport", "transport ou intempérie"
    OTHER = "other", "autre motif accepté"


LOCKED = "La feuille est verrouillée : le formateur peut encore la corriger, avec un motif."


def still_running(attendance):
    return LOCKED if attendance.sheet.is_locked else None


def already_locked(attendance):
    return None if attendance.sheet.is_locked else "La feuille n’est pas verrouillée : modifiez-la directement."


def signed_once(attendance):
    """Presence is what was signed, never what was supposed."""
    return None if attendance.is_signed else "Cette personne n’a pas signé : faites-la signer d’abord."


def is_over(sheet):
    if timezone.now() < sheet.half_day.ends_at:
        return "La demi-journée n’est pas finie : quelqu’un peut encore partir plus tôt."
    return None


def everybody_told(sheet):
    left = sheet.tally["left"]
    if left:
        who = "personne n’a" if left == 1 else "personnes n’ont"
        return f"{left} {who} ni signé, ni été notée absente : dites-le d’abord pour chacune."
    return None


def somebody_there(sheet):
    return None if sheet.tally["total"] else "Personne n’est sur cette feuille : il n’y a rien à verrouiller."


S, A = SheetState, AttendanceState
NOT_THERE = (A.EXPECTED, A.ABSENT, A.EXCUSED)

SHEETS = Lifecycle(
    Transition(
        "lock",
        (S.RUNNING,),
        S.LOCKED,
        guards=(is_over, somebody_there, everybody_told),
        label="Contresigner et verrouiller",
    ),
)
ATTENDANCES = Lifecycle(
    Transition("sign", NOT_THERE, A.PRESENT, guards=(still_running,), label="Signer"),
    Transition("mark_present", tuple(A), A.PRESENT, guards=(still_running, signed_once), label="Présence signée"),
    Transition("mark_absent", tuple(A), A.ABSENT, guards=(still_running,), label="Absence"),
    Transition("mark_excused", tuple(A), A.EXCUSED, guards=(still_running,), label="Absence excusée"),
    Transition("mark_expected", (A.ABSENT, A.EXCUSED), A.EXPECTED, guards=(still_running,), label="Toujours attendue"),
    Transition("correct_present", tuple(A), A.PRESENT, guards=(already_locked, signed_once)),
    Transition("correct_absent", tuple(A), A.ABSENT, guards=(already_locked,)),
    Transition("correct_excused", tuple(A), A.EXCUSED, guards=(already_locked,)),
)
