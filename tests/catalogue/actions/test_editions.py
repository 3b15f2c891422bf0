"""What an edition keeps of the programme beside its étapes, and when publication is refused."""

import datetime
import json

import pytest

from parcours.catalogue import actions
from parcours.catalogue.engine.manifest import SIGNED_ALONE
from parcours.catalogue.models import LibraryPage, ParcoursModule, ParcoursSeance, SeancePage
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcours(catalogue):
    return catalogue[0]


@pytest.fixture
def half_day(parcours):
    library = LibraryPage.objects.get(organisation=None)
    page = SeancePage(title="Prise en main", slug="prise-en-main", summary="En vrai.", minutes=210, objectives="Créer")
    library.add_child(instance=page)
    page.save_revision().publish()
    return page


def with_half_days(parcours, *pages, minutes):
    parcours.parcours_seances = [ParcoursSeance(seance=page, sort_order=rank) for rank, page in enumerate(pages)]
    parcours.minutes = minutes
    return parcours


def test_an_edition_keeps_the_programme_the_rights_and_who_answers(parcours, half_day):
    OrganisationFactory(training=True, name="Formation Armor", assistance_contact="Inès Roux")
    with_half_days(parcours, half_day, minutes=215)
    parcours.family, parcours.version_label, parcours.valid_from = "essais", "3 h 35", datetime.date(2024, 1, 1)
    parcours.who_follows, parcours.opening = "Tout le monde", "session"
    content = actions.freeze(parcours).content
    assert (content["family"], content["version"], content["valid_from"]) == ("essais", "3 h 35", "2024-01-01")
    assert (content["who_follows"], content["opening"]["code"]) == ("Tout le monde", "session")
    assert [one["title"] for one in content["seances"]] == ["Prise en main"]
    assert content["responsible"]["name"] == "Formation Armor"
    assert content["responsible"]["contact"] == "Inès Roux"
    assert len(content["responsible"]["nda"]) == 11


def test_the_minutes_announced_are_those_of_the_etapes_and_of_the_half_days(parcours, half_day):
    with pytest.raises(actions.PublicationRefused, match="les étapes \\(5 min\\) et les demi-journées \\(210 min\\)"):
        actions.freeze(with_half_days(parcours, half_day, minutes=300))
    with pytest.raises(actions.PublicationRefused, match="annoncez 215 min"):
        actions.freeze(with_half_days(parcours, half_day, minutes=200))
    assert actions.freeze(with_half_days(parcours, half_day, minutes=215)).minutes == 215


def test_a_parcours_may_be_live_alone(parcours, half_day):
    ParcoursModule.objects.all().delete()
    parcours.refresh_from_db()
    edition = actions.freeze(with_half_days(parcours, half_day, minutes=210))
    assert edition.outline == ()
    assert edition.shown()["completion"] == SIGNED_ALONE
    assert edition.shown()["figures"]["live"] == 210


def test_a_half_day_that_is_not_published_is_named(parcours, half_day):
    half_day.unpublish()
    with pytest.raises(
        actions.PublicationRefused, match="La demi-journée «\u00a0Prise en main\u00a0» n’est pas publiée"
    ):
        actions.freeze(with_half_days(parcours, half_day, minutes=215))


def test_a_parcours_made_of_nothing_is_refused(parcours):
    parcours.parcours_modules = []
    with pytest.raises(actions.PublicationRefused, match="aucun module ni aucune demi-journée"):
        actions.freeze(parcours)


def test_an_edition_says_whether_it_is_a_minor_correction_and_who_published_it(parcours, half_day, admin_user):
    parcours.price = "Sur devis"
    minor = actions.freeze(parcours, by=admin_user)
    assert minor.is_minor
    assert minor.published_by == admin_user
    module = parcours.modules[0]
    raw = module.body.get_prep_value()
    raw[0]["value"]["minutes"] = 4
    module.body = json.dumps(raw)
    module.save_revision().publish()
    parcours.minutes = 4
    assert not actions.freeze(parcours).is_minor
