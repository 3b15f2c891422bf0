"""The invoice beside the hours, the agreement and the other files; what an officer admits with a sentence."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from certification.funding import actions
from certification.funding.lifecycle import PieceKind, Side, State
from certification.funding.models import Demande
from lms.kernel.models import JournalEntry
from parcours.paperwork import actions as papers
from tests.certification.funding import factories as made
from tests.certification.funding.factories import at, plain, refused
from tests.organisations.factories import MembershipFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
D = Decimal
DEARER = "225,00 € facturés de plus que ne valent les heures facturées"


def advanced(*, opco, officer, granted=300, billed=450):
    """The employer paid the organisme, and is paid back in part."""
    demande = made.filed(opco=opco, days=-10)
    demande = made.announced(actions.grant(demande, by=officer, partly=True, amount=D(granted), subrogation=False))
    by = made.manager_of(demande.session.organisation)
    one = demande.beneficiaries.get()
    made.hold(demande.session, one.registration)
    papers.issue_certificate(one.registration, by=by)
    told = {"payer_name": str(demande.employer), "net": D(billed), "vat": D(0), "issued_on": made.today(), "by": by}
    invoice = papers.record_invoice(demande.session, number=f"E-{demande.number}", parts=[], **told)
    return actions.declare_service(demande, invoice=invoice, billed={one.pk: made.MINUTES}, by=by)


def test_hours_that_were_missed_are_not_paid_though_nobody_bills_them_as_hours(desk, officer, opco):
    demande = made.held(opco=opco, absent=[0], billed=210)
    assert demande.mismatches == 1
    shown = plain(desk.get(at(demande)))
    assert DEARER in shown
    for label, amount in (("Facturé pour ce dossier", "450"), ("Valeur des heures facturées", "225")):
        assert f"{amount},00 €" in shown.split(label, 1)[1][:200]
    assert "225,00 €" in shown.split("Serait à payer", 1)[1][:200]
    assert "écart à expliquer" in refused(actions.validate, demande, by=officer)


def test_what_differs_is_admitted_with_a_sentence_then_validated(desk, opco):
    demande = made.held(opco=opco, absent=[0], billed=210)
    assert "Admettre l’écart" in plain(desk.get(at(demande)))
    assert "Pourquoi cet écart est admis" in plain(desk.get(at(demande, "admettre")))
    assert desk.post(at(demande, "admettre"), {"note": " "}).status_code == 422
    assert desk.post(at(demande, "admettre"), {"note": "x" * 301}).status_code == 422
    told = plain(desk.post(at(demande, "admettre"), {"note": "Forfait de branche, avis du 2 mars."}, follow=True))
    assert "admis par l’OPCO : Forfait de branche" in told and "Valider le service fait" in told
    assert JournalEntry.objects.filter(verb="funding.admit").count() == 1
    found = made.fresh(demande)
    assert (found.mismatches, found.explained) == (0, 1)
    assert "Rien n’est à admettre" in plain(desk.get(at(demande, "admettre")))
    desk.post(at(demande, "valider"))
    assert made.fresh(demande).due_amount == D("450.00")
    home = f"/formation/sessions/{demande.session.public_id}/prises-en-charge/{demande.public_id}/"
    assert "Forfait de branche" in plain(signed_in(made.manager_of(demande.session.organisation)).get(home))


def test_what_was_admitted_is_to_judge_again_once_the_amount_changes(officer, opco):
    demande = made.held(opco=opco, absent=[0], billed=210)
    actions.admit(demande, note="Forfait.", by=officer)
    demande.beneficiaries.update(billed_minutes=180)
    assert actions.recheck(demande).mismatches == 1


def test_a_wrong_invoice_an_explained_hour_or_a_settled_file_is_not_admitted(officer, opco):
    other = made.held(opco=opco, absent=[0])
    assert "Aucun écart" in refused(actions.admit, other, note="Non.", by=officer)
    paid = made.validated(opco=opco)
    assert "Aucun écart" in refused(actions.admit, paid, note="Non.", by=officer)
    assert "entre la déclaration" in refused(actions.admit, made.filed(opco=opco), note="Non.", by=officer)


def test_who_trains_admits_nothing(officer, opco):
    demande = made.held(opco=opco, absent=[0], billed=210)
    MembershipFactory(person=officer, organisation=demande.session.organisation, role="trainer")
    again = type(officer).objects.get(pk=officer.pk)
    assert "Vous formez" in refused(actions.admit, demande, note="Forfait.", by=again)


def test_an_agreement_that_ended_is_admitted_when_the_opco_extends_it(desk, officer, opco):
    demande = made.held(opco=opco)
    Demande.objects.update(expires_on=made.in_days(-1))
    actions.recheck(demande)
    assert "ou que vous l’aurez admis" in plain(desk.get(at(demande)))
    actions.admit(demande, note="Prolongé d’un mois par la commission.", by=officer)
    assert actions.validate(demande, by=officer).state == State.VALIDATED


def changed_once_validated(opco, **values):
    demande = made.announced(made.validated(opco=opco))
    Demande.objects.filter(pk=demande.pk).update(**values)
    return actions.recheck(demande)


def test_what_differs_after_the_validation_is_admitted_then_paid(desk, opco):
    demande = changed_once_validated(opco, expires_on=made.in_days(-1))
    assert "Admettre l’écart" in plain(desk.get(at(demande)))
    told = plain(desk.post(at(demande, "admettre"), {"note": "Prolongé par la commission."}, follow=True))
    assert "admis par l’OPCO" in told and "Enregistrer un paiement" in told and "Admettre l’écart" not in told
    assert (made.fresh(demande).mismatches, made.fresh(demande).due_amount) == (0, D("450.00"))


def test_what_differs_after_the_validation_is_signalled_answered_and_validated_again(desk, officer, opco):
    demande = changed_once_validated(opco, expires_on=made.in_days(-1))
    signalled = actions.signal_anomaly(demande, by=officer, sentence="L’accord est expiré.")
    assert actions.withdraw(signalled, by=officer).state == State.VALIDATED
    assert made.fresh(demande).due_amount == D("450.00")
    desk.post(at(demande, "signaler-une-anomalie"), {"sentence": "L’accord est expiré."})
    demande = made.announced(made.fresh(demande))
    assert (demande.state, demande.due_amount) == (State.ANOMALY, None)
    by = made.manager_of(demande.session.organisation)
    actions.answer(demande, by=by, text="Un avenant prolonge l’accord.")
    Demande.objects.filter(pk=demande.pk).update(expires_on=made.in_days(9))
    assert actions.validate(made.fresh(demande), by=officer).due_amount == D("450.00")


def test_nothing_is_signalled_of_a_validated_file_in_which_nothing_changed(officer, opco):
    demande = made.announced(made.validated(opco=opco))
    assert "rien n’a changé" in refused(actions.signal_anomaly, demande, by=officer, sentence="Non.")


def test_one_invoice_is_not_that_of_two_files(desk, officer, opco):
    first = made.held(opco=opco)
    by = made.manager_of(first.session.organisation)
    second = made.announced(actions.grant(made.filed(opco=opco, session=first.session), by=officer))
    whole = {"payer_name": str(opco), "net": D(450), "vat": D(0), "issued_on": made.today(), "by": by}
    invoice = papers.record_invoice(first.session, number="F-UNIQUE", parts=[], **whole)
    Demande.objects.filter(pk=first.pk).update(invoice=invoice)
    assert actions.recheck(first).mismatches == 0
    told = {one.pk: 0 for one in second.beneficiaries.all()}
    actions.declare_service(second, invoice=invoice, billed=told, by=by)
    shown = plain(desk.get(at(first)))
    assert "cette facture est aussi celle d’un autre dossier" in shown
    assert actions.recheck(first).mismatches == 1


def test_an_invoice_to_somebody_else_is_told_and_pays_nothing(desk, officer, opco):
    demande = made.held(opco=opco)
    demande.invoice.parts.update(payer_name="Région", payer_siret="")
    assert actions.recheck(demande).mismatches == 1
    assert "ne demande rien au payeur de ce dossier" in plain(desk.get(at(demande)))


def test_hours_billed_to_nobody_are_worth_nothing(desk, officer, opco):
    demande = advanced(opco=opco, officer=officer)
    demande.beneficiaries.update(billed_minutes=0)
    shown = plain(desk.get(at(actions.recheck(demande))))
    assert "450,00 € facturés de plus que ne valent les heures facturées" in shown


def test_an_employer_who_advanced_is_billed_more_than_is_granted_without_any_mismatch(desk, officer, opco):
    demande = advanced(opco=opco, officer=officer)
    shown = plain(desk.get(at(demande)))
    assert "au-delà de l’accord" not in shown
    assert demande.mismatches == 1 and "relevé de dépenses de l’employeur absent" in shown
    actions.add_piece(demande, made.pdf_file(), kind=PieceKind.EXPENSES, side=Side.EMPLOYER, by=demande.created_by)
    assert actions.recheck(demande).mismatches == 0
    assert actions.validate(demande, by=officer).due_amount == D(300)


def test_the_employer_hands_its_expenses_by_answering(officer, opco):
    demande = advanced(opco=opco, officer=officer)
    made.announced(actions.ask_complement(demande, by=officer, sentence="Le relevé de dépenses manque."))
    piece = {"file": made.pdf_file(), "kind": PieceKind.EXPENSES, "side": Side.EMPLOYER}
    found = actions.answer(demande, text="Le voici.", piece=piece, by=demande.created_by)
    assert (found.state, found.mismatches) == (State.SERVICE, 0)


def test_an_employer_billed_beyond_what_it_asked_is_a_mismatch(desk, officer, opco):
    demande = advanced(opco=opco, officer=officer, billed=500)
    assert "50,00 € facturés au-delà de l’accord" in plain(desk.get(at(demande)))


@pytest.mark.parametrize(
    "values",
    [
        {"granted_amount": D("450.01")},
        {"granted_amount": D(0)},
        {"due_amount": D("450.01")},
        {"due_amount": None},
        {"service_declared_at": None},
    ],
)
def test_the_database_refuses_what_must_never_be(opco, values):
    demande = made.validated(opco=opco)
    with pytest.raises(IntegrityError), transaction.atomic():
        Demande.objects.filter(pk=demande.pk).update(**values)


def test_the_database_keeps_who_took_a_decision_back(officer, opco):
    demande = made.filed(opco=opco)
    actions.grant(demande, by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        demande.decisions.update(withdrawn_at=demande.filed_at)
