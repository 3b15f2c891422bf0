"""A session is prepared, published, copied, cancelled, and closed when it is over."""

import datetime

from django.db import transaction
from django.utils import timezone

from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.lifecycle import Role
from parcours.catalogue.models import Edition
from parcours.classroom.actions.half_days import refuse_collisions, set_half_days, slots_of
from parcours.classroom.actions.leaving import cancel_all
from parcours.classroom.actions.queueing import offer_free_seats
from parcours.classroom.actions.seating import hold
from parcours.classroom.engine.slots import Slot, moved
from parcours.classroom.events import session_cancelled, session_closed, session_published
from parcours.classroom.lifecycle import SESSION, SessionState, within_the_rooms
from parcours.classroom.models import Room, Session

NO_SEANCE = "Ce parcours n’a pas de demi-journée en direct : choisissez-en un qui en prévoit."
NO_EDITION = "Ce parcours n’est pas publié : choisissez-en un autre."
NOT_A_DRAFT = "Cette session n’est plus un brouillon."
TAKEN_SEATS = "{} places sont déjà prises : proposez-en au moins autant."
SETTLED_PRICE = "Quelqu’un est déjà inscrit à ce tarif : il ne change plus pour cette session."
SETTLED_PUBLIC = "Quelqu’un est déjà inscrit : à qui la session est réservée ne change plus."
OVER = "Cette session est terminée ou annulée : elle ne change plus."
NO_REASON = "Dites pourquoi en quelques mots : le motif est envoyé aux personnes inscrites."
SETTLED = (
    *("capacity", "intra", "intra_for", "for_conseillers", "registrar"),
    *("price", "price_note", "practical", "contact"),
)
PUBLIC_OF = ("intra", "intra_for", "for_conseillers")


@transaction.atomic
def create_session(parcours, *, organisation, modality, by) -> Session:
    """A draft that follows the current edition of a parcours. Raises TransitionRefused when it has nothing live."""
    session = Session(
        organisation=organisation,
        parcours=parcours,
        edition=current_edition(parcours),
        modality=modality,
        zone=organisation.time_zone,
        contact=organisation.assistance_contact[:200],
        created_by=by,
    )
    session.save()
    record("classroom.create_session", session, by=by, after={"edition": session.edition_id, "modality": modality})
    return session


@transaction.atomic
def choose_parcours(session, parcours, *, modality, by) -> Session:
    """Change what a draft teaches; the half-days of another parcours are to be proposed again."""
    session = _draft(session)
    before = {"edition": session.edition_id, "modality": session.modality}
    edition = current_edition(parcours)
    session.modality = modality
    if edition.pk != session.edition_id:
        session.parcours, session.edition, session.starts_at, session.ends_at = parcours, edition, None, None
        session.half_days.all().delete()
    session.save()
    after = {"edition": edition.pk, "modality": modality}
    record("classroom.choose_parcours", session, by=by, before=before, after=after)
    return session


def current_edition(parcours) -> Edition:
    edition = Edition.objects.offered().filter(parcours=parcours).first()
    if edition is None:
        raise TransitionRefused([NO_EDITION])
    if not edition.content.get("seances"):
        raise TransitionRefused([NO_SEANCE])
    return edition


@transaction.atomic
def settle(session, *, by, **values) -> Session:
    """Say the seats, whom they are for, the price and the practical side; `values` are those of SETTLED.

    More seats are offered at once to whoever waits. Raises TransitionRefused with the sentences to show.
    """
    session = hold(session)
    if session.state not in (SessionState.DRAFT, SessionState.PUBLISHED):
        raise TransitionRefused([OVER])
    before = _settled(session)
    for name in SETTLED:
        setattr(session, name, values.get(name, getattr(session, name)))
    if refusals := [sentence for sentence in _unsettling(session, before) if sentence]:
        raise TransitionRefused(refusals)
    session.save()
    record("classroom.settle_session", session, by=by, before=_codes(before), after=_codes(_settled(session)))
    if session.state == SessionState.PUBLISHED and session.capacity > before["capacity"]:
        offer_free_seats(session)
    return session


def _settled(session):
    return {name: getattr(session, name) for name in SETTLED}


def _codes(values):
    """What the journal keeps: no free text."""
    kept = {name: values[name] for name in SETTLED[:6]}
    return kept | {"intra_for": values["intra_for"] and values["intra_for"].pk, "price": str(values["price"])}


def _unsettling(session, before):
    yield within_the_rooms(session)
    if session.capacity < session.seats_taken:
        yield TAKEN_SEATS.format(session.seats_taken)
    if session.registrations.active().exists():
        yield SETTLED_PRICE if session.price != before["price"] else None
        yield SETTLED_PUBLIC if any(getattr(session, name) != before[name] for name in PUBLIC_OF) else None


@transaction.atomic
def publish(session, *, by) -> Session:
    """Open a session that is ready. Raises TransitionRefused; announces session_published."""
    with SESSION.moving(session, "publish_session", by=by) as locked:
        refuse_collisions(locked, slots_of(locked))
        locked.published_at = timezone.now()
    session_published.send(sender=Session, session=locked)
    return locked


@transaction.atomic
def cancel(session, *, reason, by) -> Session:
    """Cancel a session: everybody leaves it and is told why. Announces session_cancelled."""
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise TransitionRefused([NO_REASON])
    with SESSION.moving(session, "cancel_session", by=by) as locked:
        locked.cancelled_at, locked.cancel_reason = timezone.now(), reason
    cancel_all(locked, by=by)
    session_cancelled.send(sender=Session, session=locked)
    return locked


@transaction.atomic
def close(session, *, by) -> Session:
    """Say that a session is over. Announces session_closed."""
    with SESSION.moving(session, "close_session", by=by) as locked:
        pass
    session_closed.send(sender=Session, session=locked)
    return locked


@transaction.atomic
def discard(session, *, by) -> None:
    """Throw a draft away: nobody else ever saw it."""
    session = _draft(session)
    record("classroom.discard_session", session, by=by, before={"edition": session.edition_id})
    session.delete()


@transaction.atomic
def duplicate(session, *, first_day: datetime.date, by) -> Session:
    """The same session from another day on, as a draft of the current edition, with the people who still train.

    Raises TransitionRefused when a room or a trainer is taken then.
    """
    copied = Session(
        organisation=session.organisation,
        parcours=session.parcours,
        edition=current_edition(session.parcours),
        modality=session.modality,
        zone=session.zone,
        copied_from=session,
        created_by=by,
        **_settled(session),
    )
    copied.save()
    record("classroom.duplicate_session", copied, by=by, after={"from": session.pk, "edition": copied.edition_id})
    slots = moved(_still_there(session), first_day, session.zone)
    return set_half_days(copied, slots, zone=session.zone, by=by)


def _still_there(session) -> list[Slot]:
    rooms = set(Room.objects.filter(organisation=session.organisation, archived_at=None).values_list("pk", flat=True))
    members = session.organisation.memberships.active().filter(role=Role.TRAINER)
    people = set(members.values_list("person", flat=True))
    return [
        Slot(
            one.starts_at,
            one.ends_at,
            one.room if one.room in rooms else None,
            one.link,
            tuple(pk for pk in one.trainers if pk in people),
        )
        for one in slots_of(session)
    ]


def _draft(session) -> Session:
    session = hold(session)
    if session.state != SessionState.DRAFT:
        raise TransitionRefused([NOT_A_DRAFT])
    return session
