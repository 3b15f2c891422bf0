from datetime import timedelta

import pytest
from django.utils import timezone

from lms.accounts.events import person_erased
from lms.kernel.privacy import export_person
from parcours.classroom import actions
from parcours.classroom.models import Registration, SignalledNeed, Survey
from tests.organisations.factories import DepartementFactory
from tests.parcours.classroom.factories import SessionFactory
from tests.parcours.classroom.places import Team, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return Team(2)


@pytest.fixture
def session(team, run_jobs):
    found = SessionFactory(capacity=1)
    for person in team.people:
        team.register(found, person, or_wait=True)
    run_jobs()
    survey = found.surveys.get(audience="learner")
    actions.answer(survey, {"travail": "L’accueil"}, by=team.people[0])
    values = {"email": team.people[0].email, "person": team.people[0], "parcours": found.parcours}
    actions.signal_need(departement=DepartementFactory(), **values)
    return found


def test_a_person_takes_out_what_was_registered_answered_and_signalled(session, team):
    told = str(export_person(team.people[0]))
    assert session.edition.title in told and "L’accueil" in told and "besoins signalés" in told


def test_whoever_leaves_the_site_frees_the_seat_and_leaves_no_words(session, team):
    person_erased.send(sender=type(team.people[0]), person=team.people[0], by=team.people[0])
    assert states(session) == ["withdrawn", "offered"]
    assert not SignalledNeed.objects.exists()
    survey = Survey.objects.get(registration__isnull=False)
    assert (survey.answers, survey.email, survey.person) == ({}, "", None)


def test_a_session_that_is_over_stays_as_proof(session, team):
    past = timezone.now() - timedelta(days=2)
    type(session).objects.filter(pk=session.pk).update(starts_at=past, ends_at=past + timedelta(hours=8))
    person_erased.send(sender=type(team.people[0]), person=team.people[0], by=team.people[0])
    assert Registration.objects.get(person=team.people[0]).state == "registered"
