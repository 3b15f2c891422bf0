import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from parcours.quality import actions
from parcours.quality.models import Indicator, Questionnaire, Referential
from tests.accounts.factories import PersonFactory
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


def inline(questionnaire, **changes):
    """The form of the CMS as it is sent back."""
    rows = list(questionnaire.questions.order_by("position"))
    count = len(rows)
    told = {"title": questionnaire.title, "audience": "team", "moment": "hot", "valid_from": "2025-01-01"}
    told |= {"questions-TOTAL_FORMS": count, "questions-INITIAL_FORMS": count, "valid_until": ""}
    for rank, one in enumerate(rows):
        values = {"id": one.pk, "position": one.position, "code": one.code, "text": one.text, "kind": one.kind}
        values |= {"overall": "on"} if one.overall else {}
        told |= {f"questions-{rank}-{name}": value for name, value in values.items()}
    return told | changes


def test_a_questionnaire_that_was_sent_keeps_its_questions_and_may_be_given_an_end():
    load()
    session = held_session(trainers=[PersonFactory()])
    actions.ask_appreciations(session, moment="hot")
    questionnaire = Questionnaire.objects.get(audience="team")
    client = signed_in(PersonFactory(staff=True))
    url = reverse("wagtailsnippets_quality_questionnaire:edit", args=[questionnaire.pk])
    refused = client.post(url, inline(questionnaire, **{"questions-0-text": "Autre chose ?"}))
    assert "ses questions ne changent plus" in refused.text
    assert client.post(url, inline(questionnaire, valid_until="2027-12-31")).status_code == 302
    questionnaire.refresh_from_db()
    assert questionnaire.valid_until == datetime.date(2027, 12, 31)


def test_the_page_of_appreciations_says_what_each_parcours_publishes():
    load()
    session = held_session(people=1)
    page = signed_in(manager_of(session.organisation)).get(reverse("quality:appreciations"))
    assert session.parcours.title in page.text and "Personnes inscrites" in page.text
    assert "aucune session" in signed_in(manager_of(organisme(name="Autre"))).get(reverse("quality:appreciations")).text
