"""« Réponse enregistrée à 14 h 32 »: where the reader is, both nights the hour changes."""

from datetime import UTC, datetime

import pytest
import time_machine

from lms.accounts.models import FrenchZone
from tests.accounts.factories import PersonFactory
from tests.parcours.learning.factories import EnrolmentFactory, activity, reply
from tests.parcours.learning.views.sending import JSON, address, sent, text_of

pytestmark = pytest.mark.django_db


NIGHTS = [datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 29, 1, 1, tzinfo=UTC)]
NIGHTS += [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)]


@pytest.mark.parametrize("night", NIGHTS, ids=str)
def test_the_night_the_hour_changes_an_answer_is_recorded_at_the_hour_of_the_clock(client, night):
    with time_machine.travel(night, tick=False):
        enrolment = EnrolmentFactory()
        client.force_login(enrolment.person)
        answer = client.post(address(enrolment), sent(activity(enrolment, 1).questions[0]), headers=JSON).json()
    hour = {"00:59": "1 h 59", "01:01": "3 h 01", "00:30": "2 h 30", "01:30": "2 h 30"}[f"{night:%H:%M}"]
    assert (
        f"Réponse enregistrée à {hour}".replace(" ", "\u00a0").replace(
            "Réponse\u00a0enregistrée\u00a0", "Réponse enregistrée "
        )
        in answer["html"]
    )


HOURS = {
    "Europe/Paris": "13 h 32",
    "America/Guadeloupe": "8 h 32",
    "America/Martinique": "8 h 32",
    "America/Cayenne": "9 h 32",
    "America/Miquelon": "9 h 32",
    "Indian/Reunion": "16 h 32",
    "Indian/Mayotte": "15 h 32",
    "Pacific/Noumea": "23 h 32",
    "Pacific/Wallis": "0 h 32",
    "Pacific/Tahiti": "2 h 32",
    "Pacific/Marquesas": "3 h 02",
    "Pacific/Gambier": "3 h 32",
}


@pytest.mark.parametrize("zone", FrenchZone.values)
@time_machine.travel(datetime(2026, 11, 20, 12, 32, tzinfo=UTC), tick=False)
def test_the_hour_said_is_that_of_the_reader(client, zone):
    enrolment = EnrolmentFactory(person=PersonFactory(time_zone=zone))
    client.force_login(enrolment.person)
    answer = client.post(address(enrolment), sent(activity(enrolment, 1).questions[0]), headers=JSON).json()
    assert answer["saved"].replace("\u00a0", " ") == f"à {HOURS[zone]}"


def test_an_answer_of_another_day_bears_its_date(client):
    with time_machine.travel(datetime(2026, 11, 19, 12, 32, tzinfo=UTC), tick=False):
        enrolment = EnrolmentFactory()
        lesson = activity(enrolment, 1)
        reply(enrolment, lesson, lesson.questions[0])
    with time_machine.travel(datetime(2026, 11, 20, 12, 32, tzinfo=UTC), tick=False):
        client.force_login(enrolment.person)
        page = text_of(client.get(address(enrolment)))
    assert "Réponse enregistrée le jeudi 19 novembre 2026 à 13 h 32" in page
