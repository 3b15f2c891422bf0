"""The sessions that anybody may find, and what is said of each."""

import datetime
from dataclasses import asdict, dataclass

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from lms.organisations.engine.neighbours import around
from parcours.classroom.documents.seats import Seats, price_of, seats_of
from parcours.classroom.lifecycle import Modality, SessionState
from parcours.classroom.models import Session

ALONE = "seul"


@dataclass(frozen=True)
class Search:
    """`zone`: « seul » for the département alone; with its neighbours otherwise."""

    departement: str = ""
    zone: str = ""
    du: datetime.date | None = None
    modalite: str = ""
    parcours: int | None = None
    libres: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(asdict(self).values())


@dataclass(frozen=True)
class Line:
    """A session as the list shows it."""

    session: Session
    seats: Seats

    @property
    def price(self):
        return price_of(self.session)

    @property
    def modality(self):
        return self.session.get_modality_display().capitalize()

    @property
    def departement(self):
        return "" if self.session.modality == Modality.REMOTE else str(self.session.departement or "")


def find(search: Search, now=None):
    """Sessions to come, the nearest first; a remote one is found from everywhere."""
    now = now or timezone.now()
    after = now
    if search.du:
        after = max(now, datetime.datetime.combine(search.du, datetime.time(), timezone.get_default_timezone()))
    found = Session.objects.open_to_public().filter(starts_at__gte=after)
    if search.departement:
        codes = (search.departement,) if search.zone == ALONE else around(search.departement)
        found = found.filter(Q(departement__in=codes) | Q(modality=Modality.REMOTE))
    if search.modalite:
        found = found.filter(modality=search.modalite)
    if search.parcours:
        found = found.filter(parcours=search.parcours)
    if search.libres:
        found = found.filter(seats_taken__lt=F("capacity"))
    return found.order_by("starts_at", "pk")


def lines_of(sessions) -> list[Line]:
    now = timezone.now()
    return [Line(session, seats_of(session, now)) for session in sessions]


def offered_parcours() -> list[tuple[int, str]]:
    """The parcours that have a session to come: primary key and title."""
    coming = Session.objects.open_to_public().filter(starts_at__gte=timezone.now())
    return list(coming.order_by("parcours__title").values_list("parcours", "parcours__title").distinct())


def addresses_to_come() -> list[tuple[str, None]]:
    """The page of each session to come, for the map of the site; when it last changed is not known."""
    found = Session.objects.open_to_public().filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")
    return [(reverse("classroom:found", args=[one]), None) for one in found.values_list("public_id", flat=True)]


def link_of_parcours(parcours) -> dict | None:
    """What the page of a parcours says of its sessions; nothing where none was ever held in public."""
    coming = Count("pk", filter=Q(state=SessionState.PUBLISHED, starts_at__gte=timezone.now()))
    public = Session.objects.filter(parcours=parcours, intra=False).exclude(state=SessionState.DRAFT)
    told = public.aggregate(ever=Count("pk"), coming=coming)
    if not told["ever"]:
        return None
    count = told["coming"]
    plural = "s" if count > 1 else ""
    detail = f"{count} session{plural} à venir" if count else "aucune session à venir"
    url = f"{reverse('classroom:find')}?parcours={parcours.pk}"
    return {"label": "Trouver une session", "url": url, "detail": detail}
