"""Somebody's sessions, in the order in which they matter."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from lms.kernel.formats import NBSP, instant
from parcours.classroom.documents.hours import half_day_line
from parcours.classroom.lifecycle import ACTIVE, SEATED, SessionState
from parcours.classroom.models import Registration

KINDS = {
    Registration.State.REGISTERED: "success",
    Registration.State.OFFERED: "warning",
    Registration.State.WAITING: "info",
}


@dataclass(frozen=True)
class Card:
    """`rank`: in the queue, from 1; 0 for who does not wait."""

    registration: Registration
    rank: int = 0

    @property
    def session(self):
        return self.registration.session

    @property
    def is_over(self):
        over = self.session.ends_at <= timezone.now() or self.session.state != SessionState.PUBLISHED
        return over or self.registration.state not in ACTIVE

    @property
    def state(self):
        if self.rank:
            return f"{self.rank}{'re' if self.rank == 1 else 'e'} en liste d’attente"
        return self.registration.get_state_display()

    @property
    def kind(self):
        return KINDS.get(self.registration.state, "neutral")

    @property
    def survey(self):
        return getattr(self.registration, "survey", None)

    @property
    def is_active(self):
        return self.registration.state in ACTIVE

    @property
    def is_seated(self):
        return self.registration.state in SEATED


def ranks_of(registrations) -> dict[int, int]:
    """Where each stands in the queue of its session, by primary key; one query."""
    sessions = {one.session_id for one in registrations if one.state == Registration.State.WAITING}
    ranks: dict[int, int] = {}
    counts: dict[int, int] = {}
    queued = Registration.objects.queued().filter(session__in=sessions) if sessions else ()
    for one in queued:
        counts[one.session_id] = ranks[one.pk] = counts.get(one.session_id, 0) + 1
    return ranks


def cards_of(person) -> list[Card]:
    """Each of a person's registrations: those to come first, then the latest; a bounded number of queries."""
    found = list(Registration.objects.filter(person=person).for_pages().select_related("survey"))
    ranks = ranks_of(found)
    cards = [Card(one, ranks.get(one.pk, 0)) for one in found]
    coming = sorted((card for card in cards if not card.is_over), key=lambda card: card.session.starts_at)
    past = sorted((card for card in cards if card.is_over), key=lambda card: card.session.starts_at, reverse=True)
    return coming + past


def lines_of(person) -> list[dict]:
    """What is worth a line on Mon espace: a seat to take, the next session, questions to answer before it."""
    mine = Registration.objects.filter(person=person, session__ends_at__gt=timezone.now()).active()
    mine = mine.filter(session__state=SessionState.PUBLISHED).order_by("session__starts_at")
    shown = (
        mine.select_related("session__edition", "survey")
        .prefetch_related("session__half_days")
        .only(
            *("public_id", "state", "offer_until", "survey__answered_at", "session__edition__title"),
            *("session__starts_at", "session__ends_at", "session__zone"),
        )
    )
    lines = [_line(one, _when(one.session, person)) for one in shown]
    return sorted(lines, key=lambda line: line["badge"] != "Place")


def _when(session, person) -> str:
    """The half-day that comes next, at the reader's hour first; the dates when there is none."""
    coming = (one for one in session.half_days.all() if one.ends_at > timezone.now())
    half_day = min(coming, key=lambda one: one.starts_at, default=None)
    return half_day_line(half_day, session, person.time_zone) if half_day else session.when


def _line(registration, when):
    title = f"«{NBSP}{registration.session.title}{NBSP}»"
    line = {"badge": "Session", "badge_kind": "info", "label": f"Session {title}", "detail": when}
    line["url"] = reverse("classroom:my_session", args=[registration.public_id])
    survey = getattr(registration, "survey", None)
    if registration.state == Registration.State.OFFERED:
        until = f"à accepter avant le {instant(registration.offer_until)}"
        return line | {"badge": "Place", "badge_kind": "warning", "label": f"Une place pour {title}", "detail": until}
    if registration.state == Registration.State.WAITING:
        return line | {"detail": f"{when}, en liste d’attente"}
    if survey and not survey.answered_at:
        return line | {"detail": f"{when} ; vos attentes sont demandées avant"}
    return line
