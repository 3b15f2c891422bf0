"""The end of what was kept: proofs six years after a session, ten when European funds pay in part, accounts ten."""

from contextlib import suppress

from django.db import transaction
from django.db.models import ProtectedError

from lms.kernel import papers
from lms.kernel.files import gone_with_commit
from lms.kernel.journal import record
from lms.kernel.models import Paper
from parcours.classroom.actions import forget_recueils, forget_seats
from parcours.emargement import actions as emargement
from parcours.learning.documents import ATTESTATION
from parcours.paperwork.documents.keeping import outlived, paid
from parcours.paperwork.models import Batch, Convention, Delivery, Invoice, Price, Quote, SessionPaper
from parcours.paperwork.models.paper import PaperSignature


def forget_outlived(today) -> int:
    """How many sessions lost something; each in a transaction of its own."""
    return sum(forget_proofs(one) for one in outlived(today)) + sum(forget_money(one) for one in paid(today))


@transaction.atomic
def forget_proofs(session) -> bool:
    """Erase the sheets and the papers of a session; an attestation stays with the person it was handed to."""
    sheets = emargement.forget_session(session)
    rows = SessionPaper.objects.filter(session=session)
    numbered = list(rows.values_list("paper", flat=True))
    told = {"papers": len(numbered), "deliveries": _forget_agreements(session), "recueils": forget_recueils(session)}
    rows.update(replaces=None)
    rows.delete()
    free = Paper.objects.filter(pk__in=numbered, in_sessions=None, house_text=None)
    for paper in free.exclude(kind=ATTESTATION.code).order_by("pk"):
        papers.forget(paper)
    if any(told.values()):
        record("paperwork.forget_proofs", session, after=told)
    return bool(sheets or any(told.values()))


def _forget_agreements(session) -> int:
    """What was signed, sold and handed over, the last that names another first; how many texts were handed over."""
    for signature in PaperSignature.objects.filter(session_paper__session=session):
        signature.delete()
        gone_with_commit(signature.file)
    Batch.objects.filter(session=session).delete()
    for model in (Convention, Quote):
        model.objects.filter(session=session).update(replaces=None)
        model.objects.filter(session=session).delete()
    deleted, _ = Delivery.objects.filter(registration__session=session).delete()
    return deleted


def forget_money(session) -> bool:
    """Erase who paid what; what a demande still names waits until that is over too."""
    with suppress(ProtectedError), transaction.atomic():
        invoices = Invoice.objects.filter(session=session)
        files = [one.file for one in invoices]
        told = {"invoices": len(invoices), "prices": Price.objects.filter(registration__session=session).count()}
        told["seats"] = forget_seats(session)
        if not any(told.values()):
            return False
        invoices.update(credit_of=None)
        invoices.delete()
        Price.objects.filter(registration__session=session).delete()
        for file in files:
            gone_with_commit(file)
        record("paperwork.forget_money", session, after=told)
        return True
    return False
