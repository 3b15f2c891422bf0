import pytest
from pytest_django.asserts import assertContains, assertNotContains

from parcours.catalogue.models import ParcoursPage
from parcours.colleagues import actions
from parcours.colleagues.models import Invitation
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import OrganisationFactory
from tests.parcours.colleagues.factories import edition_open, referent_of
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def invitation():
    structure = OrganisationFactory(name="CCAS de Dol")
    actions.invite(PersonFactory(), structure, edition_open().parcours, by=referent_of(structure))
    return Invitation.objects.get()


@pytest.fixture
def door(invitation):
    return signed_in(invitation.person)


def test_it_says_who_asks_for_which_structure_and_what_is_seen(door, invitation):
    page = door.get(invitation.get_absolute_url())
    for words in ("Nadia Vasseur", "CCAS de Dol", invitation.parcours.title, "jamais vos réponses"):
        assertContains(page, words)


def test_accepting_leads_to_the_parcours(door, invitation):
    response = door.post(invitation.get_absolute_url(), {"reponse": "oui"}, follow=True)
    assertContains(response, "Votre inscription est faite, pour CCAS de Dol")
    assertContains(response, invitation.parcours.title)


def test_declining_leads_home_and_writes_nothing_else(door, invitation):
    response = door.post(invitation.get_absolute_url(), {"reponse": "non"}, follow=True)
    assertContains(response, "Votre refus est enregistré")
    assert not invitation.person.memberships.exists()


def test_an_answer_given_is_told_and_asked_no_more(door, invitation):
    actions.decline_invitation(invitation)
    page = door.get(invitation.get_absolute_url())
    assertContains(page, "n’attend plus de réponse")
    assertNotContains(page, "Oui, m’inscrire")
    response = door.post(invitation.get_absolute_url(), {"reponse": "oui"}, follow=True)
    assertContains(response, "l’état actuel est")


def test_a_parcours_closed_meanwhile_is_told(door, invitation):
    ParcoursPage.objects.update(live=False)
    assertContains(door.get(invitation.get_absolute_url()), "n’est plus ouvert")
    response = door.post(invitation.get_absolute_url(), {"reponse": "oui"}, follow=True)
    assertContains(response, "n’est plus ouvert")


def test_what_waits_for_an_answer_is_first_on_mon_espace_until_it_is_given(door, invitation):
    page = door.get("/espace/")
    assertContains(page, f'href="{invitation.get_absolute_url()}"')
    assertContains(page, "CCAS de Dol vous propose")
    actions.decline_invitation(invitation)
    assertNotContains(door.get("/espace/"), "vous propose")


def test_mon_espace_keeps_three_lines_whoever_invites(door, invitation):
    for _ in range(4):
        structure = OrganisationFactory()
        actions.invite(invitation.person, structure, invitation.parcours, by=referent_of(structure))
    assertContains(door.get("/espace/"), "vous propose", count=3)


def test_nobody_else_sees_the_invitation_on_their_space(invitation):
    assertNotContains(signed_in(PersonFactory()).get("/espace/"), "vous propose")
