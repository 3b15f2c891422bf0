"""What must hold, through the public door: two thousand colleagues, thirty faults, corrected, enrolled, and again."""

import time
import tracemalloc

import pytest
from django.urls import reverse

from lms.accounts.models import Person
from lms.kernel.models import Job, OutgoingMail
from lms.organisations.models import Membership
from parcours.colleagues import actions
from parcours.colleagues.models import EnrolmentList
from parcours.learning.models import Enrolment, Progress
from tests.kernel.tables.files import lines, text_file
from tests.organisations.factories import OrganisationFactory
from tests.parcours.colleagues.factories import edition_open, referent_of
from tests.parcours.colleagues.seeding import HEADINGS, seeded
from tests.permissions.matrix import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.long]


def give(client, structure, edition, rows):
    url = reverse("colleagues:give", args=[structure.public_id, edition.parcours_id])
    file = text_file(lines([HEADINGS, *rows]), "cp1252")
    file.name = "agents.csv"
    return client.post(url, {"file": file})


def blocking(found):
    faulty = found.lines.faulty().order_by("line")
    return {line.line: [fault["code"] for fault in line.faults if fault["blocking"]] for line in faulty}


def world():
    return [model.objects.count() for model in (Person, Membership, Enrolment, Progress)]


def test_thirty_faults_are_found_the_others_enrolled_and_a_second_time_changes_nothing(run_jobs):
    structure, edition, list_ = OrganisationFactory(), edition_open(), seeded()
    nadia = referent_of(structure)
    client = signed_in(nadia)

    begun, _ = time.process_time(), tracemalloc.start()
    assert give(client, structure, edition, list_.rows).status_code == 302
    peak, read_in = tracemalloc.get_traced_memory()[1], time.process_time() - begun
    tracemalloc.stop()
    found = EnrolmentList.objects.get()
    assert blocking(found) == {line + 1: [code] for line, code in list_.expected.items()}
    assert found.lines.by_status() == {"ready": 1_970, "already": 0, "faulty": 30, "excluded": 0}
    assert not found.lines.filter(has_warning=True).exists()

    actions.exclude_faulty(found)
    actions.confirm_list(found, by=nadia)
    begun = time.process_time()
    run_jobs()
    enrolled_in = time.process_time() - begun
    found.refresh_from_db()
    assert (found.state, found.outcomes) == ("done", {"enrolled": 1_970, "excluded": 30})
    assert Enrolment.objects.filter(employer=structure, enrolled_by=nadia).count() == 1_970

    before, mails = world(), OutgoingMail.objects.count()
    give(client, structure, edition, list_.rows)
    again = EnrolmentList.objects.exclude(pk=found.pk).get()
    assert again.lines.by_status() == {"ready": 0, "already": 1_970, "faulty": 30, "excluded": 0}
    actions.exclude_faulty(again)
    posted = Job.objects.count()
    run_jobs()
    assert (world(), OutgoingMail.objects.count(), Job.objects.count()) == (before, mails, posted)
    assert read_in < 30 and peak < 40_000_000
    assert enrolled_in < 120
