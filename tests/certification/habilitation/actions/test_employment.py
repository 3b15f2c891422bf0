from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from certification.habilitation import actions
from certification.habilitation.lifecycle import ExitReason, ExternalStatus, Standing, Step
from certification.habilitation.tasks import follow_employment
from lms.kernel.formats import date_short
from lms.kernel.models import Job
from lms.organisations.actions import add_member, declare_employer, end_membership
from lms.organisations.lifecycle import Role
from lms.organisations.queries import today
from tests.certification.habilitation.factories import DAY, HabilitationFactory, known
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
BEGUN = DAY - timedelta(days=300)


@pytest.fixture
def structure():
    return OrganisationFactory(siret="73282932000074")


@pytest.fixture
def referent(structure):
    return MembershipFactory(organisation=structure, role=Role.STRUCTURE_REFERENT).person


@pytest.fixture
def one(structure):
    found = HabilitationFactory(organisation=structure, facts=["eligibility", "training"])
    MembershipFactory(person=found.person, organisation=structure, role=Role.LEARNER, starts_on=BEGUN)
    return found


def ended(client, membership, on):
    address = reverse("organisations:end_membership", args=[membership.pk])
    return client.post(address, {"ends_on": on.isoformat()}, follow=True)


def test_a_departure_noted_by_the_referent_is_a_way_out_dated_and_attributed(one, referent, structure):
    client, membership = signed_in(referent), one.person.memberships.get()
    page = client.get(reverse("organisations:end_membership", args=[membership.pk]))
    assertContains(page, "une sortie « départ de la structure » y sera notée")
    yesterday = today() - timedelta(days=1)
    assertContains(ended(client, membership, yesterday), "départ de la structure")
    one.refresh_from_db()
    assert (one.step, one.exit_reason, one.exited_on) == (Step.LEFT, ExitReason.DEPARTURE, yesterday)
    assert one.moves.last().by == referent
    assertContains(client.get(one.get_absolute_url()), "départ de la structure")
    listed = client.get(reverse("habilitation:structure", args=[structure.public_id]), {"etat": "sortis"})
    assertContains(listed, "départ de la structure")


def test_the_training_and_the_test_follow_the_person_in_another_structure(one, referent):
    known(one, "pix")
    end_membership(one.person.memberships.get(), by=referent, on=today())
    other = actions.follow(one.person, OrganisationFactory())
    known(other, "eligibility")
    assert (other.step, other.trained_on, other.pix_on) == (Step.HABILITATED, DAY, DAY)


def test_what_was_reached_before_the_departure_stays_reached(one, referent):
    known(one, "pix")
    end_membership(one.person.memberships.get(), by=referent, on=today())
    one.refresh_from_db()
    assert (one.step, one.habilitated_on) == (Step.LEFT, DAY)


def test_coming_back_takes_the_way_up_where_the_facts_place_it(one, structure, referent):
    end_membership(one.person.memberships.get(), by=referent, on=today() - timedelta(days=30))
    declare_employer(one.person, siret=structure.siret, name=structure.name)
    one.refresh_from_db()
    assert (one.step, one.exit_reason) == (Step.ATTENDED, "")


def test_a_departure_to_come_is_noted_when_it_comes_once(one, referent):
    last = today() + timedelta(days=5)
    end_membership(one.person.memberships.get(), by=referent, on=last)
    one.refresh_from_db()
    assert one.exit_step == ""
    job = Job.objects.get(name="habilitation.follow_employment")
    assert timezone.localdate(job.due_at, timezone.get_default_timezone()) == last + timedelta(days=1)
    last = today() - timedelta(days=1)
    one.person.memberships.update(ends_on=last)  # the day has come
    for _ in range(2):
        follow_employment(*job.args)
    one.refresh_from_db()
    assert (one.exit_reason, one.exited_on, one.moves.filter(after=Step.LEFT).count()) == ("departure", last, 1)
    assert one.moves.last().by == referent


def test_whoever_keeps_another_role_there_has_not_left(one, structure, referent):
    add_member(one.person, structure, role=Role.STRUCTURE_REFERENT, by=referent)
    learner = one.person.memberships.get(role=Role.LEARNER)
    page = signed_in(referent).get(reverse("organisations:end_membership", args=[learner.pk]))
    assertNotContains(page, "une sortie")
    end_membership(learner, by=referent, on=today() - timedelta(days=1))
    one.refresh_from_db()
    assert one.exit_step == ""


def test_leaving_another_structure_changes_nothing_here(one, referent):
    elsewhere = MembershipFactory(person=one.person, starts_on=BEGUN)
    end_membership(elsewhere, by=referent, on=today())
    one.refresh_from_db()
    assert one.exit_step == ""


def test_a_way_out_already_noted_keeps_its_reason_and_is_not_reopened_by_a_return(one, structure, referent):
    actions.mirror_status(one, ExternalStatus.REFUSED, seen_on=DAY)
    end_membership(one.person.memberships.get(), by=referent, on=today() - timedelta(days=1))
    declare_employer(one.person, siret=structure.siret, name=structure.name)
    one.refresh_from_db()
    assert (one.step, one.exit_reason) == (Step.REFUSED, ExitReason.DECIDED_ELSEWHERE)


