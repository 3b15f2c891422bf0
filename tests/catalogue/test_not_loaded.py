"""A fresh installation: the header leads to a catalogue that says that it is empty."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from tests.accounts.factories import PersonFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


def test_the_catalogue_of_a_fresh_installation_says_that_it_is_empty(client):
    page = client.get("/catalogue/", {"q": "adresse"})
    assertContains(page, "Aucun parcours n’est encore proposé")
    assertNotContains(page, "load_catalogue")


def test_whoever_administers_it_reads_how_to_load_it():
    assertContains(signed_in(PersonFactory(staff=True)).get("/catalogue/"), "load_catalogue")
