"""The registers of an organisme: what each is called, what its list shows, sorts, filters and exports."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from lms.kernel.formats import date_short
from lms.kernel.tables import write
from lms.organisations.queries import today
from parcours.quality.models import (
    Abandonment,
    DisabilityReferent,
    Hazard,
    Improvement,
    Subcontract,
    TrainerDocument,
    Watch,
)

MOST_EXPORTED = 20_000


@dataclass(frozen=True)
class Column:
    heading: str
    value: Callable
    """Takes an entry, gives a text, a day or nothing."""


@dataclass(frozen=True)
class Register:
    """`filter` names a field with choices; `sorts` maps a code to a label and an order; `proof` is what it proves."""

    slug: str
    label: str
    add: str
    lead: str
    model: type
    columns: tuple[Column, ...]
    search: tuple[str, ...]
    sorts: dict[str, tuple[str, tuple[str, ...]]]
    related: tuple[str, ...] = ()
    filter: str = ""
    for_trainers: bool = True
    state: Callable | None = field(default=None)
    """Takes an entry, gives a word and a kind of badge when something is to be seen about it."""

    @property
    def choices(self):
        return self.model._meta.get_field(self.filter).choices if self.filter else []

    @property
    def filter_label(self):
        return str(self.model._meta.get_field(self.filter).verbose_name).capitalize() if self.filter else ""

    @property
    def has_files(self):
        return any(one.name == "file" for one in self.model._meta.get_fields())

    def visible_to(self, person):
        return self.model.objects.visible_to(person).standing().select_related("recorded_by", *self.related)


def _late(entry):
    return ("en retard", "warning") if entry.is_late() else (entry.get_state_display(), "")


def _expiry(entry):
    if entry.expires_on is None:
        return None
    return ("à renouveler", "warning") if entry.expires_on < today() else None


LATEST = ("Les plus récents d’abord", ("-on", "-pk"))
OLDEST = ("Les plus anciens d’abord", ("on", "pk"))
BY_DATE = {"recent": LATEST, "ancien": OLDEST}

REGISTERS = {
    one.slug: one
    for one in (
        Register(
            "abandons",
            "Abandons",
            "Enregistrer un abandon",
            "Qui a arrêté, quand, pourquoi, et ce qui avait été proposé. Les chiffres publiés en viennent.",
            Abandonment,
            (
                Column("Stagiaire", lambda one: one.person.full_name),
                Column("Parcours", lambda one: one.parcours.title),
                Column("Motif", lambda one: one.get_reason_display()),
                Column("Le", lambda one: one.on),
            ),
            ("person__last_name", "person__first_name", "parcours__title", "tried"),
            BY_DATE | {"nom": ("Par nom", ("person__last_name", "person__first_name", "pk"))},
            ("person", "parcours"),
            "reason",
        ),
        Register(
            "aleas",
            "Aléas",
            "Enregistrer un aléa",
            "Une salle fermée, une panne, un formateur absent : ce qui est arrivé et ce qui a été fait.",
            Hazard,
            (
                Column("Ce qui est arrivé", lambda one: one.what),
                Column("Ce qui a été fait", lambda one: one.done),
                Column("Le", lambda one: one.on),
                Column("Réglé le", lambda one: one.solved_on),
            ),
            ("what", "done"),
            BY_DATE,
        ),
        Register(
            "ameliorations",
            "Actions d’amélioration",
            "Décider une action",
            "À la suite d’une réclamation, d’appréciations ou d’un aléa : qui fait quoi, pour quand, avec quel effet.",
            Improvement,
            (
                Column("Action", lambda one: one.what),
                Column("À la suite de", lambda one: origin_of(one)),
                Column("Confiée à", lambda one: one.owner.full_name),
                Column("Échéance", lambda one: one.due_on),
                Column("Faite le", lambda one: one.done_on),
                Column("Effet mesuré", lambda one: one.effect),
            ),
            ("what", "effect", "owner__last_name"),
            {"echeance": ("Par échéance", ("due_on", "pk"))} | BY_DATE,
            ("owner", "complaint"),
            "state",
            state=_late,
        ),
        Register(
            "veille",
            "Veille",
            "Noter une lecture",
            "Ce qui a été lu, ce qu’on en retient, et surtout l’usage qui en est fait.",
            Watch,
            (
                Column("Ce qui a été lu", lambda one: one.source),
                Column("Domaine", lambda one: one.get_topic_display()),
                Column("Ce qu’on en retient", lambda one: one.learnt),
                Column("Ce qu’on en a fait", lambda one: one.use),
                Column("Lu le", lambda one: one.on),
            ),
            ("source", "learnt", "use"),
            BY_DATE,
            filter="topic",
        ),
        Register(
            "formateurs",
            "Dossiers des formateurs",
            "Ajouter une pièce",
            "Curriculum vitæ, diplômes, formations suivies. Vous seul les lisez, avec les autres responsables.",
            TrainerDocument,
            (
                Column("Formateur", lambda one: one.trainer.full_name),
                Column("Pièce", lambda one: one.title),
                Column("Nature", lambda one: one.get_kind_display()),
                Column("Du", lambda one: one.on),
                Column("À renouveler avant le", lambda one: one.expires_on),
            ),
            ("trainer__last_name", "trainer__first_name", "title"),
            {
                "nom": ("Par nom", ("trainer__last_name", "trainer__first_name", "-on")),
                "renouvellement": ("À renouveler d’abord", ("expires_on", "pk")),
            }
            | BY_DATE,
            ("trainer",),
            "kind",
            for_trainers=False,
            state=_expiry,
        ),
        Register(
            "sous-traitance",
            "Sous-traitance",
            "Enregistrer un contrat",
            "À qui une partie de la formation est confiée, par quel contrat, et comment sa qualité est vérifiée.",
            Subcontract,
            (
                Column("Sous-traitant", lambda one: one.name),
                Column("Ce qui est confié", lambda one: one.entrusted),
                Column("Signé le", lambda one: one.on),
                Column("Du", lambda one: one.starts_on),
                Column("Au", lambda one: one.ends_on),
                Column("Qualité vérifiée le", lambda one: one.checked_on),
            ),
            ("name", "entrusted", "siret"),
            BY_DATE | {"nom": ("Par nom", ("name", "pk"))},
            for_trainers=False,
        ),
        Register(
            "handicap",
            "Référent handicap",
            "Nommer un référent",
            "Qui accueille et adapte, depuis quand, après quelle formation, avec quels partenaires.",
            DisabilityReferent,
            (
                Column("Référent", lambda one: one.person.full_name),
                Column("Depuis le", lambda one: one.on),
                Column("Jusqu’au", lambda one: one.until),
                Column("Formation suivie", lambda one: one.training),
                Column("Partenaires", lambda one: one.network),
            ),
            ("person__last_name", "training", "network"),
            BY_DATE,
            ("person",),
            for_trainers=False,
        ),
    )
}


def origin_of(improvement) -> str:
    """« réclamation R-2026-0004 »."""
    said = improvement.get_origin_display()
    return f"{said} {improvement.complaint.number}" if improvement.complaint_id else said


def shown(value) -> str:
    return date_short(value) if isinstance(value, datetime.date) else str(value or "")


def search_in(register, found, *, q="", chosen="", sort=""):
    """What a list shows, of what a person may see."""
    found = found.matching(q, *register.search)
    if chosen and register.filter:
        found = found.filter(**{register.filter: chosen})
    orders = register.sorts
    return found.order_by(*orders.get(sort, next(iter(orders.values())))[1])


def write_register(out, form, register, found: Iterable) -> None:
    headings = [*(column.heading for column in register.columns), "Enregistré par", "Enregistré le"]
    rows = (_row(register, one) for one in found[:MOST_EXPORTED].iterator(chunk_size=500))
    write(out, form, headings, rows, title=register.label)


def _row(register, one):
    values = [column.value(one) for column in register.columns]
    return [*values, one.recorded_by.full_name, timezone.localdate(one.recorded_at)]
