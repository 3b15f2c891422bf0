import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from parcours.adaptations import actions
from parcours.adaptations.documents import granted_to, measures_of, time_allowed
from parcours.adaptations.engine.measures import EXTRA_TIME, WITHOUT_IMAGES, granted
from parcours.adaptations.lifecycle import State
from parcours.adaptations.models import AdaptationRequest, Occasion
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
    assert measures.without_images


@pytest.mark.django_db
def test_a_measure_applies_from_its_first_day_to_its_last_and_to_its_person_only():
    today = timezone.localdate()
    in_force = MeasureFactory(kind=WITHOUT_IMAGES, ends_on=today)
    over = MeasureFactory(kind=WITHOUT_IMAGES, starts_on=today - 9 * DAY, ends_on=today - DAY)
    later = MeasureFactory(kind=WITHOUT_IMAGES, starts_on=today + DAY)
    withdrawn = MeasureFactory(kind=WITHOUT_IMAGES, request__state=AdaptationRequest.State.WITHDRAWN)
    assert granted_to(in_force.request.person, occasion=Occasion.ETAPES).without_images
    for measure in (over, later, withdrawn):
        assert not granted_to(measure.request.person, occasion=Occasion.ETAPES).without_images


@pytest.mark.django_db(transaction=True)
def test_a_measure_applies_at_once_and_stops_at_once():
    request = RequestFactory()
    assert granted_to(request.person, occasion=Occasion.ASSESSMENTS).extra_percent == 0
    referent = referent_of(request.organisation)
    actions.grant(request, kinds=[EXTRA_TIME], percent=33, until=None, answer="Un tiers de temps.", by=referent)
    assert granted_to(request.person, occasion=Occasion.ASSESSMENTS).extra_percent == 33
    actions.withdraw(request, by=request.person)
    assert granted_to(request.person, occasion=Occasion.ASSESSMENTS).extra_percent == 0


@pytest.mark.django_db
@pytest.mark.parametrize("occasion", Occasion.values)
def test_a_measure_applies_to_the_occasions_it_was_asked_for_and_to_no_other(occasion):
    asked = (Occasion.SESSIONS, Occasion.EXAMS)
    measure = MeasureFactory(request__occasions=list(asked), kind=EXTRA_TIME, percent=33)
    person = measure.request.person
    expected = occasion in asked
    assert (granted_to(person, occasion=occasion).extra_percent == 33) is expected
    assert (time_allowed(person, 3600, occasion=occasion) == 4788) is expected
    assert (measures_of([person], occasion=occasion) == {person.pk: ["temps majoré de 33 %"]}) is expected


@pytest.mark.django_db
def test_two_requests_give_each_their_own_occasions():
    rest = MeasureFactory(request__occasions=["sessions"], kind="pauses")
    time = RequestFactory(person=rest.request.person, occasions=["evaluations"], state=State.GRANTED)
    MeasureFactory(request=time, kind=EXTRA_TIME, percent=50)
    granted = granted_to(time.person, occasion=Occasion.ASSESSMENTS)
    assert (granted.extra_percent, granted.kinds) == (50, {EXTRA_TIME})
    assert time_allowed(time.person, 61, occasion=Occasion.SESSIONS) == 61


@pytest.mark.django_db
def test_a_trainer_is_told_of_many_people_in_one_query(django_assert_num_queries):
    people = [MeasureFactory(kind="pauses").request.person for _ in range(20)]
    twice = RequestFactory(person=people[0], state=State.GRANTED)
    MeasureFactory(request=twice, kind="pauses")
    MeasureFactory(request=twice, kind="interprete")
    nobody = PersonFactory()
    with django_assert_num_queries(1):
        told = measures_of([*people, nobody], occasion=Occasion.ETAPES)
    assert told[people[0].pk] == ["pauses", "interprète"]
    assert len(told) == 20 and nobody.pk not in told


@pytest.mark.django_db
def test_a_list_made_ahead_tells_the_measures_of_its_day():
    tomorrow = timezone.localdate() + DAY
    ending = MeasureFactory(ends_on=timezone.localdate()).request.person
    beginning = MeasureFactory(starts_on=tomorrow).request.person
    assert set(measures_of([ending, beginning], occasion=Occasion.ETAPES, on=tomorrow)) == {beginning.pk}


@pytest.mark.django_db
def test_use_is_noted_for_the_occasion_it_served_once_a_day(django_assert_num_queries):
    measure = MeasureFactory(request__occasions=["etapes"], request__asked_to_keep_on=timezone.localdate())
    other = MeasureFactory(request__person=measure.request.person, request__occasions=["sessions"])
    person = measure.request.person
    actions.note_use(person, occasion=Occasion.ETAPES)
    for request in (measure.request, other.request):
        request.refresh_from_db()
    assert measure.request.last_used_on == timezone.localdate()
    assert measure.request.asked_to_keep_on is None
    assert other.request.last_used_on is None
    with django_assert_num_queries(0):
        actions.note_use(person, occasion=Occasion.ETAPES)


@pytest.mark.django_db
def test_use_by_a_whole_group_is_noted_at_once(django_assert_max_num_queries):
    people = [MeasureFactory(request__occasions=["sessions"]).request.person for _ in range(12)]
    people.append(PersonFactory())
    with django_assert_max_num_queries(1):
        actions.note_uses(people, occasion=Occasion.SESSIONS)
    assert AdaptationRequest.objects.filter(last_used_on=timezone.localdate()).count() == 12


@pytest.mark.django_db
def test_an_erased_person_leaves_no_request_behind():
    from lms.accounts.events import person_erased

    measure = MeasureFactory()
    person_erased.send(sender=None, person=measure.request.person, by=PersonFactory())
    assert not AdaptationRequest.objects.exists()