def test_a_departure_noted_by_hand_is_over_once_the_person_is_given_a_role_again(one, structure, referent):
    before = today() - timedelta(days=30)
    actions.leave(one, Step.LEFT, ExitReason.JOB_LEFT, on=before, by=referent)
    end_membership(one.person.memberships.get(), by=referent, on=before)
    add_member(one.person, structure, role=Role.LEARNER, by=referent)
    one.refresh_from_db()
    assert one.exit_reason == ""


def test_departures_of_before_are_noted_once_by_the_command(one, referent, capsys):
    one.person.memberships.update(ends_on=today() - timedelta(days=40))
    stayed = HabilitationFactory(facts=["eligibility"])
    call_command("derive_habilitations")
    assert "départs : 1 sortie" in capsys.readouterr().out.replace("\xa0", " ")
    one.refresh_from_db()
    assert (one.exit_reason, one.exited_on) == (ExitReason.DEPARTURE, today() - timedelta(days=40))
    actions.come_back(one, by=referent)
    call_command("derive_habilitations")
    for found in (one, stayed):
        found.refresh_from_db()
        assert found.exit_reason == ""


def test_what_came_after_somebody_left_is_not_read_by_the_structure_they_left(structure, referent):
    left = today() - timedelta(days=20)
    one = HabilitationFactory(organisation=structure, facts={"eligibility": left - timedelta(days=10)})
    MembershipFactory(person=one.person, organisation=structure, starts_on=BEGUN, ends_on=left)
    actions.leave(one, Step.LEFT, ExitReason.DEPARTURE, on=left, by=referent)
    since = left + timedelta(days=5)
    for kind in ("training", "pix"):
        known(one, kind, since)
    told = (date_short(since), since.isoformat(), f"{since:%d/%m/%Y}")
    home, client = [structure.public_id], signed_in(referent)
    pages = [
        client.get(one.get_absolute_url()),
        client.get(reverse("habilitation:structure", args=home)),
        client.get(reverse("habilitation:structure", args=home), {"etat": "sortis"}),
        client.post(reverse("habilitation:structure_export", args=home), {"format": "csv"}),
    ]
    for page in pages:
        said = page.content.decode()
        assert one.person.last_name in said
        assert date_short(left) in said or "départ de la structure" in said
        assert not [day for day in told if day in said]
    pilot = MembershipFactory(organisation=OrganisationFactory(kind="anct"), role=Role.PILOT).person
    assertContains(signed_in(pilot).get(one.get_absolute_url()), date_short(since))
    assertContains(signed_in(one.person).get(reverse("habilitation:mine")), date_short(since))


def test_a_test_declared_since_the_departure_is_not_found_by_the_state_it_is_in(one, structure, referent):
    end_membership(one.person.memberships.get(), by=referent, on=today() - timedelta(days=1))
    known(one, "pix", today(), standing=Standing.DECLARED)
    page = signed_in(referent).get(reverse("habilitation:structure", args=[structure.public_id]), {"etat": "declares"})
    assertNotContains(page, one.person.last_name)


def test_a_refusal_then_a_departure_hides_what_came_since_the_departure_alone(one, structure, referent):
    actions.mirror_status(one, ExternalStatus.REFUSED, seen_on=DAY - timedelta(days=3))
    address, left = one.get_absolute_url(), DAY + timedelta(days=1)
    assertContains(signed_in(referent).get(address), date_short(DAY))
    known(one, "pix", left + timedelta(days=1))
    end_membership(one.person.memberships.get(), by=referent, on=left)
    page = signed_in(referent).get(address)
    assertContains(page, date_short(DAY))
    assertNotContains(page, date_short(left + timedelta(days=1)))


def test_who_left_is_followed_again_by_a_return_not_by_the_structure_alone(one, referent):
    client, address = signed_in(referent), reverse("habilitation:come_back", args=[one.public_id])
    end_membership(one.person.memberships.get(), by=referent, on=today() - timedelta(days=1))
    assertContains(client.get(one.get_absolute_url()), "n’appartient plus à la structure")
    assert client.post(address).status_code == 403
    assert client.get(reverse("habilitation:declare_for", args=[one.public_id])).status_code == 403
    one.refresh_from_db()
    assert one.exit_step
    pilot = MembershipFactory(organisation=OrganisationFactory(kind="anct"), role=Role.PILOT).person
    signed_in(pilot).post(address)
    one.refresh_from_db()
    assert one.exit_step == ""


def test_a_role_that_goes_on_for_a_while_announces_no_way_out(one, structure, referent):
    add_member(one.person, structure, role=Role.STRUCTURE_REFERENT, by=referent, ends_on=today() + timedelta(days=90))
    learner = one.person.memberships.get(role=Role.LEARNER)
    page = signed_in(referent).get(reverse("organisations:end_membership", args=[learner.pk]))
    assertNotContains(page, "une sortie")
