"""Who answers for a parcours is announced with a date, even when nobody publishes the page again."""

import pytest

from parcours.catalogue import actions
from parcours.catalogue.models import Edition, ParcoursPage
from tests.catalogue.situations import loaded
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def armor():
    return OrganisationFactory(training=True, name="Formation Armor", assistance_contact="Inès Roux")


@pytest.fixture
def parcours(armor):
    return loaded()[0]


def test_a_new_contact_is_dated_by_an_edition_that_changes_nothing_else(parcours, armor):
    assert actions.date_who_answers() == 0
    armor.assistance_contact = "Paul Le Bras"
    armor.save()
    assert actions.date_who_answers() == 1
    first, second = Edition.objects.order_by("number")
    assert second.content["responsible"]["contact"] == "Paul Le Bras"
    assert second.is_minor
    assert second.note == "L’organisme responsable ou son interlocuteur change."
    assert first.facts() == second.facts()
    assert list(first.media.all()) == list(second.media.all())
    assert first.used_images.count() == second.used_images.count() == 1
    assert actions.date_who_answers() == 0


def test_publishing_again_without_any_change_keeps_that_edition(parcours, armor):
    armor.assistance_contact = "Paul Le Bras"
    armor.save()
    actions.date_who_answers()
    assert actions.freeze(ParcoursPage.objects.get()).number == 2


def test_a_module_published_meanwhile_does_not_slip_in(parcours, armor):
    module = parcours.modules[0]
    module.title = "Un module renommé"
    module.save_revision().publish()
    armor.assistance_contact = "Paul Le Bras"
    armor.save()
    actions.date_who_answers()
    assert Edition.objects.current().get().activities.get().module_title == "Le mandat"


def test_what_is_not_published_or_kept_as_history_is_left_alone(parcours, armor):
    armor.delete()
    ParcoursPage.objects.update(opening="fermee")
    assert actions.date_who_answers() == 0
    ParcoursPage.objects.update(opening="en-ligne", live=False)
    assert actions.date_who_answers() == 0
