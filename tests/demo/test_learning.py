from django.core.management import call_command

from lms.accounts.models import Person
from lms.kernel.models import Job
from parcours.catalogue.models import Edition
from parcours.learning.actions import differences
from parcours.learning.models import Enrolment, Trace
from tests.parcours.learning.factories import EditionFactory
from tests.worlds import made_once


def load():
    call_command("load_demo", "--people", "120", verbosity=0)


@made_once
def loaded():
    EditionFactory(parcours__live=True)
    load()


def test_people_are_found_at_every_stage_and_a_second_run_adds_nothing(loaded):
    before = Enrolment.objects.count(), Trace.objects.count(), Job.objects.count()
    load()
    assert before == (Enrolment.objects.count(), Trace.objects.count(), Job.objects.count())
    assert Edition.objects.count() == 1
    states = set(Enrolment.objects.values_list("state", flat=True))
    assert states == set(Enrolment.State.values)
    assert Enrolment.objects.filter(progress__done=0).exists()
    assert Enrolment.objects.active().filter(progress__done__gt=0).exists()
    assert Person.objects.filter(enrolments=None).exists()


def test_what_was_drawn_is_what_the_traces_fold_to(loaded):
    assert {one.pk: differences(one) for one in Enrolment.objects.for_audit() if differences(one)} == {}


def test_those_who_finished_await_their_attestation_and_the_trainee_persona_has_it_all_before_her(loaded):
    posted = Job.objects.filter(name="learning.issue_attestation").count()
    assert posted == Enrolment.objects.completed().count() > 0
    assert not Enrolment.objects.filter(person__email="sophie.lebris@mairie-ploumar.example").exists()
