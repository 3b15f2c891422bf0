import pytest
from django.urls import reverse

from tests.accounts.factories import PersonFactory
from tests.catalogue.situations import loaded
from tests.catalogue.test_editor import form_of, sentences
from tests.organisations.factories import OrganisationFactory
from tests.parcours.learning.factories import EnrolmentFactory
from tests.permissions.matrix import signed_in
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


def publish(parcours, **changes):
    client = signed_in(PersonFactory(staff=True))
    url = reverse("wagtailadmin_pages:edit", args=[parcours.pk])
    return sentences(client.post(url, form_of(parcours, **changes, **{"action-publish": "1"})))


@made_once
def parcours():
    OrganisationFactory(training=True, assistance_contact="Inès Roux")
    return loaded()[0]


def test_whoever_publishes_is_led_to_those_who_keep_the_older_edition(parcours):
    EnrolmentFactory(edition=parcours.current_edition)
    said = publish(parcours, price="Sur devis", change_note="Le tarif est sur devis.")
    edition = parcours.current_edition
    assert edition.note == "Le tarif est sur devis."
    assert "1 personne suit encore une édition plus ancienne" in said
    assert reverse("learning:spread", args=[edition.pk]) in said


def test_where_nobody_learns_nothing_is_said(parcours):
    assert "une édition plus ancienne" not in publish(parcours, price="Sur devis")
