from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from lms.kernel import papers
from lms.kernel.jobs import task
from lms.kernel.mail import post_mail
from parcours.catalogue.documents import habilitation_reminder
from parcours.learning.documents import ATTESTATION, attestation_content, issuer_of, zone_of
from parcours.learning.models import Enrolment


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
        zone=zone_of(issuer),
    )
    if paper.is_sealed:
        return None
    rendition = papers.render(paper)
    return lambda: _hand_over(papers.seal(paper, rendition), enrolment)


def _hand_over(paper, enrolment):
    """Someone without an address finds it in their space all the same."""
    if not enrolment.person.email:
        return
    reminder = habilitation_reminder() if enrolment.edition.is_habilitation else None
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
