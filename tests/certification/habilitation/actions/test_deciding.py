"""What people declare, and what becomes of it."""

import datetime
import hashlib

import pytest
import time_machine

from certification.habilitation import actions
from certification.habilitation.lifecycle import FACTS, ExitReason, FactKind, Origin, Standing, Step
from certification.habilitation.models import Fact
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry, OutgoingMail
from lms.organisations.models import Role
from lms.organisations.queries import today
from parcours.assistance.engine.files import CheckedFile
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import DAY, HabilitationFactory, known
from tests.organisations.factories import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
LATER = DAY + datetime.timedelta(days=9)
SOON = LATER + datetime.timedelta(days=1)  # what is older than three months is no news
PROOF = CheckedFile("capture.pdf", "application/pdf", b"%PDF-1.4 capture")


def trained(**values):
    return HabilitationFactory(facts=["eligibility", "training"], **values)


def declare(one, on=LATER, by=None, proof=PROOF):
    return actions.declare_pix(one.person, on, proof=proof, by=by or one.person)


def test_a_declared_test_pix_keeps_its_proof_and_counts_once_confirmed():
    one, officer = trained(), PersonFactory()
    fact = declare(one)
    one.refresh_from_db()
    assert (one.step, fact.standing, fact.origin) == (Step.ATTENDED, Standing.DECLARED, Origin.PERSON)
    with fact.proof.open() as stored:
        assert stored.read() == PROOF.data
    assert fact.proof_sha256 == hashlib.sha256(PROOF.data).hexdigest()
    fact = actions.confirm_fact(fact, by=officer)
    one.refresh_from_db()
    assert (one.step, one.pix_on, fact.decided_by) == (Step.HABILITATED, LATER, officer)


def test_there_are_never_two_open_declarations_and_one_may_be_taken_back():
    one = trained()
    fact = declare(one)
    with pytest.raises(TransitionRefused, match="déjà déclaré"):
        declare(one, DAY)
    actions.take_back_declaration(fact, by=one.person)
    assert declare(one, DAY).standing == Standing.DECLARED
    assert Fact.objects.filter(kind=FactKind.PIX).count() == 2


def test_what_is_known_already_is_not_declared():
    one = trained()
    known(one, "pix")
    with pytest.raises(TransitionRefused, match="déjà enregistré"):
        declare(one)


@pytest.mark.parametrize(
    ("on", "sentence"),
    [(today() + datetime.timedelta(days=1), "à venir"), (datetime.date(2019, 5, 4), "vérifiez l’année")],
)
def test_a_date_that_cannot_be_is_refused(on, sentence):
    with pytest.raises(TransitionRefused, match=sentence):
        declare(trained(), on)


def test_nothing_is_declared_of_somebody_who_is_not_followed():
    with pytest.raises(TransitionRefused, match="n’est suivie"):
        actions.declare_pix(PersonFactory(), DAY, proof=PROOF, by=PersonFactory())


def test_a_test_taken_before_the_training_is_declared_all_the_same():
    one = trained()
    actions.confirm_fact(declare(one, DAY - datetime.timedelta(days=3)), by=PersonFactory())
    one.refresh_from_db()
    assert one.step == Step.HABILITATED


def test_a_declaration_set_aside_says_why_and_leaves_room_for_another(run_jobs):
    one, referent = trained(), PersonFactory()
    fact = declare(one, by=referent)
    actions.reject_fact(fact, by=PersonFactory(), note="la capture ne montre pas l’envoi")
    run_jobs()
    fact.refresh_from_db()
    assert (fact.standing, fact.note) == (Standing.REJECTED, "la capture ne montre pas l’envoi")
    mails = OutgoingMail.objects.filter(subject__startswith="Test Pix déclaré")
    assert sorted(mails.values_list("to", flat=True)) == sorted([one.person.email, referent.email])
    assert not any("capture" in mail.body for mail in mails)
    assert declare(one).standing == Standing.DECLARED


def test_nothing_is_set_aside_nor_withdrawn_without_a_reason():
    one, officer = trained(), PersonFactory()
    fact = declare(one)
    for act in (actions.reject_fact, actions.withdraw_fact):
        with pytest.raises(TransitionRefused, match="pourquoi"):
            act(fact, by=officer, note="  ")


OPEN = {
    ("declared", "confirm_fact"),
    ("rejected", "confirm_fact"),
    ("declared", "reject_fact"),
}


@pytest.mark.parametrize("move", list(FACTS.transitions))
@pytest.mark.parametrize("standing", Standing.values)
def test_only_the_moves_of_the_table_are_open(standing, move):
    assert (FACTS.refusals(Fact(standing=standing), move) == []) == ((standing, move) in OPEN)


