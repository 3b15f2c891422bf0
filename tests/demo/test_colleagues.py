import pytest
from django.core.management import call_command

from lms.demo.population import colleagues
from lms.kernel.jobs import run_due
from lms.kernel.models import Job
from parcours.colleagues.models import EnrolmentList, Invitation
from parcours.learning.models import Enrolment
from tests.catalogue.factories import EditionFactory

pytestmark = pytest.mark.django_db


def load():
    call_command("load_demo", "--people", "0", verbosity=0)


def test_the_demonstration_referente_has_one_finished_list_and_a_second_run_adds_nothing():
    EditionFactory(slug="aidants-connect-en-ligne")
    EditionFactory(slug="proteger")
    load()
    found = EnrolmentList.objects.get()
    assert (found.state, found.source) == ("done", "agents-novembre.csv")
    assert set(found.outcomes) <= {"enrolled", "already", "invited", "excluded"}
    assert (found.outcomes["invited"], found.outcomes["excluded"]) == (1, 1)
    assert found.outcomes.get("enrolled", 0) + found.outcomes.get("already", 0) == 4
    assert Invitation.objects.get().person.first_name == "Sophie"
    before = Enrolment.objects.count()
    load()
    assert (EnrolmentList.objects.count(), Enrolment.objects.count()) == (1, before)


def test_the_job_of_a_list_already_run_has_nothing_to_do():
    EditionFactory(slug="proteger")
    load()
    run_due()
    assert set(Job.objects.filter(name="colleagues.enrol_list").values_list("state", flat=True)) == {"done"}


def test_without_a_parcours_open_there_is_no_list():
    load()
    assert colleagues.populate_colleagues() == 0
    assert not EnrolmentList.objects.exists()
