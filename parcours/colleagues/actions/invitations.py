"""Somebody who has an account says for whom they work."""

from django.db import transaction
from django.utils import timezone

from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.actions import add_member
from lms.organisations.models import Organisation, Role
from parcours.catalogue.models import Edition
from parcours.colleagues.lifecycle import INVITATION, InvitationState
from parcours.colleagues.models import Invitation
from parcours.learning.actions import AlreadyEnrolled, enrol

INVITED = (
    "Un compte existe déjà avec cette adresse. La personne reçoit un message : "
    "elle sera inscrite quand elle aura confirmé qu’elle travaille dans votre structure."
)
ALREADY_ASKED = "La personne a déjà reçu une invitation de votre structure pour ce parcours : attendez sa réponse."
DECLINED = "La personne a répondu qu’elle ne souhaite pas être inscrite par votre structure. Parlez-en avec elle."
GONE = "Ce parcours n’est plus ouvert à l’inscription en ligne. Votre référent peut vous en proposer un autre."


@transaction.atomic
def invite(person, organisation, parcours, *, by) -> bool:
    """Ask somebody whether they work there; whether they had not been asked yet.

    Raises TransitionRefused for somebody who declined: they are not asked again.
    """
    same = Invitation.objects.filter(person=person, organisation=organisation, parcours=parcours)
    if same.filter(state=InvitationState.DECLINED).exists():
        raise TransitionRefused([DECLINED])
    invitation, new = Invitation.objects.get_or_create(
        person=person,
        organisation=organisation,
        parcours=parcours,
        state=InvitationState.SENT,
        defaults={"by": by},
    )
    if new:
        record("colleagues.invite", invitation, by=by, after={"organisation": organisation.pk, "parcours": parcours.pk})
        post("colleagues.send_invitation", invitation.pk, key=f"colleagues.send_invitation:{invitation.pk}")
    return new


@transaction.atomic
def accept_invitation(invitation):
    """The person works there: they become a member and are enrolled. Returns the enrolment that stands."""
    edition = Edition.objects.open_to_enrolment().filter(parcours=invitation.parcours_id).first()
    if edition is None:
        raise TransitionRefused([GONE])
    person = invitation.person
    with INVITATION.moving(invitation, "accept_invitation", by=person) as locked:
        locked.answered_at = timezone.now()
    employer = locked.organisation.standing()
    if not Organisation.objects.employers_of(person).filter(pk=employer.pk).exists():
        add_member(person, employer, role=Role.LEARNER, by=person)
    try:
        return enrol(person, edition, employer=employer, by=locked.by)
    except AlreadyEnrolled as already:
        return already.enrolment


def decline_invitation(invitation):
    with INVITATION.moving(invitation, "decline_invitation", by=invitation.person) as locked:
        locked.answered_at = timezone.now()
    return locked


def expire_invitation(invitation):
    with INVITATION.moving(invitation, "expire_invitation", by=None) as locked:
        return locked
