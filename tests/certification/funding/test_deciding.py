import datetime
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone

from certification.funding import actions
from certification.funding.lifecycle import Origin, State, Verdict
from certification.funding.models import Decision
from lms.kernel.models import Job, Rule
from lms.organisations.models import Membership, Role
from parcours.classroom.models import Registration
from tests.certification.funding import factories as made
from tests.certification.funding.factories import later, refused
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
D = Decimal


def test_an_agreement_taken_here_bears_the_number_of_the_demande():
    demande = made.filed(people=2)
    found = actions.grant(demande, by=made.officer_of(demande.opco))
    assert found.state == State.GRANTED and found.announced_state == State.FILED
    assert found.agreement_origin == Origin.HERE and found.agreement_number == demande.number
    assert found.granted_amount == D("900.00") and found.subrogation is True
    assert set(found.beneficiaries.values_list("granted_minutes", flat=True)) == {420}


def test_an_agreement_transcribed_bears_the_number_date_and_piece_of_the_opco():
    demande = made.filed()
    officer = made.officer_of(demande.opco)
    assert "écrivez-le" in refused(actions.grant, demande, by=officer, origin=Origin.TRANSCRIBED)
    tomorrow = {"origin": Origin.TRANSCRIBED, "number": "DPC-1", "agreed_on": made.in_days(1)}
    assert "à venir" in refused(actions.grant, demande, by=officer, **tomorrow)
    found = actions.grant(
        demande,
        by=officer,
        origin=Origin.TRANSCRIBED,
        number="DPC-77",
        agreed_on=made.in_days(-3),
        file=made.pdf_file(),
        subrogation=False,
    )
    assert (found.agreement_number, found.agreed_on, found.subrogation) == ("DPC-77", made.in_days(-3), False)
    with found.agreement_file.open() as stored:
        assert stored.read().startswith(b"%PDF")
    assert len(found.agreement_sha256) == 64


def test_the_piece_of_an_agreement_taken_back_goes_with_it(django_capture_on_commit_callbacks):
    demande = made.filed()
    officer = made.officer_of(demande.opco)
    told = {"origin": Origin.TRANSCRIBED, "number": "DPC-77", "agreed_on": made.in_days(-3), "file": made.pdf_file()}
    stored = actions.grant(demande, by=officer, **told).agreement_file
    assert stored.storage.exists(stored.name)
    with django_capture_on_commit_callbacks(execute=True):
        assert not actions.withdraw(demande, by=officer).agreement_file
    assert not stored.storage.exists(stored.name)


def test_in_part_means_less_and_whole_means_all():
    demande = made.filed(people=2)
    officer = made.officer_of(demande.opco)
    assert "choisissez « Accorder »" in refused(actions.grant, demande, by=officer, partly=True)
    assert "Accorder en partie" in refused(actions.grant, demande, by=officer, amount=D(100))
    assert "dépasse celui" in refused(actions.grant, demande, by=officer, partly=True, amount=D(9000))
    assert "dépassent celles" in refused(actions.grant, demande, by=officer, partly=True, minutes=6000)
    first = demande.beneficiaries.first()
    found = actions.grant(demande, by=officer, partly=True, people=[first], amount=D(450))
    assert found.state == State.PARTLY_GRANTED
    assert sorted(found.beneficiaries.values_list("granted_minutes", flat=True)) == [0, 420]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("123,50 €", ""),
        ("1\u202f23,50", ""),
        ("123.5", ""),
        ("NaN", "Écrivez un montant"),
        ("1e9", "chiffres"),
        ("-5", "supérieure"),
        ("12,345", "deux décimales"),
        ("450,01", "dépasse celui qui est demandé"),
        ("", "manque"),
    ],
)
def test_an_amount_is_read_as_it_is_written_here(typed, said):
    demande = made.filed()
    desk = signed_in(made.officer_of(demande.opco))
    people = [one.pk for one in demande.beneficiaries.all()]
    told = {"minutes": "7 h", "amount": typed, "people": people, "subrogation": "oui", "origin": "here"}
    response = desk.post(made.at(demande, "accorder-en-partie"), told, follow=True)
    assert said in made.plain(response)
    assert made.fresh(demande).granted_amount == (None if said else D("123.50"))


