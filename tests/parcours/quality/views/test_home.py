import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from parcours.quality import actions
from parcours.quality.models import Indicator, Referential
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.quality.factories import held_session, load, manager_of, organisme
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


def pilot():
    return MembershipFactory(role="pilot", organisation=OrganisationFactory(kind="anct")).person


def test_the_framework_in_force_is_read_with_what_proves_each_indicator():
    load()
    page = signed_in(manager_of(organisme())).get(reverse("quality:indicators"))
    assert Indicator.objects.count() == 32
    assert "32. Des mesures d’amélioration" in page.text
    assert "hors du champ" in page.text
    assert "n’a pas été vérifié" in page.text


def test_loading_twice_adds_nothing_and_keeps_what_was_changed_in_the_cms():
    load()
    Indicator.objects.filter(number="1").update(label="Changé")
    load()
    assert Referential.objects.count() == 1
    assert Indicator.objects.get(number="1").label == "Changé"


def test_a_new_version_is_data_and_two_never_overlap():
    load()
    day = datetime.date(2026, 11, 1)
    version = {"code": "rnq-2026", "title": "Trente-trois indicateurs", "valid_from": day, "indicators": []}
    version["indicators"].append([7, 33, "Un indicateur de plus", "Ce qui le prouve.", ["hazards"]])
    with pytest.raises(ValidationError, match="vaut déjà"):
        actions.load_referentials([version])
    Referential.objects.update(valid_until=day - datetime.timedelta(days=1))
    actions.load_referentials([version])
    page = signed_in(manager_of(organisme())).get(reverse("quality:indicators"))
    assert "33. Un indicateur de plus" in page.text and "Les autres versions" in page.text
    older = signed_in(manager_of(organisme())).get(reverse("quality:version", args=["rnq-2019"]))
    assert "Ce n’est pas la version en vigueur." in older.text


def test_without_any_framework_the_page_says_so():
    assert "Aucun référentiel" in signed_in(manager_of(organisme())).get(reverse("quality:indicators")).text


def test_the_national_team_edits_it_in_the_cms_and_nobody_else(client):
    from parcours.quality.viewsets import NationalPolicy

    policy = NationalPolicy(Referential)
    assert policy.user_has_permission(pilot(), "change")
    assert not policy.user_has_permission(manager_of(organisme()), "change")


def test_the_page_of_appreciations_says_what_each_parcours_publishes():
    load()
    session = held_session(people=1)
    page = signed_in(manager_of(session.organisation)).get(reverse("quality:appreciations"))
    assert session.parcours.title in page.text and "Personnes inscrites" in page.text
    assert "aucune session" in signed_in(manager_of(organisme(name="Autre"))).get(reverse("quality:appreciations")).text
