"""What an OPCO takes out of all its files, person by person (domain reference § 8.6): the files, the attendance."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby, islice

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from certification.funding.documents.comparison import compared
from certification.funding.models import Beneficiary, Decision, Demande
from certification.habilitation.documents.handed import attendance
from certification.habilitation.documents.handing import Export
from lms.kernel.models import Paper
from parcours.classroom.models import Session
from parcours.paperwork.documents import kinds
from parcours.paperwork.models import SessionPaper

COLUMNS = (
    *("opco", "reference_dossier", "siret_employeur", "nom", "prenom", "email", "intitule", "certification_visee"),
    *("date_debut", "date_fin", "heures_prevues", "heures_realisees", "cout_pedagogique_ttc", "statut"),
    *("certificat_realisation_url", "date_decision"),
)
TOGETHER = 50
CENT = Decimal("0.01")


def people_before(person) -> QuerySet:
    """The people of the files that somebody decides of, file after file."""
    found = Beneficiary.objects.filter(demande__in=Demande.objects.decided_by(person))
    told = ("demande__opco", "demande__employer", "demande__session__edition", "demande__session__organisation")
    found = found.select_related(*told, "registration__person").defer("demande__session__edition__content")
    decided = Decision.objects.standing().filter(demande=OuterRef("demande")).order_by("-at")
    return found.annotate(
        prepares_habilitation=F("demande__session__parcours__is_habilitation"),
        decided_at=Subquery(decided.values("at")[:1]),
    ).order_by("demande__filed_at", "demande_id", "pk")


def attendances_before(person) -> QuerySet:
    """Those of the people of these files, and of nobody else in their sessions."""
    people = Beneficiary.objects.filter(demande__in=Demande.objects.decided_by(person)).values("registration")
    return attendance.attendances_in(Session.objects.all()).filter(registration__in=people)


def rows(beneficiaries) -> Iterator[tuple]:
    """What a file compares is read for many files at once, never for all of them."""
    files = (list(some) for _, some in groupby(beneficiaries, key=lambda one: one.demande_id))
    while batch := list(islice(files, TOGETHER)):
        comparisons = compared([some[0].demande for some in batch])
        addresses = _addresses([one.registration_id for some in batch for one in some])
        for some in batch:
            hours = {line.beneficiary.pk: line.told for line in comparisons[some[0].demande_id].lines}
            for one, cost in zip(some, shares(some[0].demande.cost, len(some)), strict=True):
                yield _row(one, hours[one.pk], cost, addresses.get(one.registration_id, ""))


def shares(cost: Decimal, people: int) -> list[Decimal]:
    """Equal parts of an amount, to the cent; the first ones bear the cents that are left, so that they add up."""
    least = (cost / people).quantize(CENT, rounding="ROUND_DOWN")
    left = int((cost - least * people) / CENT)
    return [least + CENT * (rank < left) for rank in range(people)]


def _row(one, told, cost, address):
    demande, person = one.demande, one.registration.person
    return (
        *(str(demande.opco), demande.number, demande.siret, person.last_name, person.first_name),
        *(person.pix_email or person.email, demande.session.title),
        "Aidants Connect" if one.prepares_habilitation else "",
        *(demande.starts_on, demande.ends_on, _hours(demande.minutes), _hours(told.done)),
        *(cost, demande.get_state_display(), address),
        demande.agreed_on or (timezone.localdate(one.decided_at) if one.decided_at else None),
    )


def _hours(minutes) -> Decimal:
    return (Decimal(minutes) / 60).quantize(CENT)


def _addresses(registrations) -> dict[int, str]:
    """Where anybody who holds it checks the certificat de réalisation of each registration."""
    found = SessionPaper.objects.filter(registration__in=registrations).of_kind(kinds.CERTIFICATE.code).current()
    standing = found.sealed().exclude(paper__state=Paper.State.REVOKED)
    papers = standing.select_related("paper").defer("paper__content", "paper__twin_html")
    return {one.registration_id: one.paper.verification_url for one in papers}


PURPOSE = (
    "Toutes les demandes reçues par votre OPCO : heures prévues et réalisées, coût, état, certificat de réalisation. "
    "Le coût d’un dossier est réparti également entre ses personnes."
)
OF_ATTENDANCE = (
    "Une ligne par demi-journée des mêmes personnes, d’après les feuilles verrouillées : présence, heures et signature."
)
TOLD = {"is_repeated": True, "is_elsewhere": True}
FILES = {
    one.code: one
    for one in (
        Export("PEC", "Prises en charge", PURPOSE, COLUMNS, people_before, rows, name="prises-en-charge-opco", **TOLD),
        Export(
            *("ASO", "Assiduité", OF_ATTENDANCE, attendance.COLUMNS, attendances_before, attendance.rows),
            name="assiduite",
            **TOLD,
        ),
    )
}
