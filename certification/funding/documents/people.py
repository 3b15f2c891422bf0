"""What an OPCO takes out of all its files, person by person (domain reference § 8.6): the files, the attendance."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import groupby, islice
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from certification.funding.documents.comparison import compared
from certification.funding.models import Beneficiary, Decision, Demande
from certification.habilitation.documents.handed import attendance
from certification.habilitation.documents.handing import Export
from lms.kernel.models import Paper
from parcours.classroom.models import Session
from parcours.paperwork.documents import kinds
from parcours.paperwork.engine.money import shares
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


def people_between(people, first, last) -> QuerySet:
    """Those of the files filed, decided or paid in these days."""
    filed = Q(demande__filed_at__date__gte=first, demande__filed_at__date__lte=last)
    return people.filter(filed | Q(demande__in=Demande.objects.decided_between(first, last).values("pk")))


def attendances_between(attendances, first, last) -> QuerySet:
    """By the day of each half-day where its session is held: in Nouméa it may be another day in Paris."""
    held = Q(pk__in=())
    for zone in Session.objects.order_by().values_list("zone", flat=True).distinct():
        begins, ends = (datetime.combine(day, time.min, ZoneInfo(zone)) for day in (first, last + timedelta(days=1)))
        starts = {"sheet__half_day__starts_at__gte": begins, "sheet__half_day__starts_at__lt": ends}
        held |= Q(sheet__half_day__session__zone=zone, **starts)
    return attendances.filter(held)


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
    "Les dossiers déposés, décidés ou payés pendant ces jours : heures prévues et réalisées, coût, état, certificat de "
    "réalisation. Le coût d’un dossier est réparti également entre ses personnes."
)
OF_ATTENDANCE = (
    "Une ligne par demi-journée de ces jours et par personne de vos dossiers, d’après les feuilles verrouillées : "
    "présence, heures et signature."
)
TOLD = {"is_repeated": True, "is_elsewhere": True}
FILES = {
    one.code: one
    for one in (
        Export(
            *("PEC", "Prises en charge", PURPOSE, COLUMNS, people_before, rows),
            name="prises-en-charge-opco",
            between=people_between,
            **TOLD,
        ),
        Export(
            *("ASO", "Assiduité", OF_ATTENDANCE, attendance.COLUMNS, attendances_before, attendance.rows),
            name="assiduite",
            between=attendances_between,
            **TOLD,
        ),
    )
}
