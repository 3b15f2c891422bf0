import datetime
import itertools
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from certification.habilitation import actions
from certification.habilitation.lifecycle import ExitReason, ExternalStatus, FactKind, Origin, Standing, Step
from certification.habilitation.models import Fact, Habilitation
from lms.kernel.models import JournalEntry
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import DAY, HabilitationFactory, known

pytestmark = pytest.mark.django_db
LATER = DAY + datetime.timedelta(days=9)


@pytest.mark.parametrize("order", [*itertools.permutations(["eligibility", "training", "pix"])])
def test_the_two_facts_habilitate_in_any_order_each_brought_twice(order):
    one = HabilitationFactory()
    for kind in order * 2:
        known(one, kind)
    assert one.step == Step.HABILITATED
    assert Fact.objects.count() == 3
    assert one.moves.last().after == Step.HABILITATED


def test_a_score_of_zero_is_a_score():
    one = HabilitationFactory(facts=["eligibility", "training"])
    assert known(one, "pix", score=0).score == 0
    assert one.step == Step.HABILITATED


def test_what_is_declared_does_not_count_until_a_file_or_a_person_confirms_it():
    one = HabilitationFactory(facts=["eligibility", "training"])
    declared = known(one, "pix", standing=Standing.DECLARED, origin=Origin.PERSON, by=one.person)
    assert one.step == Step.ATTENDED
    known(one, "pix", LATER, standing=Standing.IMPORTED, origin=Origin.PIX)
    declared.refresh_from_db()
    assert (one.step, one.pix_on) == (Step.HABILITATED, LATER)
    assert declared.standing == Standing.IMPORTED


def test_a_declared_fact_that_somebody_confirms_counts_and_one_set_aside_does_not():
    one = HabilitationFactory(facts=["eligibility", "training"])
    officer = PersonFactory()
    declared = known(one, "pix", standing=Standing.DECLARED, origin=Origin.PERSON, by=one.person)
    actions.reject_fact(declared, by=officer, note="la capture d’écran n’est pas lisible")
    one.refresh_from_db()
    assert one.step == Step.ATTENDED
    actions.confirm_fact(declared, by=officer)
    one.refresh_from_db()
    assert one.step == Step.HABILITATED


def test_training_and_test_pix_follow_the_person_into_another_structure():
    one = HabilitationFactory(facts=["training", "pix"])
    other = HabilitationFactory(person=one.person, facts=["eligibility"])
    one.refresh_from_db()
    assert (one.step, other.step) == (Step.PIX_SENT, Step.HABILITATED)


def test_a_withdrawn_fact_takes_back_what_it_gave_and_stays_in_sight():
    one = HabilitationFactory(facts=["eligibility", "training", "pix"])
    fact = Fact.objects.get(kind=FactKind.TRAINING)
    actions.withdraw_fact(fact, by=PersonFactory(), note="présence notée pour une autre personne")
    one.refresh_from_db()
    assert one.step == Step.INVITED
    assert [move.after for move in one.moves.order_by("-pk")[:2]] == [Step.INVITED, Step.HABILITATED]
    assert JournalEntry.objects.filter(verb="habilitation.withdraw_fact").exists()


def test_a_refusal_of_aidants_connect_blocks_and_its_newer_status_frees():
    one = HabilitationFactory(facts=["eligibility", "training"])
    actions.mirror_status(one, ExternalStatus.REFUSED, seen_on=DAY)
    known(one, "pix")
    assert one.step == Step.REFUSED
    actions.mirror_status(one, ExternalStatus.PROCESSING, seen_on=LATER)
    one.refresh_from_db()
    assert one.step == Step.HABILITATED
    actions.mirror_status(one, ExternalStatus.REFUSED, seen_on=DAY)
    one.refresh_from_db()
    assert (one.step, one.external_status) == (Step.HABILITATED, ExternalStatus.PROCESSING)


def test_the_peer_route_is_that_of_the_status():
    one = HabilitationFactory(facts=["eligibility"])
    actions.mirror_status(one, ExternalStatus.PROCESSING_P2P, seen_on=DAY)
    known(one, "pix", LATER)
    assert (one.step, one.trained_on) == (Step.HABILITATED, LATER)


def test_a_departure_keeps_its_date_and_its_reason_and_may_be_taken_back():
    one = HabilitationFactory(facts=["eligibility", "training"])
    actions.leave(one, Step.LEFT, ExitReason.JOB_LEFT, on=LATER, by=PersonFactory())
    one.refresh_from_db()
    assert (one.step, one.step_on, one.moves.last().reason) == (Step.LEFT, LATER, ExitReason.JOB_LEFT)
    actions.come_back(one, by=PersonFactory())
    one.refresh_from_db()
    assert one.step == Step.ATTENDED


def test_five_hundred_facts_take_no_more_queries_than_fifty(django_assert_max_num_queries):
    people = [HabilitationFactory(facts=["eligibility"]) for _ in range(30)]
    drafts = [
        actions.Draft(one.person_id, FactKind.TRAINING, DAY, Standing.IMPORTED, Origin.AIDANTS_CONNECT)
        for one in people
    ]
    with django_assert_max_num_queries(28):
        actions.record_facts(drafts)
    assert Habilitation.objects.filter(step=Step.ATTENDED).count() == 30


def test_a_step_that_its_facts_do_not_say_is_told_and_repaired():
    one = HabilitationFactory(facts=["eligibility", "training", "pix"])
    assert list(actions.audit()) == []
    Habilitation.objects.filter(pk=one.pk).update(step=Step.INVITED, habilitated_on=None)
    with pytest.raises(CommandError, match="1 habilitation"):
        call_command("check_consistency", stderr=StringIO())
    assert len(list(actions.audit(repair=True))) == 1
    one.refresh_from_db()
    assert one.step == Step.HABILITATED
    call_command("check_consistency", stdout=StringIO())