@pytest.mark.parametrize("nothing", [{"minutes": 0}, {"amount": D(0)}, {"minutes": 0, "amount": D(0)}])
def test_an_agreement_grants_something(nothing):
    demande = made.filed()
    officer = made.officer_of(demande.opco)
    assert "Rien ne serait accordé" in refused(actions.grant, demande, by=officer, partly=True, **nothing)


def test_a_decision_is_notified_after_its_delay_without_a_word_of_what_it_says(run_jobs):
    demande = made.filed()
    referent = made.referent_of(demande.employer)
    actions.refuse(demande, by=made.officer_of(demande.opco), reason="double emploi", sentence="Déjà payé.")
    run_jobs()
    assert made.fresh(demande).announced_state == State.FILED
    later(1)
    run_jobs()
    found = made.fresh(demande)
    assert found.announced_state == found.state == State.REFUSED
    assert not found.beneficiaries.filter(live=True).exists()
    Job.objects.filter(name="kernel.send_mail").update(due_at=timezone.now())
    run_jobs()
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {referent.email, demande.created_by.email}
    told = letters[referent.email]
    assert demande.number in told.subject and "Déjà payé" not in told.body and "refus" not in told.body.lower()
    assert f"/structure/{demande.employer.public_id}/prises-en-charge/{demande.public_id}/" in told.body


def test_the_delay_is_a_dated_rule():
    Rule.objects.create(code="funding.withdrawal_minutes", value=5)
    demande = made.filed()
    actions.grant(demande, by=made.officer_of(demande.opco))
    delay = Decision.objects.get().notify_at - Decision.objects.get().at
    assert delay == datetime.timedelta(minutes=5)


@pytest.mark.parametrize("verdict", ["grant", "part", "refuse", "complement"])
def test_withdrawn_in_time_nothing_leaves(run_jobs, verdict):
    demande = made.filed()
    officer = made.officer_of(demande.opco)
    decide = {
        "grant": lambda: actions.grant(demande, by=officer),
        "part": lambda: actions.grant(demande, by=officer, partly=True, amount=D(100)),
        "refuse": lambda: actions.refuse(demande, by=officer, reason="double emploi", sentence="Non."),
        "complement": lambda: actions.ask_complement(demande, by=officer, sentence="Signez-la."),
    }
    decide[verdict]()
    found = actions.withdraw(demande, by=officer)
    assert found.state == found.announced_state == State.FILED
    assert found.granted_amount is None and found.agreement_number == ""
    assert found.beneficiaries.get().granted_minutes is None
    later(1)
    run_jobs()
    assert Decision.objects.get().notified_at is None and mail.outbox == []
    decide[verdict]()
    assert made.fresh(demande).state != State.FILED


def test_too_late_to_withdraw():
    demande = made.filed()
    officer = made.officer_of(demande.opco)
    assert "Aucune décision n’attend" in refused(actions.withdraw, demande, by=officer)
    actions.grant(demande, by=officer)
    later(1)
    assert "ne se retire plus" in refused(actions.withdraw, demande, by=officer)
    made.announced(demande)
    assert "ne se retire plus" in refused(actions.withdraw, demande, by=officer)


def test_one_decision_at_a_time():
    demande = made.held()
    officer = made.officer_of(demande.opco)
    actions.validate(demande, by=officer)
    pay = {"amount": D(450), "paid_on": made.today(), "reference": "VIR-1", "by": officer}
    assert "La décision précédente part à" in refused(actions.pay, demande, **pay)


