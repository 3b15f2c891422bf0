"""Two people, or a person and a job, at the same moment: one is kept, the other is told why in a sentence."""

import threading
from decimal import Decimal

import pytest
from django.db import IntegrityError

from certification.funding import actions as funding
from certification.funding.actions import deciding, paying
from certification.funding.lifecycle import State, Verdict
from certification.funding.models import Decision, Demande, Payment
from certification.habilitation import actions
from certification.habilitation.actions.imports import receiving, recording
from certification.habilitation.actions.merging import merge_structures, transfer
from certification.habilitation.lifecycle import FileState, Outcome
from certification.habilitation.models import Fact, Habilitation, Merge
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations import actions as organisations
from lms.organisations.models import Organisation
from lms.pilotage.actions import check
from tests.accounts.factories import PersonFactory
from tests.certification.funding import factories as made
from tests.certification.habilitation.factories import DAY, HabilitationFactory, known
from tests.certification.habilitation.stock import GENERAL, csv_of, general_line, pix_json, received, recorded
from tests.kernel.threads import together
from tests.organisations.factories import CampagneFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
DONE = "done"


def outcomes(*acts) -> list[str]:
    """What each act gave when all begin at once: « done », or the sentence that refuses it."""

    def one(index):
        try:
            acts[index]()
        except TransitionRefused as refused:
            return " ".join(refused.sentences)
        return DONE

    return together(len(acts), one)


def one_of(told) -> str:
    """Exactly one is done; what the others are told."""
    assert told.count(DONE) == 1, told
    return next((each for each in told if each != DONE), "")


def test_two_deciders_of_one_doubtful_line_leave_one_answer():
    known_here = HabilitationFactory(person__first_name="Camille", person__last_name="Nom0").person
    line = recorded(csv_of(GENERAL, [general_line(0)])).lines.get(outcome=Outcome.DOUBTFUL)
    pilots = PersonFactory.create_batch(2)
    told = outcomes(
        lambda: recording.decide_line(line, person=known_here, by=pilots[0]),
        lambda: recording.decide_line(line, person=None, by=pilots[1]),
    )
    assert "déjà été rapprochée" in one_of(told)


def test_two_lines_of_a_file_decided_at_once_are_both_counted():
    found = recorded(pix_json(*((str(DAY), f"{one}@perso.example", 0.5) for one in "ab")), "P1", name="pix.json")
    first, second = found.lines.order_by("number")
    pilots = PersonFactory.create_batch(2)
    outcomes(
        lambda: recording.decide_line(first, person=None, by=pilots[0]),
        lambda: recording.decide_line(second, person=None, by=pilots[1]),
    )
    found.refresh_from_db()
    assert found.counts == {Outcome.LEFT_OUT: 2}


def test_two_merges_that_share_a_structure_end_in_one_record_that_stands():
    first, second, third = OrganisationFactory.create_batch(3)
    one = HabilitationFactory(organisation=first)
    pilot = PersonFactory()
    told = outcomes(
        lambda: merge_structures(second, first, by=pilot), lambda: merge_structures(third, second, by=pilot)
    )
    one.refresh_from_db()
    assert DONE in told
    assert one.organisation.merged_into is None, told
    assert Merge.objects.count() == told.count(DONE)
    assert list(actions.audit()) == []


def test_a_move_to_a_structure_that_is_being_merged_leads_nobody_astray():
    one, kept, merged = HabilitationFactory(), OrganisationFactory(), OrganisationFactory()
    pilot = PersonFactory()
    outcomes(
        lambda: transfer(one, merged, by=pilot, on=DAY),
        lambda: merge_structures(kept, merged, by=pilot),
    )
    assert not Habilitation.objects.filter(organisation__merged_into__isnull=False, exit_step="").exists()


def test_a_move_while_a_file_is_recorded_keeps_one_way_for_each_structure():
    recorded(csv_of(GENERAL, [general_line(0)]))
    one, away = Habilitation.objects.get(), OrganisationFactory()
    file = received(csv_of(GENERAL, [general_line(rank) for rank in range(3)]))
    recording.confirm(file, by=file.received_by)
    told = outcomes(
        lambda: transfer(one, away, by=PersonFactory(), on=DAY),
        lambda: [None for _ in iter(lambda: recording.record_some(file), False)],
    )
    file.refresh_from_db()
    assert (told, file.state) == ([DONE, DONE], FileState.DONE)
    assert Habilitation.objects.filter(person=one.person).count() == 2
    assert list(actions.audit()) == []


