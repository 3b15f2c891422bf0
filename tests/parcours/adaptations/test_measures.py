import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from parcours.adaptations import actions
from parcours.adaptations.documents import granted_to
from parcours.adaptations.engine.measures import EXTRA_TIME, WITHOUT_IMAGES, granted
from parcours.adaptations.models import AdaptationRequest
from tests.accounts.factories import PersonFactory
from tests.parcours.adaptations.factories import MeasureFactory, RequestFactory, referent_of

DAY = datetime.timedelta(days=1)


@given(st.integers(0, 100_000), st.integers(0, 200))
def test_extra_time_never_shortens_and_never_rounds_against_the_person(seconds, percent):
    measures = granted([(EXTRA_TIME, percent)] if percent else [])
    allowed = measures.time_allowed(seconds)
    assert allowed >= seconds
    assert allowed * 100 >= seconds * (100 + percent)


def test_the_longest_extra_time_wins_whoever_granted_it():
    measures = granted([(EXTRA_TIME, 33), (EXTRA_TIME, 50), (WITHOUT_IMAGES, 0)])
    assert measures.time_allowed(3600) == 5400
    assert measures.without_images and not measures.breaks


@pytest.mark.django_db
def test_a_measure_applies_from_its_first_day_to_its_last_and_to_its_person_only():
    today = timezone.localdate()
    in_force = MeasureFactory(kind=WITHOUT_IMAGES, ends_on=today)
    over = MeasureFactory(kind=WITHOUT_IMAGES, starts_on=today - 9 * DAY, ends_on=today - DAY)
    later = MeasureFactory(kind=WITHOUT_IMAGES, starts_on=today + DAY)
    withdrawn = MeasureFactory(kind=WITHOUT_IMAGES, request__state=AdaptationRequest.State.WITHDRAWN)
    assert granted_to(in_force.request.person).without_images
    for measure in (over, later, withdrawn):
        assert not granted_to(measure.request.person).without_images


@pytest.mark.django_db(transaction=True)
def test_a_measure_applies_at_once_and_stops_at_once():
    request = RequestFactory()
    assert granted_to(request.person).extra_percent == 0
    referent = referent_of(request.organisation)
    actions.grant(request, kinds=[EXTRA_TIME], percent=33, until=None, answer="Un tiers de temps.", by=referent)
    assert granted_to(request.person).extra_percent == 33
    actions.withdraw(request, by=request.person)
    assert granted_to(request.person).extra_percent == 0


@pytest.mark.django_db
def test_what_served_more_than_a_year_ago_is_deleted_with_its_measures():
    today = datetime.date(2027, 6, 15)
    old = MeasureFactory(request__last_used_on=datetime.date(2026, 6, 14)).request
    recent = MeasureFactory(request__last_used_on=datetime.date(2026, 6, 16)).request
    unused = RequestFactory(until=datetime.date(2026, 1, 31))
    actions.forget_old(today)
    assert list(AdaptationRequest.objects.filter(pk__in=[old.pk, recent.pk, unused.pk])) == [recent]


@pytest.mark.django_db
def test_a_measure_that_serves_is_kept_a_year_from_that_day():
    measure = MeasureFactory()
    actions.note_use(measure.request.person)
    measure.request.refresh_from_db()
    assert measure.request.last_used_on == timezone.localdate()


@pytest.mark.django_db
def test_an_erased_person_leaves_no_request_behind():
    from lms.accounts.events import person_erased

    measure = MeasureFactory()
    person_erased.send(sender=None, person=measure.request.person, by=PersonFactory())
    assert not AdaptationRequest.objects.exists()