def test_a_fact_is_withdrawn_once_and_decided_no_more():
    one, officer = trained(), PersonFactory()
    fact = declare(one)
    actions.withdraw_fact(fact, by=officer, note="faite pour une autre personne")
    with pytest.raises(TransitionRefused, match="déjà retiré"):
        actions.withdraw_fact(fact, by=officer, note="encore")
    with pytest.raises(TransitionRefused, match="ne se décide plus"):
        actions.confirm_fact(fact, by=officer)
    with pytest.raises(TransitionRefused, match="ne se décide plus"):
        actions.reject_fact(fact, by=officer, note="trop tard")


def test_a_presence_noted_by_the_organisme_counts_once_and_may_be_withdrawn():
    one, organisation = HabilitationFactory(facts=["eligibility", "pix"]), OrganisationFactory(training=True)
    manager = PersonFactory()
    fact = actions.note_training(one.person, DAY, organisation=organisation, by=manager)
    one.refresh_from_db()
    assert (one.step, one.training_organisation, fact.standing) == (
        Step.HABILITATED,
        organisation,
        Standing.CONFIRMED,
    )
    with pytest.raises(TransitionRefused, match="déjà enregistrée"):
        actions.note_training(one.person, DAY, organisation=organisation, by=manager)
    actions.withdraw_fact(fact, by=manager, note="absente ce jour-là")
    one.refresh_from_db()
    assert one.step == Step.INVITED
    assert actions.note_training(one.person, DAY, organisation=organisation, by=manager)
    assert JournalEntry.objects.filter(verb="habilitation.record_fact", by=manager).count() == 2


# --- Who is told ------------------------------------------------------------------------------------------------------


def told():
    mails = OutgoingMail.objects.filter(subject__startswith="Habilitation")
    return sorted(mails.values_list("to", flat=True))


@time_machine.travel(SOON)
def test_the_person_and_the_referent_are_told_once_whatever_the_detours(run_jobs):
    one = trained()
    referent = MembershipFactory(organisation=one.organisation, role=Role.STRUCTURE_REFERENT).person
    fact = known(one, "pix")
    run_jobs()
    actions.withdraw_fact(fact, by=PersonFactory(), note="erreur")
    known(one, "pix", LATER)
    run_jobs()
    assert told() == sorted([one.person.email, referent.email])


@time_machine.travel(SOON)
def test_nobody_is_told_of_a_stock_that_is_taken_over(run_jobs):
    taken = {"standing": Standing.IMPORTED, "origin": Origin.AIDANTS_CONNECT}
    one = HabilitationFactory()
    for kind in ("eligibility", "training", "pix"):
        known(one, kind, **taken)
    account = HabilitationFactory()
    known(account, "account", **taken)
    run_jobs()
    assert {one.step, account.step} == {Step.HABILITATED}
    assert told() == []


@time_machine.travel(SOON)
def test_who_is_withdrawn_before_the_message_leaves_is_not_told(run_jobs):
    one = trained()
    actions.withdraw_fact(known(one, "pix"), by=PersonFactory(), note="erreur de saisie")
    run_jobs()
    assert told() == []


# --- Ways out ---------------------------------------------------------------------------------------------------------


def leave(one, reason=ExitReason.JOB_LEFT):
    actions.leave(one, Step.LEFT, reason, on=LATER, by=PersonFactory())


def test_nobody_leaves_twice_nor_comes_back_from_nowhere():
    one = trained()
    with pytest.raises(TransitionRefused, match="est suivie"):
        actions.come_back(one, by=PersonFactory())
    leave(one)
    with pytest.raises(TransitionRefused, match="déjà sortie"):
        leave(one)


def test_what_aidants_connect_decided_is_not_undone_here():
    one = trained()
    actions.mirror_status(one, "refused", seen_on=LATER)
    with pytest.raises(TransitionRefused, match="Aidants Connect"):
        actions.come_back(one, by=PersonFactory())


def test_an_eligible_status_that_is_read_is_the_eligibility():
    one = HabilitationFactory(facts=["training", "pix"])
    actions.transcribe_status(one, "processing", seen_on=LATER, by=PersonFactory())
    one.refresh_from_db()
    assert (one.step, one.eligible_on, one.external_status) == (Step.HABILITATED, LATER, "processing")
    with pytest.raises(TransitionRefused, match="plus ancien"):
        actions.transcribe_status(one, "refused", seen_on=DAY, by=PersonFactory())


def test_what_is_erased_with_a_person_keeps_the_counts_and_no_words():
    one = trained(profession="secrétaire de mairie", external_id="ac-42")
    fact = declare(one)
    path, storage = fact.proof.name, fact.proof.storage
    actions.reject_fact(fact, by=PersonFactory(), note="capture illisible")
    actions.forget_person(one.person)
    one.refresh_from_db()
    fact.refresh_from_db()
    assert (one.profession, one.external_id, fact.proof.name) == ("", "", "")
    assert "capture" not in fact.note
    assert one.step == Step.ATTENDED
    assert storage.exists(path), "the file goes with the transaction"