def test_a_merge_while_a_file_about_both_is_recorded_waits_for_it():
    recorded(csv_of(GENERAL, [general_line(rank) for rank in range(6)]))
    kept, merged = Organisation.objects.filter(name__startswith="Mairie de Ville").order_by("pk")
    file = received(csv_of(GENERAL, [general_line(rank, Profession="élu") for rank in range(6)]), dated_on=DAY)
    recording.confirm(file, by=file.received_by)
    told = outcomes(
        lambda: merge_structures(kept, merged, by=PersonFactory()),
        lambda: [None for _ in iter(lambda: recording.record_some(file), False)],
    )
    assert told == [DONE, DONE]
    assert list(actions.audit()) == []


def test_a_decision_its_withdrawal_and_its_notice_at_once_end_in_one_state():
    demande = made.filed()
    officer = made.officer_of(demande.opco)
    funding.grant(demande, by=officer)
    decision = Decision.objects.get()
    told = outcomes(lambda: funding.withdraw(demande, by=officer), lambda: funding.notify(decision.pk))
    demande = made.fresh(demande)
    decision.refresh_from_db()
    withdrawn = decision.withdrawn_at is not None
    assert withdrawn != (decision.notified_at is not None), told
    assert (demande.state, demande.announced_state) == ((State.FILED if withdrawn else State.GRANTED,) * 2)


def test_two_officers_who_validate_one_file_leave_one_decision():
    demande = made.held()
    officers = [made.officer_of(demande.opco) for _ in range(2)]
    one_of(outcomes(*(lambda by=by: funding.validate(demande, by=by) for by in officers)))
    assert Decision.objects.filter(demande=demande, verdict=Verdict.VALIDATE).count() == 1


def test_a_payment_sent_twice_at_once_is_one():
    demande = made.validated()
    officer = made.officer_of(demande.opco)
    told = {"amount": Decimal(450), "paid_on": made.today(), "reference": "VIR-1", "by": officer}
    one_of(outcomes(*[lambda: funding.pay(demande, **told)] * 2))
    assert Payment.objects.filter(demande=demande).count() == 1


def test_without_the_lock_on_the_file_both_payments_would_be_kept(monkeypatch):
    """The control: each reads the file before the other commits."""
    demande = made.validated()
    officer = made.officer_of(demande.opco)
    ready, seen = threading.Barrier(2), threading.local()

    def held(one):
        found = Demande.objects.for_page().get(pk=one.pk)
        if not getattr(seen, "waited", False):
            seen.waited = True
            ready.wait(10)
        return found

    for module in (deciding, paying):
        monkeypatch.setattr(module, "held", held)
    told = {"amount": Decimal(200), "paid_on": made.today(), "reference": "VIR-1", "by": officer}

    def careless(index):
        try:
            funding.pay(demande, **told)
        except IntegrityError:  # the last to stand: no sentence for whoever paid
            return "stopped by the database"
        return DONE

    assert sorted(together(2, careless)) == [DONE, "stopped by the database"]


def test_a_campagne_closed_while_facts_arrive_counts_what_a_recount_counts():
    campagne = CampagneFactory(
        code="cette", starts_on=DAY.replace(month=1, day=1), ends_on=DAY.replace(month=12, day=31)
    )
    people = HabilitationFactory.create_batch(4, facts=["eligibility", "training"])
    pilot = PersonFactory()
    told = outcomes(
        lambda: organisations.close_campagne(campagne, by=pilot), *(lambda one=one: known(one, "pix") for one in people)
    )
    assert told == [DONE] * 5
    assert Fact.objects.filter(kind="pix").count() == 4
    assert list(check()) == []


def test_a_file_abandoned_while_it_is_confirmed_is_one_or_the_other():
    file = received(csv_of(GENERAL, [general_line(0)]))
    by = file.received_by
    one_of(outcomes(lambda: receiving.abandon(file, by=by), lambda: recording.confirm(file, by=by)))
    file.refresh_from_db()
    assert (file.state == FileState.ABANDONED) == (not file.lines.exists())
