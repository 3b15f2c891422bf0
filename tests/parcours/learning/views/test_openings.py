"""Who may begin a parcours by oneself: its page and the enrolment say the same thing."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.models import Organisation
from parcours.catalogue.models import CataloguePage
from parcours.learning import actions
from parcours.learning.models import Enrolment
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory, ParcoursPageFactory
from tests.catalogue.situations import loaded
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.learning.views.sending import text_of
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def today():
    return timezone.localdate()


@made_once
def planted():
    OrganisationFactory(training=True, assistance_contact="Inès Roux")
    loaded()


@pytest.fixture
def edition(planted):
    """Makes the edition of a parcours: `edition(opening="session")`."""

    def make(**page):
        parcours = ParcoursPageFactory(parent=CataloguePage.objects.get(), **page)
        return EditionFactory(parcours=parcours, described=True)

    return make


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        ({"opening": "session", "who_registers": "Votre référent vous inscrit."}, "Votre référent vous inscrit."),
        ({"opening": "session"}, "Adressez-vous à votre référent"),
        ({"opening": "fermee"}, "Ce programme est fermé"),
        ({"valid_until": -1}, "Ce programme n’est plus en vigueur depuis le"),
        ({"valid_from": 1}, "Ce programme entre en vigueur le"),
    ],
)
def test_a_parcours_that_is_not_open_says_what_to_do_wherever_one_tries(client, edition, today, page, sentence):
    page = {name: today + value * DAY if isinstance(value, int) else value for name, value in page.items()}
    made, person = edition(**page), PersonFactory()
    shown = text_of(client.get(made.parcours.url))
    assert sentence in shown
    assert "M’inscrire" not in shown
    client.force_login(person)
    MembershipFactory(person=person)
    address = reverse("learning:enrol", args=[made.parcours_id])
    assert sentence in text_of(client.get(address, follow=True))
    assert client.post(address, {"edition": made.pk}).status_code == 302
    with pytest.raises(TransitionRefused, match=sentence):
        actions.enrol(person, made, employer=OrganisationFactory(), by=person)
    assert not Enrolment.objects.exists()


def test_whoever_follows_already_goes_on_when_the_programme_ends(client, edition, today):
    made, person = edition(valid_until=today), PersonFactory()
    client.force_login(person)
    enrolment = actions.enrol(person, made, employer=OrganisationFactory(), by=person)
    made.parcours.opening = "fermee"
    made.parcours.save()
    response = client.get(reverse("learning:enrol", args=[made.parcours_id]))
    assert response["Location"] == enrolment.get_absolute_url()


def test_an_open_parcours_offers_its_enrolment(client, edition):
    assert "M’inscrire" in text_of(client.get(edition().parcours.url))


def test_nobody_enrols_where_nobody_answers(client, edition):
    made = edition()
    Organisation.objects.update(assistance_contact="")
    shown = text_of(client.get(made.parcours.url))
    assert "n’a pas encore nommé la personne" in shown
    assert "M’inscrire" not in shown
    person = MembershipFactory().person
    client.force_login(person)
    address = reverse("learning:enrol", args=[made.parcours_id])
    assert "n’a pas encore nommé la personne" in text_of(client.get(address, follow=True))
    assert client.post(address, {"edition": made.pk}).status_code == 302
    assert not Enrolment.objects.exists()
