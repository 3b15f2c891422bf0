"""The night erases what has had its time, and nothing that a control may still ask for."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from certification.funding import tasks as funding
from certification.funding.models import Demande, Piece
from certification.habilitation import tasks as habilitation
from certification.habilitation.models import Fact, HandOver, Merge, Refusal
from lms.accounts.actions import erase_account
from lms.kernel.models import JournalEntry, Rule
from lms.kernel.terms import kept_from
from lms.organisations.lifecycle import Role
from parcours.classroom.models import Registration, Session, Survey
from parcours.paperwork import tasks as paperwork
from parcours.quality import tasks as quality
from parcours.quality.models import Complaint, Hazard, Improvement, Subcontract, TrainerDocument, Watch
from tests.accounts.factories import PersonFactory
from tests.certification.funding.factories import draft, filed
from tests.certification.habilitation.factories import DAY, HabilitationFactory, known
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.paperwork.factories import live_session, organisme, seat

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 22)


def night(task, years=0):
    """The clock of that night, so many years later."""
    day = TODAY.replace(year=TODAY.year + years)
    with time_machine.travel(datetime.datetime.combine(day, datetime.time(4), tzinfo=datetime.UTC), tick=False):
        task(day.isoformat())


# --- Habilitation -----------------------------------------------------------------------------------------------------


@pytest.fixture
def one():
    found = HabilitationFactory(facts=["eligibility", "training"], profession="secrétaire de mairie")
    known(found, "pix", score=42)
    Fact.objects.update(note="relu")
    return found


def test_ten_years_after_an_erasure_nothing_of_it_is_kept():
    erase_account(PersonFactory(), by=PersonFactory())
    night(habilitation.forget_outlived, 9)
    assert Refusal.objects.exists()
    night(habilitation.forget_outlived, 11)
    assert not Refusal.objects.exists()


def test_six_years_after_the_last_fact_its_details_go_and_its_dates_stay(one):
    night(habilitation.forget_outlived, 5)
    one.refresh_from_db()
    assert one.profession and Fact.objects.filter(score=42).exists()
    for _ in range(2):
        night(habilitation.forget_outlived, 7)
    step = one.step
    one.refresh_from_db()
    assert (one.step, one.pix_on, one.profession) == (step, DAY, "")
    assert not Fact.objects.exclude(score=None).exists()
    assert set(Fact.objects.values_list("note", flat=True)) == {"effacé à son terme"}
    assert JournalEntry.objects.filter(verb="habilitation.forget_outlived").count() == 1


def test_the_registers_of_what_was_handed_over_and_merged_go_after_six_years():
    pilot, where = PersonFactory(), OrganisationFactory(kind="anct")
    HandOver.objects.create(kind="A3", by=pilot, organisation=where, lines=2, sha256="a" * 64)
    Merge.objects.create(kept_person=PersonFactory(), merged_person=PersonFactory(), by=pilot)
    night(habilitation.forget_outlived, 5)
    assert (HandOver.objects.count(), Merge.objects.count()) == (1, 1)
    night(habilitation.forget_outlived, 7)
    assert (HandOver.objects.count(), Merge.objects.count()) == (0, 0)


# --- Demandes de prise en charge --------------------------------------------------------------------------------------


def age(demande, years):
    then = timezone.now() - datetime.timedelta(days=366 * years)
    Session.objects.filter(pk=demande.session_id).update(ends_at=then, starts_at=then - datetime.timedelta(hours=8))
    Demande.objects.filter(pk=demande.pk).update(waiting_since=then)


def pay_whole(demande):
    agreed = {"agreement_number": "A-1", "agreed_on": TODAY, "granted_amount": demande.cost, "due_amount": demande.cost}
    paid = {"state": "paid", "settled": True, "service_declared_at": demande.filed_at}
    Demande.objects.filter(pk=demande.pk).update(**agreed, **paid)


def test_a_demande_that_is_over_goes_whole_after_ten_years_and_its_number_stays_in_the_journal():
    demande = filed()
    age(demande, 11)
    night(funding.forget_outlived)
    assert Demande.objects.exists()  # it still waits for a decision
    pay_whole(demande)
    night(funding.forget_outlived)
    assert not Demande.objects.exists()
    assert not Piece.objects.exists()
    assert JournalEntry.objects.get(verb="funding.forget_demande").after["number"] == demande.number
    night(funding.forget_outlived)


def test_a_demande_of_nine_years_and_a_draft_stay():
    demande = filed()
    age(demande, 9)
    pay_whole(demande)
    age(draft(), 20)
    night(funding.forget_outlived)
    assert Demande.objects.count() == 2


# --- Recueils, places -------------------------------------------------------------------------------------------------


def test_what_was_expected_of_a_session_goes_with_its_proofs_and_what_was_said_of_money_with_its_accounts():
    session = live_session(organisme())
    one = seat(session)
    Survey.objects.create(session=session, audience="learner", employer=one.employer, registration=one, version="1")
    Registration.objects.update(funding_answers={"who": "opco"}, left_reason="muté")
    night(paperwork.forget_outlived, 5)
    assert Survey.objects.exists()
    night(paperwork.forget_outlived, 7)
    assert not Survey.objects.exists()
    one.refresh_from_db()
    assert one.left_reason == "muté"
    night(paperwork.forget_outlived, 11)
    one.refresh_from_db()
    assert (one.funding_answers, one.left_reason) == ({}, "")


# --- Registers of quality ---------------------------------------------------------------------------------------------


@pytest.fixture
def organisation():
    return organisme()


def test_the_registers_go_six_years_after_what_they_prove_and_what_lasts_stays(organisation):
    by = MembershipFactory(organisation=organisation, role=Role.TRAINER).person
    entry = {"organisation": organisation, "recorded_by": by, "on": TODAY}
    Watch.objects.create(**entry, topic="law", source="Décret", learnt="Ce qui change")
    Hazard.objects.create(**entry, what="Panne", done="Reporté")
    todo = {"origin": "watch", "owner": by, "due_on": TODAY}
    Improvement.objects.create(**entry, **todo, what="À faire encore")
    Subcontract.objects.create(**entry, name="Tiers", entrusted="Animation", starts_on=TODAY)
    TrainerDocument.objects.create(**entry, trainer=by, kind="cv", title="CV")
    night(quality.complaints.forget_outlived, 5)
    assert (Watch.objects.count(), Hazard.objects.count()) == (1, 1)
    for _ in range(2):
        night(quality.complaints.forget_outlived, 7)
    assert (Watch.objects.count(), Hazard.objects.count()) == (0, 0)
    assert [one.objects.count() for one in (Improvement, Subcontract, TrainerDocument)] == [1, 1, 1]
    entry = JournalEntry.objects.get(verb="quality.forget_outlived")
    assert entry.after == {"hazard": 1, "watch": 1}


def test_an_incident_of_a_session_waits_for_the_term_of_its_proofs(organisation):
    session = live_session(organisation)
    by = MembershipFactory(organisation=organisation, role=Role.TRAINER).person
    Hazard.objects.create(organisation=organisation, recorded_by=by, on=TODAY, session=session, what="x", done="y")
    night(quality.complaints.forget_outlived, 5)
    assert Hazard.objects.exists()
    night(quality.complaints.forget_outlived, 7)
    assert not Hazard.objects.exists()
    assert not Complaint.objects.exists()


# --- The rules --------------------------------------------------------------------------------------------------------


def test_a_longer_rule_is_followed_and_one_too_short_is_not():
    Rule(code="habilitation.facts_years", value=1, valid_from=TODAY.replace(year=2020)).save()
    assert kept_from("habilitation.facts_years", TODAY) == TODAY.replace(year=2023)
    assert kept_from("funding.demandes_years", TODAY) == TODAY.replace(year=2016)


def test_the_proofs_of_a_session_are_never_kept_less_than_what_who_pays_may_ask():
    Rule(code="paperwork.proofs_years", value=4, valid_from=TODAY.replace(year=2020)).save()
    assert kept_from("paperwork.proofs_years", TODAY) == TODAY.replace(year=2020)
