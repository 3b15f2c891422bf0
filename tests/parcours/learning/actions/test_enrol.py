from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import Job, JournalEntry
from lms.organisations.models import Organisation
from parcours.learning import actions
from parcours.learning.models import Enrolment
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.organisations.factories import DepartementFactory, OrganisationFactory, luhn_siret
from tests.parcours.learning.factories import EnrolmentFactory, activity, finish

pytestmark = pytest.mark.django_db


def test_one_enrols_once_and_the_second_time_is_shown_the_first():
    enrolment = EnrolmentFactory()
    with pytest.raises(actions.AlreadyEnrolled) as already:
        actions.enrol(enrolment.person, enrolment.edition, employer=OrganisationFactory(), by=enrolment.person)
    assert already.value.enrolment == enrolment
    assert Enrolment.objects.get().employer == enrolment.employer


def test_a_newer_edition_does_not_make_a_second_enrolment():
    enrolment = EnrolmentFactory()
    newer = EditionFactory(parcours=enrolment.edition.parcours)
    with pytest.raises(actions.AlreadyEnrolled):
        actions.enrol(enrolment.person, newer, employer=enrolment.employer, by=enrolment.person)


def test_what_is_announced_is_what_is_to_be_done():
    progress = EnrolmentFactory().progress
    assert (progress.done, progress.total, progress.minutes_total, progress.percent) == (0, 3, 30, 0)
    assert progress.next_activity_id


def test_the_enrolment_is_written_in_the_journal_without_any_name():
    enrolment = EnrolmentFactory()
    entry = JournalEntry.objects.get(verb="learning.enrol")
    assert entry.after == {"edition": enrolment.edition_id, "employer": enrolment.employer_id}


@time_machine.travel(datetime(2026, 11, 20, 20, 30, tzinfo=ZoneInfo("Indian/Mayotte")), tick=False)
def test_the_confirmation_waits_for_the_morning_where_the_learner_is():
    EnrolmentFactory(person=PersonFactory(time_zone="Indian/Mayotte"))
    due_at = Job.objects.get(name="learning.confirm_enrolment").due_at
    assert due_at == datetime(2026, 11, 23, 8, tzinfo=ZoneInfo("Indian/Mayotte"))


def test_nobody_enrols_without_a_name():
    person = PersonFactory(last_name="")
    with pytest.raises(TransitionRefused, match="votre attestation les portera"):
        EnrolmentFactory(person=person)


@pytest.mark.parametrize("missing", ["nda", "assistance_contact"])
def test_nobody_enrols_where_nobody_answers(missing):
    edition = EditionFactory()
    Organisation.objects.update(**{missing: ""})
    with pytest.raises(TransitionRefused, match="Pour savoir quand l’inscription ouvrira"):
        EnrolmentFactory(edition=type(edition).objects.get())
    assert not Enrolment.objects.exists()


def declared():
    return {"siret": luhn_siret(90_002), "name": "CCAS de Sada", "departement": DepartementFactory()}


def test_an_employer_is_declared_on_the_way():
    person = PersonFactory()
    enrolment = actions.enrol_with_new_employer(person, EditionFactory(), by=person, **declared())
    assert list(Organisation.objects.employers_of(person)) == [enrolment.employer]


def test_an_enrolment_that_does_not_stand_declares_nobody():
    enrolment = EnrolmentFactory()
    with pytest.raises(actions.AlreadyEnrolled):
        actions.enrol_with_new_employer(enrolment.person, enrolment.edition, by=enrolment.person, **declared())
    assert not Organisation.objects.filter(name="CCAS de Sada").exists()


def test_one_who_stopped_may_come_back_and_starts_from_nothing():
    enrolment = EnrolmentFactory()
    finish(enrolment, activity(enrolment, 0))
    actions.withdraw(enrolment, by=enrolment.person)
    again = actions.enrol(enrolment.person, enrolment.edition, employer=enrolment.employer, by=enrolment.person)
    assert again.progress.done == 0
    assert enrolment.traces.count() == 2


def test_a_finished_course_cannot_be_stopped():
    enrolment = EnrolmentFactory(completed=True)
    with pytest.raises(TransitionRefused):
        actions.withdraw(enrolment, by=enrolment.person)
