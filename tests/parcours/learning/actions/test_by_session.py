import pytest

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import OutgoingMail
from parcours.catalogue.models import Opening
from parcours.learning import actions
from parcours.learning.models import EditionMove, Enrolment
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory, ParcoursPageFactory, somebody_who_answers
from tests.organisations.factories import OrganisationFactory
from tests.parcours.learning.factories import activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory()


@pytest.fixture
def employer():
    return OrganisationFactory()


def enrol(person, edition, employer):
    return actions.enrol_by_session(person, edition, employer=employer, by=person)


def test_a_parcours_nobody_begins_alone_is_begun_by_a_session_and_announced_by_it(person, employer, run_jobs):
    page = ParcoursPageFactory(opening=Opening.SESSION, organisation=somebody_who_answers())
    enrolment = enrol(person, EditionFactory(parcours=page), employer)
    run_jobs()
    assert enrolment.progress.total == 3 and not OutgoingMail.objects.exists()


def test_the_enrolment_that_stands_is_kept_and_moved_when_nothing_was_done(person, employer):
    first = EditionFactory()
    enrolment = enrol(person, first, employer)
    newer = EditionFactory(parcours=first.parcours)
    assert enrol(person, newer, employer) == enrolment
    enrolment.refresh_from_db()
    assert enrolment.edition == newer
    assert EditionMove.objects.get().from_edition == first


def test_whoever_has_begun_stays_in_the_edition_they_read(person, employer):
    first = EditionFactory()
    enrolment = enrol(person, first, employer)
    actions.open_activity(enrolment, activity(enrolment, 0))
    enrol(person, EditionFactory(parcours=first.parcours), employer)
    enrolment.refresh_from_db()
    assert enrolment.edition == first


def test_somebody_without_a_name_is_refused(employer):
    with pytest.raises(TransitionRefused, match="votre prénom et votre nom"):
        enrol(PersonFactory(last_name=""), EditionFactory(), employer)
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(("begun", "state"), [(False, "withdrawn"), (True, "active")])
def test_losing_a_seat_stops_only_what_was_not_begun(person, employer, begun, state):
    enrolment = enrol(person, EditionFactory(), employer)
    if begun:
        actions.open_activity(enrolment, activity(enrolment, 0))
    actions.leave_session(enrolment, by=person)
    enrolment.refresh_from_db()
    assert enrolment.state == state
