"""Who was there in part gets an attestation at the end of the session; who finishes later gets learning’s instead."""

from django.db import transaction

from lms.kernel.lifecycle import TransitionRefused
from parcours.learning.documents import ATTESTATION, NoIssuer
from parcours.learning.models import Enrolment
from parcours.paperwork.actions.issuing import certificate_refusals, issue, refuse_if, retire
from parcours.paperwork.documents.attestations import partial_content, partial_key
from parcours.paperwork.models import SessionPaper

NOBODY_ANSWERS = "Aucun organisme de formation ne répond de ce parcours : personne ne peut signer l’attestation."


def issue_partial_attestation(registration, *, by, hours) -> SessionPaper | None:
    """None when there is nothing to attest, or when the whole parcours was finished: learning attests that.

    Raises TransitionRefused.
    """
    enrolment = registration.enrolment
    if enrolment is None or enrolment.state == Enrolment.State.COMPLETED or not hours.total_minutes:
        return None
    refuse_if(certificate_refusals(registration.session, hours))
    try:
        content = partial_content(registration, hours)
    except NoIssuer as error:
        raise TransitionRefused([NOBODY_ANSWERS]) from error
    key = partial_key(registration)
    about = {"person": registration.person, "registration": registration}
    return issue(ATTESTATION, registration.session, key=key, content=content, by=by, **about)


@transaction.atomic
def withdraw_partial_attestations(enrolment) -> None:
    """The parcours is finished: the attestation of the whole takes over."""
    keys = [partial_key(one) for one in enrolment.registrations.all()]
    for row in SessionPaper.objects.filter(paper__key__in=keys).select_related("paper"):
        retire(row.paper, by=None)
