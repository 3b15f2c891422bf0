"""Who takes a seat, by which road, and who waits."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from lms.kernel.formats import date_long
from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.rules import current
from parcours.classroom.actions.queueing import promote
from parcours.classroom.actions.seating import hold, seat, shift, tell
from parcours.classroom.documents.seats import closing_day, is_overridden
from parcours.classroom.engine import funding, opening
from parcours.classroom.lifecycle import SessionState
from parcours.classroom.models import OpeningOverride, Registration, Session
from parcours.classroom.models.roads import OPENING, coming_wave, road_of

FULL = "La dernière place vient d’être prise : cette session est complète. Vous pouvez attendre qu’une place se libère."
TWICE = "{person} est déjà inscrit à cette session, ou en liste d’attente."
NAMELESS = "{person} n’a pas encore indiqué son nom dans son profil : ses documents le porteront."
STATES = {
    SessionState.DRAFT: "Cette session n’est pas encore publiée : on ne s’y inscrit pas.",
    SessionState.CANCELLED: "Cette session est annulée. Cherchez-en une autre.",
    SessionState.CLOSED: "Cette session est terminée. Cherchez-en une autre.",
}


class SessionFull(TransitionRefused):
    """No seat is left; the waiting list is open."""

    def __init__(self):
        super().__init__([FULL])


@dataclass
class Outcome:
    """What became of several people registered at once."""

    seated: list = field(default_factory=list)
    waiting: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    invited: list = field(default_factory=list)


@transaction.atomic
def register(session, person, *, employer, by, answers: funding.Answers, or_wait=False) -> Registration:
    """Give a seat to a person; when none is left, a place in the queue if `or_wait`.

    Raises SessionFull, or TransitionRefused with the sentences to show.
    """
    session = hold(session)
    if refusals := registration_refusals(session, employer, answers) or person_refusals(session, person):
        raise TransitionRefused(refusals)
    promote(session)
    if session.is_full and not or_wait:
        raise SessionFull
    state = Registration.State.WAITING if session.is_full else Registration.State.REGISTERED
    return enter(session, person, employer=employer, by=by, state=state, **_frozen(answers))


def enter(session, person, *, employer, by, state, what="registered", **values) -> Registration:
    """Write a registration in a session that is held."""
    registration = Registration(
        session=session, person=person, employer=employer, registered_by=by, state=state, **values
    )
    registration.save(force_insert=True)
    after = {"session": session.pk, "person": person.pk, "employer": employer.pk, "state": str(state)}
    record("classroom.register", registration, by=by, after=after | {"road": registration.funding_road})
    if state == Registration.State.WAITING:
        tell(registration, "waiting")
        return registration
    shift(session, 1)
    return seat(registration, by=by, what=what)


def register_people(session, people, *, employer, by, answers, or_wait) -> Outcome:
    """Each person in a transaction of their own: what is refused to one is not refused to the others."""
    outcome = Outcome()
    for person in people:
        try:
            one = register(session, person, employer=employer, by=by, answers=answers, or_wait=or_wait)
        except TransitionRefused as refused:
            outcome.refused.append((person, refused.sentences))
        else:
            (outcome.waiting if one.state == Registration.State.WAITING else outcome.seated).append(one)
    if done := [str(one.pk) for one in (*outcome.seated, *outcome.waiting)]:
        post("classroom.tell_referent", by.pk, ",".join(done), key=f"classroom.tell_referent:{done[0]}")
    return outcome


@transaction.atomic
def override_opening(session, *, by, reason) -> OpeningOverride:
    """Let people register although the dates say no; said twice, the last reason stands."""
    session = hold(session)
    found, _ = OpeningOverride.objects.update_or_create(
        session=session, defaults={"by": by, "reason": reason.strip()[:300], "at": timezone.now()}
    )
    record("classroom.override_opening", found, by=by, after={"session": session.pk}, personal={"reason": found.reason})
    return found


# --- Why not ----------------------------------------------------------------------------------------------------------


def registration_refusals(session, employer, answers: funding.Answers) -> list[str]:
    """Why nobody of this employer registers in this session by this road."""
    found = (
        STATES.get(session.state, ""),
        _begun(session),
        _reserved(session, employer, answers),
        opening_refusal(session),
        wave_refusal(session, employer),
        road_of(answers).blocked,
    )
    return [sentence for sentence in found if sentence][:1]


def opening_refusal(session, on=None) -> str:
    """The dates of registration; a session for one structure is arranged with it, and has none."""
    last_day = closing_day(session)
    return opening.refusal(last_day, on or timezone.localdate()) if last_day else ""


def wave_refusal(session, employer, on=None) -> str:
    """In a campagne, the structures of a region wait for their wave to register for the habilitation."""
    on = on or timezone.localdate()
    if not current(OPENING.code)["waves"] or not session.parcours.is_habilitation or is_overridden(session):
        return ""
    wave = coming_wave(employer, on)
    if wave is None:
        return ""
    return f"Votre région est dans la {wave.label.lower()} : ses inscriptions ouvrent le {date_long(wave.starts_on)}."


def person_refusals(session, person) -> list[str]:
    if session.registrations.active().filter(person=person).exists():
        return [TWICE.format(person=person)]
    return [] if person.last_name else [NAMELESS.format(person=person)]


def _begun(session: Session) -> str:
    begun = session.starts_at and session.starts_at <= timezone.now()
    return "Cette session a commencé : on ne s’y inscrit plus." if begun else ""


def _reserved(session, employer, answers) -> str:
    if session.intra and session.intra_for_id != employer.pk:
        return "Cette session est réservée à une structure. Cherchez-en une autre."
    if session.for_conseillers and not answers.conseiller:
        return "Cette session est réservée aux conseillers numériques. Cherchez-en une autre."
    return ""


def _frozen(answers) -> dict:
    road = road_of(answers)
    return {"funding_road": road.code, "funding_answers": answers.stored(), "is_conseiller": answers.conseiller}
