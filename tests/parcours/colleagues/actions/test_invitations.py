import pytest

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry, OutgoingMail
from parcours.catalogue.models import ParcoursPage
from parcours.colleagues import actions
from parcours.colleagues.models import Invitation
from parcours.colleagues.tasks import send_invitation
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.colleagues.factories import edition_open, referent_of
from tests.parcours.learning.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation():
    structure = OrganisationFactory(name="CCAS de Dol")
    actions.invite(PersonFactory(), structure, edition_open().parcours, by=referent_of(structure))
    return Invitation.objects.get()


def test_an_invitation_is_written_once(invitation):
    again = actions.invite(invitation.person, invitation.organisation, invitation.parcours, by=invitation.by)
    assert again is False
    assert Invitation.objects.count() == 1
    assert JournalEntry.objects.filter(verb="colleagues.invite").count() == 1


def test_the_message_names_the_referent_the_structure_and_the_parcours(invitation):
    send_invitation(invitation.pk)
    send_invitation(invitation.pk)
    mail = OutgoingMail.objects.get()
    assert mail.to == invitation.person.email
    for words in ("Nadia Vasseur", "CCAS de Dol", invitation.parcours.title, invitation.get_absolute_url(), "30 jours"):
        assert words in mail.body
    assert "CCAS de Dol" in mail.subject


def test_whoever_accepts_becomes_a_member_and_is_enrolled(invitation):
    enrolment = actions.accept_invitation(invitation)
    assert (enrolment.person, enrolment.employer) == (invitation.person, invitation.organisation)
    assert enrolment.enrolled_by == invitation.by
    assert invitation.person.memberships.get().organisation == invitation.organisation
    invitation.refresh_from_db()
    assert invitation.state == "accepted" and invitation.answered_at


def test_whoever_works_there_already_gets_no_second_membership(invitation):
    MembershipFactory(person=invitation.person, organisation=invitation.organisation)
    actions.accept_invitation(invitation)
    assert invitation.person.memberships.count() == 1


def test_whoever_follows_the_parcours_already_only_becomes_a_member(invitation):
    edition = invitation.parcours.editions.get()
    existing = EnrolmentFactory(person=invitation.person, edition=edition)
    assert actions.accept_invitation(invitation) == existing
    assert invitation.person.memberships.get().organisation == invitation.organisation


def test_whoever_declines_is_not_asked_again(invitation):
    actions.decline_invitation(invitation)
    assert not invitation.person.memberships.exists()
    with pytest.raises(TransitionRefused, match="ne souhaite pas"):
        actions.invite(invitation.person, invitation.organisation, invitation.parcours, by=invitation.by)


def test_an_answer_is_given_once(invitation):
    actions.decline_invitation(invitation)
    with pytest.raises(TransitionRefused):
        actions.accept_invitation(invitation)
    assert not invitation.person.enrolments.exists()


def test_an_invitation_that_expired_may_be_sent_again(invitation):
    actions.expire_invitation(invitation)
    assert actions.invite(invitation.person, invitation.organisation, invitation.parcours, by=invitation.by) is True


def test_nothing_is_accepted_when_the_parcours_closed(invitation):
    ParcoursPage.objects.update(live=False)
    with pytest.raises(TransitionRefused, match="n’est plus ouvert"):
        actions.accept_invitation(invitation)
    invitation.refresh_from_db()
    assert invitation.state == "sent"
