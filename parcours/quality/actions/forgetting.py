"""What is forgotten with a person, and what is forgotten with time."""

from django.db import transaction
from django.db.models import Q

from lms.kernel.files import gone_with_commit
from lms.kernel.journal import record
from lms.kernel.terms import define_years, kept_from
from lms.organisations.lifecycle import Kind, Role
from lms.organisations.models import Organisation
from parcours.paperwork.documents.keeping import outlived
from parcours.quality.actions.complaints import forget_complaint
from parcours.quality.lifecycle import ImprovementState
from parcours.quality.models import (
    Abandonment,
    Appreciation,
    AuditAccess,
    Complaint,
    DisabilityReferent,
    Hazard,
    Improvement,
    Pack,
    Subcontract,
    SurveyRequest,
    TrainerDocument,
    Watch,
)

KEPT = define_years(
    "quality.registers_years",
    "durée de conservation des registres de la qualité, en années après la fin de ce qu’une ligne prouve "
    "(six, comme les preuves d’une session ; à confirmer)",
    6,
)
OF_A_SESSION = (SurveyRequest, Appreciation, Abandonment, Hazard, Improvement, Pack)


@transaction.atomic
def forget_person(person):
    """Erase what names somebody whose account is erased; the lines that prove something keep their dates."""
    for complaint in Complaint.objects.filter(person=person):
        forget_complaint(complaint)
    SurveyRequest.objects.filter(person=person).update(email="", name="")


def forget_outlived(today) -> int:
    """The proofs of the quality of a training, once nobody may ask for them any more; how many lines."""
    before = kept_from(KEPT.code, today)
    over = outlived(today)
    left = set().union(
        *(model.objects.filter(session__in=over).values_list("session", flat=True) for model in OF_A_SESSION)
    )
    total = sum(_forget_session(one) for one in over.filter(pk__in=left))
    for organisation in Organisation.objects.filter(kind=Kind.TRAINING).order_by("pk"):
        total += _forget_registers(organisation, before)
    return total


@transaction.atomic
def _forget_session(session) -> int:
    """What was gathered about one session: its registers, its opinions, the packs of its proofs."""
    found = {model: model.objects.filter(session=session) for model in OF_A_SESSION}
    found[Improvement] = found[Improvement].exclude(state=ImprovementState.TODO)
    return _told(session, {model._meta.model_name: _delete(rows) for model, rows in found.items()})


@transaction.atomic
def _forget_registers(organisation, before) -> int:
    """The lines about no session, each counted from the day when it stopped being of use."""
    told = {model._meta.model_name: _delete(rows) for model, rows in _over(organisation, before)}
    return _told(organisation, told)


def _over(organisation, before):
    """By model, what ended before that day; an action still to do, a contract and a mandate that last are kept."""
    alone = Q(organisation=organisation, session=None)
    for model in (Abandonment, Hazard):
        yield model, model.objects.filter(alone, on__lt=before)
    ended = Improvement.objects.filter(alone, on__lt=before, due_on__lt=before).exclude(state=ImprovementState.TODO)
    yield Improvement, ended
    yield Watch, Watch.objects.filter(organisation=organisation, on__lt=before)
    yield Subcontract, Subcontract.objects.filter(organisation=organisation, ends_on__lt=before)
    yield DisabilityReferent, DisabilityReferent.objects.filter(organisation=organisation, until__lt=before)
    teaching = organisation.memberships.filter(role=Role.TRAINER).filter(Q(ends_on=None) | Q(ends_on__gte=before))
    documents = TrainerDocument.objects.filter(organisation=organisation, on__lt=before)
    yield TrainerDocument, documents.exclude(trainer__in=teaching.values("person"))
    yield AuditAccess, AuditAccess.objects.filter(organisation=organisation, until__lt=before)
    closed = Complaint.objects.filter(organisation=organisation, closed_at__date__lt=before)
    yield Complaint, closed.exclude(pk__in=Improvement.objects.exclude(complaint=None).values("complaint"))


def _delete(rows) -> int:
    """The rows, and once that is sure, their files."""
    found = list(rows.order_by("pk"))
    for one in found:
        gone_with_commit(getattr(one, "file", None))
    rows.model.objects.filter(pk__in=[one.pk for one in found]).delete()
    return len(found)


def _told(about, counts) -> int:
    counts = {name: number for name, number in counts.items() if number}
    if counts:
        record("quality.forget_outlived", about, after=counts)
    return sum(counts.values())
