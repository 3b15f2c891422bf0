import json
from datetime import timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from lms.accounts.actions import erase_account
from lms.accounts.models import Person
from lms.kernel.privacy import export_person
from parcours.colleagues import actions
from parcours.colleagues.models import EnrolmentList, Invitation, ListLine, RegisterExport
from parcours.colleagues.tasks import forget
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import OrganisationFactory
from tests.parcours.colleagues.factories import draft, edition_open, referent_of

pytestmark = pytest.mark.django_db
MARIE = "marie.durand@ville-exemple.fr"


@pytest.fixture
def structure():
    return OrganisationFactory(name="CCAS de Dol")


@pytest.fixture
def nadia(structure):
    return referent_of(structure)


@pytest.fixture
def done(structure, nadia, run_jobs):
    found = actions.confirm_list(draft(structure, nadia), by=nadia)
    run_jobs()
    return EnrolmentList.objects.get(pk=found.pk)


def ago(**values):
    return timezone.now() - timedelta(**values)


def test_a_person_reads_the_lists_that_named_them_and_who_invited_them(done, nadia):
    marie = Person.objects.get(email=MARIE)
    actions.invite(marie, OrganisationFactory(name="Mairie d’Ailleurs"), edition_open().parcours, by=nadia)
    told = json.dumps(export_person(marie), cls=DjangoJSONEncoder, ensure_ascii=False)
    assert "CCAS de Dol" in told and MARIE in told and "Mairie d’Ailleurs" in told
    assert "legoff" not in told


def test_an_erased_account_leaves_no_name_in_the_lists(done, nadia):
    marie = Person.objects.get(email=MARIE)
    actions.invite(marie, OrganisationFactory(), edition_open().parcours, by=nadia)
    erase_account(marie, by=marie)
    lines = list(ListLine.objects.order_by("position").values_list("last_name", "email", "outcome"))
    assert lines == [("", "", "enrolled"), ("Le Goff", "paul.legoff@ville-exemple.fr", "enrolled")]
    assert not Invitation.objects.exists()


def test_a_draft_forsaken_for_a_month_goes_and_one_of_the_week_stays(structure, nadia):
    old, new = draft(structure, nadia), draft(structure, nadia)
    EnrolmentList.objects.filter(pk=old.pk).update(touched_at=ago(days=31))
    EnrolmentList.objects.filter(pk=new.pk).update(touched_at=ago(days=29))
    forget("2026-11-22")
    assert set(EnrolmentList.objects.values_list("pk", "state")) == {(old.pk, "expired"), (new.pk, "draft")}
    assert set(ListLine.objects.values_list("enrolment_list", flat=True)) == {new.pk}


def test_a_report_loses_its_names_after_a_year_and_keeps_its_figures(done):
    forget("2026-11-22")
    assert ListLine.objects.count() == 2
    EnrolmentList.objects.update(done_at=ago(days=366))
    forget("2026-11-22")
    done.refresh_from_db()
    assert not ListLine.objects.exists()
    assert (done.outcomes, done.source, bool(done.forgotten_at)) == ({"enrolled": 2}, "", True)


def test_an_invitation_without_an_answer_expires_after_a_month(structure, nadia):
    actions.invite(PersonFactory(), structure, edition_open().parcours, by=nadia)
    Invitation.objects.update(sent_at=ago(days=31))
    forget("2026-11-22")
    assert Invitation.objects.get().state == "expired"


def test_an_export_is_kept_a_week(structure, nadia):
    for days in (6, 8):
        RegisterExport.objects.create(organisation=structure, by=nadia, content=b"Nom", at=ago(days=days))
    forget("2026-11-22")
    assert RegisterExport.objects.count() == 1
