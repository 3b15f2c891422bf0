"""Where people stand in what they follow, as lists show it: what was done and when, never an answer nor a score."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from lms.kernel.formats import NBSP, date_short, duration
from lms.kernel.words import words_of
from parcours.learning.models import Enrolment
from parcours.learning.models.progress import NEVER

TODO, GOING_ON, DONE, STOPPED = "a-faire", "en-cours", "termine", "arrete"
STATES = {TODO: "à faire", GOING_ON: "en cours", DONE: "terminé", STOPPED: "arrêté"}
STATE_OF = {
    TODO: Q(state=Enrolment.State.ACTIVE, progress__last_at=None),
    GOING_ON: Q(state=Enrolment.State.ACTIVE, progress__last_at__isnull=False),
    DONE: Q(state=Enrolment.State.COMPLETED),
    STOPPED: Q(state=Enrolment.State.WITHDRAWN),
}
BY_NAME, BY_PROGRESS, BY_LAST_DAY = "nom", "avancement", "passage"
SORTS = {
    BY_NAME: "Nom",
    BY_PROGRESS: "Le moins avancé d’abord",
    BY_LAST_DAY: "Le plus ancien passage d’abord",
}


@dataclass(frozen=True)
class Standing:
    """An enrolment as a line of a list shows it."""

    enrolment: Enrolment

    @property
    def state(self):
        return STATES[state_of(self.enrolment)]

    @property
    def done(self):
        progress = self.enrolment.progress
        return f"{progress.done}{NBSP}sur{NBSP}{progress.total}"

    @property
    def hours(self):
        return duration(self.enrolment.progress.minutes_done)

    @property
    def last_day(self):
        at = self.enrolment.progress.last_at
        return date_short(timezone.localdate(at)) if at else "pas encore"


def state_of(enrolment) -> str:
    if enrolment.state == Enrolment.State.ACTIVE:
        return TODO if enrolment.progress.last_at is None else GOING_ON
    return DONE if enrolment.state == Enrolment.State.COMPLETED else STOPPED


def in_order(found: QuerySet, sort: str) -> QuerySet:
    """Whoever never came is the oldest of all.

    Progress is asked for by a condition that is always true: the database then reads it in the order of its index, as
    far as the page goes, instead of sorting twenty thousand rows.
    """
    if sort == BY_PROGRESS:
        return found.filter(progress__percent__gte=0).order_by("progress__percent", "pk")
    if sort == BY_LAST_DAY:
        return found.filter(progress__percent__gte=0).order_by(Coalesce("progress__last_at", Value(NEVER)), "pk")
    return found.order_by("person__last_name", "person__first_name", "pk")


def named(text, prefix="") -> Q:
    """Every word of a search, in a name or in the address; accents and capitals say nothing."""
    found = Q()
    for word in text.casefold().split()[:6]:
        said = Q(**{f"{prefix}email__contains": word})
        if parts := words_of(word):
            said |= Q(*((f"{prefix}name_key__contains", part) for part in parts))
        found &= said
    return found


def lines_of(primary_keys) -> list[Enrolment]:
    """These enrolments, in the same order, with all that a line shows.

    Read apart from the search: twenty thousand rows are sorted by their keys alone.
    """
    found = {one.pk: one for one in for_lines(Enrolment.objects.filter(pk__in=primary_keys))}
    return [found[pk] for pk in primary_keys]


def for_lines(found: QuerySet) -> QuerySet:
    return found.select_related("person", "progress", "edition", "employer").only(
        *("state", "enrolled_at", "completed_at", "reminded_at", "reminders_stopped_at", "parcours_id"),
        *("person__first_name", "person__last_name", "person__email", "person__is_active", "person__time_zone"),
        *("progress__done", "progress__total", "progress__minutes_done", "progress__last_at", "progress__percent"),
        *("edition__title", "employer__name"),
    )
