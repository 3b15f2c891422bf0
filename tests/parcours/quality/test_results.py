"""What a parcours publishes is counted from facts, with its period and its sample, and nothing below five."""

import datetime

import pytest
from django.utils import timezone

from lms.organisations.queries import today
from parcours.learning.models import Enrolment
from parcours.quality import actions
from parcours.quality.documents.results import figures_of, period_ending, published_of
from parcours.quality.models import Abandonment, ParcoursResult, SurveyRequest
from parcours.quality.tasks.results import publish_results
from tests.parcours.learning.factories import EnrolmentFactory
from tests.parcours.quality.factories import held_session, load, manager_of, organisme

pytestmark = pytest.mark.django_db


def enrolled(edition, count):
    found = [EnrolmentFactory(edition=edition) for _ in range(count)]
    Enrolment.objects.update(enrolled_at=timezone.now() - datetime.timedelta(days=3))
    return found


@pytest.mark.parametrize(
    ("day", "since", "until"),
    [
        ((2026, 11, 22), (2025, 11, 22), (2026, 11, 21)),
        ((2028, 2, 29), (2027, 2, 28), (2028, 2, 28)),
        ((2026, 1, 1), (2025, 1, 1), (2025, 12, 31)),
        ((2026, 12, 31), (2025, 12, 31), (2026, 12, 30)),
    ],
)
def test_the_period_is_the_twelve_months_before(day, since, until):
    assert period_ending(datetime.date(*day)) == (datetime.date(*since), datetime.date(*until))


def test_the_published_figures_equal_the_computed_ones():
    load()
    session = held_session(people=6)
    enrolments = enrolled(session.edition, 6)
    Enrolment.objects.filter(pk=enrolments[0].pk).update(state="completed", completed_at=timezone.now())
    organisation = session.organisation
    values = {"organisation": organisation, "person": enrolments[1].person, "parcours": session.parcours}
    actions.record_entry(Abandonment, values=values | {"reason": "job"}, by=manager_of(organisation))
    actions.ask_appreciations(session, moment="hot")
    for rank, asked in enumerate(SurveyRequest.objects.filter(audience="trainee")[:5]):
        actions.appreciate(asked, answers={"ensemble": 1 if rank == 0 else 4})
    tomorrow = today() + datetime.timedelta(days=1)
    told = {one.code: one.text for one in figures_of(session.parcours_id, *period_ending(tomorrow))}
    assert told == {
        "enrolled": "6",
        "finished": "17\u00a0% (1\u00a0sur\u00a06)",
        "left": "17\u00a0% (1\u00a0sur\u00a06)",
        "satisfied": "80\u00a0% (4\u00a0sur\u00a05)",
        "answered": "83\u00a0% (5\u00a0sur\u00a06)",
    }


def test_below_five_nothing_is_published():
    load()
    session = held_session()
    enrolled(session.edition, 4)
    publish_results("2026-11-22")
    assert ParcoursResult.objects.get().figures == []


def test_the_nightly_job_twice_gives_the_same_and_the_page_says_it(client):
    load()
    session = held_session(organisme(nda="53351234535"))
    enrolled(session.edition, 5)
    publish_results("2026-11-22")
    first = ParcoursResult.objects.get().figures
    publish_results("2026-11-22")
    assert ParcoursResult.objects.get().figures == first
    published = published_of(session.parcours_id)
    assert published.figures[0].text == "5"
    assert published.period.startswith("du ")
