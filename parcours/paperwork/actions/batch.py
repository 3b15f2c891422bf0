"""All that a session lacks, ordered at once, numbered by a job and sealed one by one."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lms.kernel.jobs import post, renew
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.classroom.lifecycle import SEATED
from parcours.classroom.models import Session
from parcours.emargement.documents import hours_of, sheets_of
from parcours.paperwork.actions import issuing
from parcours.paperwork.actions.attestations import issue_partial_attestation
from parcours.paperwork.models import Batch

STUCK = timedelta(hours=1)  # after that, another one may be ordered
EVERY = 20  # papers numbered between two renewals of the lease
GOING_ON = "Une délivrance est déjà en cours pour cette session : attendez qu’elle finisse."


@transaction.atomic
def order_batch(session, *, by) -> Batch:
    """Raises TransitionRefused while another one runs."""
    if session.batches.filter(planned_at=None, asked_at__gt=timezone.now() - STUCK).exists():
        raise TransitionRefused([GOING_ON])
    batch = Batch.objects.create(session=session, asked_by=by)
    record("paperwork.order_batch", batch, by=by, after={"session": session.pk})
    post("paperwork.issue_batch", batch.pk, key=f"paperwork.issue_batch:{batch.pk}")
    return batch


@transaction.atomic
def order_first_batch(session, *, by) -> Batch | None:
    """That of a session that is over and has none yet; twice makes one."""
    locked = Session.objects.select_for_update(no_key=True).get(pk=session.pk)
    return None if locked.batches.exists() else order_batch(locked, by=by)


def run_batch(batch) -> None:
    """Number what may be issued and note what may not, and why; run again, it goes on where it stopped."""
    if batch.planned_at:
        return
    papers, refusals = [], []
    for rank, (about, order) in enumerate(_orders(batch)):
        try:
            papers.append(order())
        except TransitionRefused as refused:
            refusals.append({"about": about, "sentence": " ".join(refused.sentences)})
        if rank % EVERY == EVERY - 1:
            renew()
    batch.papers.set([one for one in papers if one])
    Batch.objects.filter(pk=batch.pk).update(
        total=len([one for one in papers if one]), refusals=_once(refusals), planned_at=timezone.now()
    )


def _orders(batch):
    """What about (a code), and what to call."""
    session, by = batch.session, batch.asked_by
    yield "programme", lambda: issuing.issue_programme(session, by=by)
    for sheet in sheets_of(session):
        yield f"half_day:{sheet.half_day_id}", lambda sheet=sheet: issuing.issue_sheet(sheet, by=by)
    registrations = issuing.certifiable(session)
    hours = hours_of(registrations)
    for one in registrations:
        yield from _orders_of(one, hours[one.pk], session.ends_at > timezone.now(), by)


def _orders_of(registration, hours, to_come, by):
    about = f"registration:{registration.pk}"
    if registration.state in SEATED and to_come:
        yield about, lambda: issuing.issue_convocation(registration, by=by)
    elif hours.total_minutes or not hours.all_locked:
        yield about, lambda: issuing.issue_certificate(registration, by=by, hours=hours)
        yield about, lambda: issue_partial_attestation(registration, by=by, hours=hours)


def _once(refusals):
    """The same sentence about everybody is said once."""
    found = {}
    for one in refusals:
        found.setdefault(one["sentence"], one)
    return list(found.values())
