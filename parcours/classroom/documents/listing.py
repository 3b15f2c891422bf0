"""The sessions of an organisme, searched, sorted, written in a table."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.utils import timezone

from lms.kernel.formats import time_short
from lms.kernel.tables import CSV, write
from lms.organisations.models import Departement
from parcours.catalogue.models import ParcoursPage
from parcours.classroom.models import Session
from parcours.classroom.queries import COMING, PAST, TEACHING_ROLES, homes

SORTS = {
    "date": ("Date, la plus proche d’abord", ("starts_at", "pk")),
    "-date": ("Date, la plus lointaine d’abord", ("-starts_at", "pk")),
    "parcours": ("Parcours", ("edition__title", "starts_at", "pk")),
    "places": ("Places restantes", ("seats_free", "starts_at", "pk")),
}
PERIODS = {COMING: "À venir ou en cours", PAST: "Passées", "toutes": "Toutes"}
HEADINGS = (
    *("Parcours", "État", "Modalité", "Début", "Fin", "Heure de début", "Fuseau", "Département", "Lieu", "Formateurs"),
    *("Places", "Places prises", "Tarif en euros", "Réservée à", "Adresse de la page"),
)
CHUNK = 200


@dataclass(frozen=True)
class Search:
    periode: str = COMING
    du: datetime.date | None = None
    au: datetime.date | None = None
    parcours: int | None = None
    modalite: str = ""
    etat: str = ""
    departement: str = ""
    formateur: int | None = None
    tri: str = ""


def sessions_of(person, search: Search):
    """Those the person's organisme runs; without dates, a draft is always to come."""
    found = Session.objects.visible_to(person).in_period(search.periode, timezone.now())
    if search.du:
        found = found.filter(starts_at__gte=_midnight(search.du))
    if search.au:
        found = found.filter(starts_at__lt=_midnight(search.au + datetime.timedelta(days=1)))
    asked = {
        "parcours": search.parcours,
        "modality": search.modalite,
        "state": search.etat,
        "departement": search.departement,
    }
    found = found.filter(**{name: value for name, value in asked.items() if value})
    if search.formateur:
        found = found.run_with(search.formateur)
    order = SORTS[search.tri or ("-date" if search.periode == PAST else "date")][1]
    return found.with_free_seats().order_by(*order)


def _midnight(day):
    return datetime.datetime.combine(day, datetime.time(), timezone.get_current_timezone())


def choices_for(person) -> dict[str, list[tuple]]:
    """What may be searched for: only what the organisme's sessions have, or the people who train there."""
    mine = Session.objects.visible_to(person).order_by()
    parcours = ParcoursPage.objects.filter(pk__in=mine.values("parcours")).order_by("title")
    places = Departement.objects.filter(pk__in=mine.values("departement")).order_by("code")
    taught = {"half_days__session__organisation__in": homes(person, *TEACHING_ROLES)}
    people = get_user_model().objects.filter(**taught).only("first_name", "last_name", "email").distinct()
    return {
        "parcours": list(parcours.values_list("pk", "title")),
        "departement": [(one.pk, str(one)) for one in places],
        "formateur": [(one.pk, one.full_name) for one in people.order_by("last_name", "first_name", "pk")],
    }


def write_sessions(out, person, search, home: str, form: str = CSV) -> None:
    """The whole list of a search, to a binary file; `home`: the address of the site."""
    found = sessions_of(person, search).for_export()
    write(out, form, HEADINGS, (_row(one, home) for one in found.iterator(chunk_size=CHUNK)), title="Sessions")


def _row(session, home) -> Iterator:
    start = session.starts_at and session.starts_at.astimezone(session.tzinfo)
    return (
        *(session.title, session.get_state_display(), session.get_modality_display()),
        *(start, session.ends_at and session.ends_at.astimezone(session.tzinfo)),
        *(start and time_short(start), session.zone, str(session.departement or ""), session.where),
        *(", ".join(trainers_named(session)), session.capacity, session.seats_taken, session.price),
        *(str(session.intra_for or ""), f"{home}{session.get_absolute_url()}"),
    )


def trainers_named(session) -> list[str]:
    """Once each, in the order of the half-days; read from half-days loaded beforehand."""
    half_days = session.half_days.all()
    return list(dict.fromkeys(one.full_name for half_day in half_days for one in half_day.trainers.all()))


def file_name(form: str = CSV) -> str:
    return f"sessions-{timezone.localdate():%Y-%m-%d}.{form}"
