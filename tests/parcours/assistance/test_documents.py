import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from parcours.assistance import actions
from parcours.assistance.documents import assistance_of, exchanges_of, expected_by
from parcours.catalogue.documents import assistance_faults
from tests.catalogue.factories import ParcoursPageFactory
from tests.organisations.factories import OrganisationFactory
from tests.parcours.assistance.factories import answer, ask, edition_of, number, responsible

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def test_who_answers_and_how_soon_is_said_in_one_sentence():
    parcours = edition_of().parcours
    assert assistance_of(parcours.pk).promise == "Inès Le Goff (Formation Armor) vous répond sous deux jours ouvrés."


def test_exchanges_say_when_and_how_soon_and_nothing_of_what_was_written():
    with time_machine.travel(datetime.datetime(2026, 11, 23, 9, tzinfo=PARIS), tick=False) as clock:
        thread = ask(rank=1)
        clock.shift(datetime.timedelta(hours=5, minutes=20))
        answer(thread)
        clock.shift(datetime.timedelta(days=1))
        actions.ask_again(thread, text="Et ensuite ?", client_id=number(), by=thread.person)
        actions.ask_again(thread, text="Un mot de plus.", client_id=number(), by=thread.person)
        clock.shift(datetime.timedelta(days=6))
        answer(thread)
        answer(thread, text="Et encore.")
        other = ask(thread.edition, thread.person, rank=None)
        ask(thread.edition)
        ask(person=thread.person)
        first, second, third = exchanges_of(thread.person, thread.parcours)
    assert (first.place, first.delay, second.delay) == (thread.activity_title, "5\u00a0h\u00a020", "6\u00a0jours")
    assert (third.place, third.asked_at, third.answered_at, third.delay) == (
        thread.edition.title,
        other.asked_at,
        None,
        "",
    )


def test_the_day_of_the_answer_is_that_of_the_reader():
    due_at = datetime.datetime(2026, 11, 24, 18, tzinfo=PARIS)
    assert expected_by(due_at).startswith("Réponse attendue au plus tard mardi 24")
    with timezone.override("Pacific/Noumea"):
        assert expected_by(due_at).startswith("Réponse attendue au plus tard mercredi 25")


@pytest.mark.parametrize(
    ("values", "sentence", "whom"),
    [
        ({}, "", ""),
        ({"nda": ""}, "Aucun organisme de formation déclaré ne répond", "contact@exemple.test"),
        ({"assistance_contact": ""}, "Formation Armor n’a pas encore nommé la personne", "aide@armor.example"),
        ({"assistance_contact": "", "email": ""}, "Formation Armor n’a pas encore", "contact@exemple.test"),
    ],
)
def test_a_parcours_without_someone_who_answers_says_whom_to_ask(values, sentence, whom):
    faults = assistance_faults(ParcoursPageFactory(organisation=responsible(**values)))
    assert len(faults) == bool(sentence)
    assert not faults or (sentence in faults[0] and whom in faults[0])


def test_a_parcours_of_no_organisation_among_several_is_answered_for_by_nobody():
    OrganisationFactory(training=True)
    OrganisationFactory(training=True)
    (fault,) = assistance_faults(ParcoursPageFactory(organisation=None))
    assert fault.startswith("Aucun organisme de formation déclaré ne répond encore")