def test_the_parties_move_nothing_while_a_decision_is_to_notify():
    demande = made.filed()
    actions.grant(demande, by=made.officer_of(demande.opco))
    assert "examine ce dossier" in refused(actions.cancel, demande, reason="trop tard", by=demande.created_by)


@pytest.mark.parametrize("role", [Role.TRAINER, Role.TRAINING_MANAGER])
def test_an_officer_who_works_for_the_organisme_decides_nothing(role):
    demande = made.filed()
    officer = made.officer_of(demande.opco)
    MembershipFactory(person=officer, organisation=demande.session.organisation, role=role)
    assert "Vous formez" in refused(actions.grant, demande, by=officer)


def test_an_officer_who_led_a_half_day_decides_nothing_even_once_gone():
    demande = made.filed()
    officer = made.officer_of(demande.opco)
    demande.session.half_days.first().trainers.add(officer)
    assert "Vous formez" in refused(actions.refuse, demande, by=officer, reason="x", sentence="y")


def test_an_officer_who_is_trained_or_asks_decides_nothing():
    demande = made.filed()
    officer = made.officer_of(demande.opco)
    whose = demande.beneficiaries.get().registration
    Registration.objects.filter(pk=whose.pk).update(person=officer)
    assert "au nombre des personnes formées" in refused(actions.grant, demande, by=officer)
    other = made.officer_of(demande.opco)
    MembershipFactory(person=other, organisation=demande.employer, role=Role.STRUCTURE_REFERENT)
    assert "Vous répondez de l’employeur" in refused(actions.ask_complement, demande, by=other, sentence="?")


def merged_into(kept, merged):
    """As a merge of structures leaves them: the memberships followed."""
    Membership.objects.filter(organisation=merged).update(organisation=kept)
    type(kept).objects.filter(pk=merged.pk).update(merged_into=kept)


def test_after_a_merge_who_answers_for_the_structure_that_stands_decides_nothing():
    demande = made.filed()
    officer = made.officer_of(demande.opco)
    middle, kept = OrganisationFactory(), OrganisationFactory()
    MembershipFactory(person=officer, organisation=demande.employer, role=Role.STRUCTURE_REFERENT)
    merged_into(middle, demande.employer)
    merged_into(kept, middle)
    officer = type(officer).objects.get(pk=officer.pk)
    assert "Vous répondez de l’employeur" in refused(actions.grant, demande, by=officer)


def test_after_a_merge_the_structure_that_stands_follows_its_demande():
    demande = made.filed()
    referent = made.referent_of(demande.employer)
    kept = OrganisationFactory()
    merged_into(kept, demande.employer)
    home = f"/structure/{kept.public_id}/prises-en-charge/"
    desk = signed_in(type(referent).objects.get(pk=referent.pk))
    assert demande.number in desk.get(home).content.decode()
    assert desk.get(f"{home}{demande.public_id}/").status_code == 200


def test_somebody_found_to_be_the_one_who_prepared_it_decides_nothing():
    demande = made.filed()
    officer = made.officer_of(demande.opco)
    former = demande.created_by
    type(former).objects.filter(pk=former.pk).update(merged_into=officer)
    Membership.objects.filter(person=former).delete()
    assert "vous avez préparé cette demande" in refused(actions.grant, demande, by=officer)


def test_both_memberships_at_once_decide_nothing_one_by_one_nor_together():
    demande = made.filed()
    officer = made.officer_of(demande.opco)
    MembershipFactory(person=officer, organisation=demande.session.organisation, role=Role.TRAINING_MANAGER)
    officer = type(officer).objects.get(pk=officer.pk)
    for act in (actions.grant, actions.validate, actions.withdraw):
        assert "Vous formez" in refused(act, demande, by=officer) or act is actions.validate
    line = actions.decide_many([demande], Verdict.GRANT, by=officer).lines.get()
    assert line.decided is False and "Vous formez" in line.why
    assert made.fresh(demande).state == State.FILED
