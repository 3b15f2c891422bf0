"""Where the people of a structure stand, never with an answer nor a score; who waits for whose answer."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from lms.accounts.models import Person
from lms.kernel.formats import NBSP, date_long
from lms.kernel.tables import write
from lms.organisations.models import Membership
from parcours.catalogue.models import ParcoursPage
from parcours.colleagues.models import Invitation
from parcours.learning.documents.standing import BY_NAME, STATE_OF, STATES, for_lines, in_order, named, state_of
from parcours.learning.models import Enrolment

INACTIVE_DAYS = 14
NONE = "aucun"
HEADINGS = (
    *("Nom", "Prénom", "Adresse e-mail", "Parcours", "État", "Étapes terminées", "Étapes", "Heures prouvées"),
    *("Inscription le", "Dernier passage le", "Terminé le", "Dernier rappel le"),
)
CHUNK = 2_000


@dataclass(frozen=True)
class Search:
    """What a référent asks of the register; every part may be absent."""

    q: str = ""
    etat: str = ""
    parcours: int | None = None
    inactif: bool = False
    tri: str = BY_NAME

    def stored(self) -> dict:
        return asdict(self)


def register_of(organisation, search: Search, now=None) -> QuerySet:
    """What the people of a structure follow for it, in no order yet.

    Somebody who left is read no more: their training follows them.
    """
    found = Enrolment.objects.filter(employer=organisation, person__in=_people_of(organisation))
    found = found.filter(named(search.q, "person__"))
    if search.etat in STATE_OF:
        found = found.filter(STATE_OF[search.etat])
    if search.parcours:
        found = found.filter(parcours=search.parcours)
    if search.inactif:
        long_ago = (now or timezone.now()) - timedelta(days=INACTIVE_DAYS)
        found = found.active().annotate(last_seen=Coalesce("progress__last_at", "enrolled_at"))
        found = found.filter(last_seen__lt=long_ago)
    return found


def without_parcours(organisation, text="") -> QuerySet:
    """People of the structure who follow nothing for it."""
    following = Enrolment.objects.followed().filter(employer=organisation)
    people = Person.objects.filter(pk__in=_people_of(organisation)).exclude(pk__in=following.values("person"))
    return people.filter(named(text)).order_by("last_name", "first_name", "pk")


def parcours_followed(organisation) -> list[tuple[int, str]]:
    here = Enrolment.objects.filter(employer=organisation, parcours=OuterRef("pk"))
    return list(ParcoursPage.objects.filter(Exists(here)).order_by("title").values_list("pk", "title"))


def last_reminders(people) -> dict:
    """When each of these people was last reminded, of whatever parcours."""
    found = Enrolment.objects.filter(person__in=people, reminded_at__isnull=False).order_by()
    return dict(found.values_list("person").annotate(Max("reminded_at")))


def write_register(out, form, organisation, search: Search) -> None:
    """The whole register of a search, to a binary file."""
    rows = map(_row, for_lines(in_order(register_of(organisation, search), search.tri)).iterator(chunk_size=CHUNK))
    write(out, form, HEADINGS, rows, title="Suivi")


def file_name(organisation, form) -> str:
    return f"suivi-{timezone.localdate():%Y-%m-%d}-{organisation.public_id.hex[:8]}.{form}"


def _row(enrolment) -> Iterator:
    person, progress = enrolment.person, enrolment.progress
    return (
        *(person.last_name, person.first_name, person.email or "", enrolment.edition.title),
        *(STATES[state_of(enrolment)], progress.done, progress.total, round(progress.minutes_done / 60, 2)),
        *map(_day, (enrolment.enrolled_at, progress.last_at, enrolment.completed_at, enrolment.reminded_at)),
    )


def _day(instant) -> date | None:
    """The day only: at what hour somebody learns is theirs."""
    return instant and timezone.localdate(instant)


def _people_of(organisation):
    return Membership.objects.filter(organisation=organisation).active().employing().values("person")


def invitations_waiting(person) -> list[dict]:
    """The lines of Mon espace about the structures that wait for a person's answer."""
    return [
        {
            "badge": "Invitation",
            "badge_kind": "warning",
            "label": f"{one.organisation} vous propose «{NBSP}{one.title}{NBSP}»",
            "url": one.get_absolute_url(),
            "detail": f"à accepter ou à refuser avant le {date_long(one.expires_on)}",
        }
        for one in Invitation.objects.visible_to(person).waiting().for_line().order_by("-sent_at")
    ]
