import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from lms.accounts.models import Person
from lms.kernel import papers
from lms.kernel.jobs import clock, task
from lms.kernel.mail import post_mail
from lms.kernel.models import Paper
from lms.kernel.models.paper import RevocationReason
from parcours.catalogue.documents import reminder_of
from parcours.learning.documents import ATTESTATION, attestation_content, issuer_of
from parcours.learning.models import Enrolment

YEARS_KEPT = 6


@clock("learning.forget_attestations", every="day", at="03:40")
def forget_attestations(day):
    """Those of people whose account was erased, once nobody may ask for the proof any more."""
    before = timezone.now() - datetime.timedelta(days=366 * YEARS_KEPT)
    erased = Paper.objects.filter(kind=ATTESTATION.code, person__is_active=False, person__email=None)
    for paper in erased.filter(issued_at__lt=before, in_sessions=None).order_by("pk"):
        papers.forget(paper)


@task("learning.issue_attestation")
def issue_attestation(enrolment_pk):
    """The number first, in a transaction of its own; then, rendered here, the bytes with the mark "done"."""
    enrolment = Enrolment.objects.for_attestation().get(pk=enrolment_pk)
    issuer = issuer_of(enrolment)
    paper = papers.reserve(
        ATTESTATION,
        key=enrolment.attestation_key,
        person=enrolment.person,
        organisation=issuer,
        content=attestation_content(enrolment),
        zone=issuer.time_zone,
    )
    if paper.is_sealed:
        return None
    rendition = papers.render(paper)
    return lambda: _hand_over(papers.seal(paper, rendition), enrolment)


@task("learning.withdraw_attestation")
def withdraw_attestation(key, by_pk):
    """The attestation of this key says hours that do not stand any more. One that was never sealed is, first."""
    paper = Paper.objects.filter(key=key).first()
    if paper is None or paper.is_revoked:
        return None
    by = Person.objects.filter(pk=by_pk).first()
    rendition = None if paper.is_sealed else papers.render(paper)
    return lambda: _withdraw(paper, rendition, by)


def _withdraw(paper, rendition, by):
    if rendition is not None:
        paper = papers.seal(paper, rendition)
    papers.revoke(paper, by=by, reason=RevocationReason.CONTENT)


def _hand_over(paper, enrolment):
    """Someone without an address finds it in their space all the same."""
    if not enrolment.person.email:
        return
    reminder = reminder_of(enrolment.edition)
    context = {
        "paper": paper,
        "title": enrolment.edition.title,
        "link": settings.BASE_URL + reverse("learning:paper", args=[paper.number]),
        "reminder": reminder,
    }
    post_mail(
        to=enrolment.person.email,
        subject=f"Votre attestation de fin de formation {paper.number}",
        body=render_to_string("learning/mail_attestation.txt", context),
        reason=f"Vous recevez ce message parce que vous avez terminé un parcours sur {settings.SITE_NAME}.",
        key=f"learning.attestation_ready:{paper.pk}",
    )
