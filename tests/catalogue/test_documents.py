import datetime

import pytest

from lms.kernel.models import Rule
from parcours.catalogue.documents import completion_sentence, habilitation_reminder, reminder_of, responsible_for
from tests.catalogue.factories import EditionFactory, ParcoursPageFactory
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def test_the_completion_of_an_edition_is_said_from_its_rules():
    assert completion_sentence(EditionFactory()).replace("\u00a0", " ") == (
        "Ce parcours est terminé quand ses 3 étapes sont terminées : 1 étape lue, 1 étape où chaque question a reçu "
        "une réponse et « Quiz final » réussie à 70 % au moins (la meilleure note compte)."
    )


def test_the_reminder_is_the_same_on_a_page_and_in_a_mail():
    reminder = habilitation_reminder()
    assert reminder.intro.startswith("Ce parcours en autonomie ne suffit pas pour être habilité à Aidants Connect.")
    assert len(reminder.points) == 3
    assert reminder.text.splitlines() == [reminder.intro, *(f"- {point}" for point in reminder.points)]


def test_the_reminder_of_a_day_is_the_rule_of_that_day():
    Rule.objects.create(
        code="catalogue.habilitation_reminder", valid_from=datetime.date(2027, 1, 1), value=["Il faut :", "une chose"]
    )
    assert habilitation_reminder(datetime.date(2027, 2, 1)).points == ("une chose",)
    assert len(habilitation_reminder(datetime.date(2026, 12, 31)).points) == 3


def test_half_days_that_belong_to_the_parcours_are_not_what_it_leaves_to_do():
    online, live, other = (EditionFactory(habilitation=known) for known in (True, True, False))
    live.content["seances"] = [{"id": "s1", "title": "En situation", "minutes": 210}]
    assert "suivre les deux demi-journées en direct" in reminder_of(online).text
    assert "demi-journées" not in reminder_of(live).text
    assert "en autonomie" not in reminder_of(live).text
    assert "passer le test Pix" in reminder_of(live).text
    assert reminder_of(other) is None


def test_a_parcours_is_answered_for_by_whom_it_names_or_by_the_only_one_there_is():
    parcours = ParcoursPageFactory()
    assert responsible_for(parcours) is None
    only = OrganisationFactory(training=True)
    assert responsible_for(parcours) == only
    named = OrganisationFactory(training=True)
    assert responsible_for(parcours) is None
    parcours.organisation = named
    assert responsible_for(parcours) == named
