"""The files that other services read: their exact columns (domain reference § 8), and who is in each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from certification.habilitation.documents.handed import (
    attendance,
    conseillers,
    people,
    progress,
    sessions,
    structures,
)
from certification.habilitation.engine.kinds import HandedKind
from certification.habilitation.lifecycle import FactKind, Origin
from certification.habilitation.models import Fact, Habilitation, HandOver
from lms.organisations.lifecycle import Role
from lms.organisations.permissions import is_national
from parcours.classroom.models import Registration, Session

AIDANTS_CONNECT, MIN = "Pour Aidants Connect", "Pour Mon inclusion numérique"
AUDIENCES = {"A": AIDANTS_CONNECT, "M": MIN}
OTHERS = "Pour suivre, et pour les opérateurs"


@dataclass(frozen=True)
class Export:
    """`found` takes who hands over and gives what is handed; `rows` the cells of each line, as `columns` are.

    `name`: that of the file, when it has one of its own rather than its code and the day.
    """

    code: str
    label: str
    purpose: str
    columns: tuple[str, ...]
    found: Callable[[object], QuerySet | list]
    rows: Callable[[Iterable], Iterator[tuple]]
    separator: str = ";"
    is_repeated: bool = False
    """Whether the service reads the whole list each time, rather than what is new."""
    name: str = ""
    is_national: bool = False
    """Whether it tells the whole country: for ANCT alone."""
    is_elsewhere: bool = False
    """Whether another room offers it, to its own people."""
    between: Callable[[QuerySet, date, date], QuerySet] | None = None
    """Keeps the lines of some days, both included, of a file that is asked for by its period."""

    @property
    def title(self) -> str:
        """With what the other service calls it, or the name of the file."""
        return f"{self.label} ({self.name + '.csv' if self.name else self.code})"

    @property
    def audience(self) -> str:
        return AUDIENCES.get(self.code[0] if self.code[1:].isdigit() else "", OTHERS)


def _trained_here(person):
    """Trained by what was signed, listed or declared and confirmed here: never what Aidants Connect told itself."""
    own = Fact.objects.counting().filter(person=OuterRef("person"), kind=FactKind.TRAINING)
    ours = own.exclude(origin=Origin.AIDANTS_CONNECT)
    return _people(person).filter(Exists(ours), trained_on__isnull=False, organisation__data_pass_id__isnull=False)


def _unknown_there(person):
    """People whom no file of Aidants Connect has named yet for that structure."""
    told = Fact.objects.filter(habilitation=OuterRef("pk"), origin=Origin.AIDANTS_CONNECT)
    return _people(person).filter(~Exists(told), organisation__data_pass_id__isnull=False, external_status="")


def _people(person):
    """Those followed today that somebody may hand over: everybody for ANCT, those it trained for an organisme."""
    found = Habilitation.objects.filter(exit_step="").select_related("person", "organisation").order_by("pk")
    return found if is_national(person) else found.filter(training_organisation__in=_homes(person))


def _structures(person):
    return structures.structures_of(_people(person))


def _conseillers(person):
    return conseillers.conseillers_of(_people(person))


def _trainings(person):
    found = Registration.objects.filter(session__isnull=False)
    return conseillers.trainings_of(found if is_national(person) else found.filter(session__in=_own_sessions(person)))


def _attendances(person):
    return attendance.attendances_in(Session.objects.all() if is_national(person) else _own_sessions(person))


def _own_sessions(person):
    return Session.objects.filter(organisation__in=_homes(person))


def _sessions(person):
    found = Session.objects.exclude(state=Session.State.DRAFT).select_related("organisation", "edition")
    found = found.defer("edition__content").prefetch_related("half_days__room").order_by("starts_at", "pk")
    return found if is_national(person) else found.filter(organisation__in=_homes(person))


def _registrations(person):
    """With `was_present`: somebody’s presence in the training of that session counts."""
    present = Fact.objects.counting().filter(registration=OuterRef("pk"), kind=FactKind.TRAINING)
    pix = Fact.objects.counting().filter(person=OuterRef("person"), kind=FactKind.PIX)
    found = Registration.objects.filter(session__parcours__is_habilitation=True)
    found = found.select_related("person", "employer", "session__edition").defer("session__edition__content")
    found = found.annotate(was_present=Exists(present), has_pix=Exists(pix)).order_by("session", "pk")
    return found if is_national(person) else found.filter(session__organisation__in=_homes(person))


def _homes(person):
    return person.memberships.active().filter(role=Role.TRAINING_MANAGER).values("organisation")


EXPORTS = {
    export.code: export
    for export in (
        Export(
            HandedKind.TRAINING_DATES,
            "Dates de formation",
            f"{AIDANTS_CONNECT}, « Mettre à jour la date de formation » : les personnes formées ici.",
            people.DATES,
            _trained_here,
            people.date_rows,
        ),
        Export(
            HandedKind.REQUESTS,
            "Demandes individuelles",
            f"{AIDANTS_CONNECT} : les personnes suivies ici qu’aucun de ses fichiers n’a encore nommées.",
            people.REQUESTS,
            _unknown_there,
            people.request_rows,
        ),
        Export(
            HandedKind.SESSIONS,
            "Sessions",
            f"{AIDANTS_CONNECT} : les sessions publiées, terminées ou annulées.",
            sessions.SESSIONS,
            _sessions,
            sessions.session_rows,
            is_repeated=True,
        ),
        Export(
            HandedKind.TRAINEES,
            "Inscrits d’un organisme de formation",
            f"{AIDANTS_CONNECT} : qui est inscrit, présent, a envoyé son test Pix. Le résultat du test n’y figure pas.",
            sessions.TRAINEES,
            _registrations,
            sessions.trainee_rows,
            is_repeated=True,
        ),
        Export(
            HandedKind.MEDIATORS,
            "Aidants et médiateurs",
            f"{MIN} : toutes les personnes suivies, leur structure et où elles en sont.",
            people.MEDIATORS,
            _people,
            people.mediator_rows,
            separator=",",
            is_repeated=True,
        ),
        Export(
            HandedKind.STRUCTURES,
            "Structures",
            f"{MIN} : les structures où une personne au moins est suivie. « Aidants Connect » y figure dès que l’une "
            "d’elles est habilitée.",
            structures.COLUMNS,
            _structures,
            structures.rows,
            separator=",",
            is_repeated=True,
        ),
        Export(
            HandedKind.CONSEILLERS_TRAININGS,
            "Formations des conseillers numériques",
            f"{MIN} : les sessions suivies ici par des conseillers, sur des feuilles verrouillées. L’identifiant, le "
            "lot, le marché, le parcours et les certifications, qui ne sont pas connus ici, restent vides ; le titre "
            "et le nom sont dans les observations.",
            conseillers.RECORD,
            _trainings,
            conseillers.record_rows,
            separator=",",
            is_repeated=True,
        ),
        Export(
            HandedKind.CONSEILLERS,
            "Liste des conseillers numériques",
            "Pour les opérateurs du dispositif : les conseillers suivis ici et la fin de leur dernière session. "
            "Recrutement, certification, activation et CRA, qui ne sont pas connus ici, restent vides.",
            conseillers.LIST,
            _conseillers,
            conseillers.list_rows,
            is_repeated=True,
        ),
        Export(
            HandedKind.PROGRESS,
            "Avancement vers les 20 000",
            "Les chiffres du tableau, par département et par type de structure, pour la campagne en cours. L’objectif "
            "du département, ou à défaut celui de la région, revient sur chaque ligne : il ne s’additionne pas.",
            progress.COLUMNS,
            progress.places_of,
            progress.rows,
            is_repeated=True,
            name="avancement-20000",
            is_national=True,
        ),
        Export(
            HandedKind.HALF_DAYS,
            "Assiduité",
            "Une ligne par personne et par demi-journée, d’après les feuilles verrouillées : présence, heures et "
            "signature.",
            attendance.COLUMNS,
            _attendances,
            attendance.rows,
            is_repeated=True,
            name="assiduite",
        ),
    )
}


def exports_for(person) -> list[Export]:
    offered = (one for one in EXPORTS.values() if not one.is_elsewhere)
    return [one for one in offered if is_national(person) or not one.is_national]


def register(export: Export) -> None:
    EXPORTS[export.code] = export


def size_of(found) -> int:
    return len(found) if isinstance(found, list) else found.count()


def lines_of(export: Export, person, *, only_new=False, period=None) -> QuerySet | list:
    """`only_new`: without those that a former hand-over of the same file held already. `period`: two days."""
    found = export.found(person)
    if export.between and period:
        found = export.between(found, *period)
    if not only_new or export.is_repeated:
        return found
    before = HandOver.objects.filter(kind=export.code).values_list("lines_ids", flat=True)
    return found.exclude(pk__in={pk for ids in before for pk in ids})
