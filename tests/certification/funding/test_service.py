from decimal import Decimal

import pytest

from certification.funding import actions
from certification.funding.lifecycle import PieceKind, Side, State, Why
from certification.funding.models import Beneficiary, Demande
from parcours.paperwork import actions as papers
from tests.certification.funding import factories as made
from tests.certification.funding.factories import pay, refused

pytestmark = pytest.mark.django_db
D = Decimal


def test_service_is_declared_once_the_session_is_over():
    demande = made.granted(days=20)
    by = made.manager_of(demande.session.organisation)
    assert "La session n’est pas finie" in refused(actions.declare_service, demande, invoice=None, billed={}, by=by)


def test_what_lacks_to_declare_service_is_a_list():
    demande = made.granted(days=-10)
    by = made.manager_of(demande.session.organisation)
    whose = demande.beneficiaries.get()
    said = refused(actions.declare_service, demande, invoice=None, billed={whose.pk: 420}, by=by)
    assert "Certificat de réalisation absent" in said and "Aucune facture" in said
    assert made.fresh(demande).state == State.GRANTED


def test_an_invoice_of_another_file_is_refused():
    demande, other = made.granted(days=-10), made.granted(days=-10)
    by = made.manager_of(demande.session.organisation)
    theirs = made.invoice_of(other, by=made.manager_of(other.session.organisation))
    said = refused(actions.declare_service, demande, invoice=theirs, billed={}, by=by)
    assert "n’est pas de ce dossier" in said


def test_what_matches_is_validated_and_its_amount_is_due():
    demande = made.held()
    assert (demande.mismatches, demande.explained) == (0, 0)
    found = actions.validate(demande, by=made.officer_of(demande.opco))
    assert found.state == State.VALIDATED and found.due_amount == made.COST


def test_a_mismatch_is_explained_before_it_is_validated():
    demande = made.held(people=2, absent=[1])
    officer = made.officer_of(demande.opco)
    assert demande.mismatches == 1
    assert "1 écart à expliquer" in refused(actions.validate, demande, by=officer)
    by = made.manager_of(demande.session.organisation)
    whole, missed = demande.beneficiaries.order_by("pk")
    assert "rien à expliquer" in refused(actions.explain, whole, why=Why.SICK, note="", by=by)
    assert "Dites en une phrase" in refused(actions.explain, missed, why=Why.OTHER, note=" ", by=by)
    assert "Choisissez la raison" in refused(actions.explain, missed, why="rien", note="", by=by)
    found = actions.explain(missed, why=Why.SICK, note="", by=by)
    assert (found.mismatches, found.explained) == (0, 1)
    assert actions.validate(demande, by=officer).state == State.VALIDATED


def test_an_explanation_falls_when_something_else_differs():
    demande = made.held(absent=[0])
    by = made.manager_of(demande.session.organisation)
    whose = demande.beneficiaries.get()
    actions.explain(whose, why=Why.SICK, note="", by=by)
    Beneficiary.objects.filter(pk=whose.pk).update(billed_minutes=480)
    assert actions.recheck(demande).mismatches == 1


def test_a_credit_note_is_seen_by_the_clock():
    demande = made.held()
    invoice, by = demande.invoice, made.manager_of(demande.session.organisation)
    values = {"number": "A-1", "issued_on": made.today(), "payer_name": "x", "net": invoice.gross, "vat": D(0)}
    papers.record_invoice(demande.session, parts=[], by=by, credit_of=invoice, **values)
    assert made.fresh(demande).mismatches == 0
    assert actions.recheck_all() == 1
    assert made.fresh(demande).mismatches == 1


def test_a_complement_is_answered_and_comes_back_where_it_was():
    demande = made.filed()
    officer = made.officer_of(demande.opco)
    made.announced(actions.ask_complement(demande, by=officer, sentence="Signez-la."))
    assert "vide" in refused(actions.answer, demande, text=" ", by=demande.created_by)
    found = actions.answer(demande, text="Voici.", by=demande.created_by)
    assert found.state == State.FILED and found.decisions.get().answer == "Voici."
    again = made.held(absent=[0])
    officer = made.officer_of(again.opco)
    made.announced(actions.ask_complement(again, by=officer, sentence="Facture ?"))
    assert actions.answer(again, text="Voici.", by=again.created_by).state == State.SERVICE


def test_an_answer_that_is_refused_joins_nothing():
    demande = made.held(absent=[0])
    officer, by = made.officer_of(demande.opco), made.manager_of(demande.session.organisation)
    made.announced(actions.signal_anomaly(demande, by=officer, sentence="3 h 30 non faites."))
    piece = {"file": made.pdf_file(), "kind": PieceKind.INVOICE, "side": Side.TRAINING}
    whose, before = demande.beneficiaries.get(), demande.pieces.count()
    values = {"text": "Voici.", "by": by, "piece": piece, "invoice": None, "billed": {whose.pk: 210}}
    assert "Aucune facture" in refused(actions.answer, demande, **values)
    assert demande.pieces.count() == before and made.fresh(demande).state == State.ANOMALY


def test_an_anomaly_is_answered_with_a_corrected_bill():
    demande = made.held(absent=[0])
    officer, by = made.officer_of(demande.opco), made.manager_of(demande.session.organisation)
    made.announced(actions.signal_anomaly(demande, by=officer, sentence="3 h 30 non faites."))
    assert made.fresh(demande).state == State.ANOMALY
    whose = demande.beneficiaries.get()
    told = {"payer_name": str(demande.opco), "net": D(225), "vat": D(0), "issued_on": made.today(), "by": by}
    corrected = papers.record_invoice(demande.session, number="F-CORRIGEE", parts=[], **told)
    found = actions.answer(demande, text="Corrigé.", by=by, invoice=corrected, billed={whose.pk: 210})
    assert found.state == State.SERVICE and found.mismatches == 0


def test_paid_in_several_times():
    demande = made.validated()
    assert pay(demande, 200).state == State.PARTLY_PAID
    demande = made.announced(demande)
    assert actions.left_to_pay(demande) == D(250)
    assert pay(demande, 250).state == State.PAID


def test_never_above_what_is_due():
    demande = made.validated()
    assert "dépasse de 50,00 €" in refused(pay, demande, 500).replace("\u00a0", " ")
    found = made.announced(pay(demande, 400))
    assert "dépasse de 0,01 €" in refused(pay, found, "50.01").replace("\u00a0", " ")
    assert found.payments.count() == 1 and pay(found, 50).state == State.PAID


def test_a_payment_taken_back_counts_no_more():
    demande = made.validated()
    pay(demande, 450)
    found = actions.withdraw(demande, by=made.officer_of(demande.opco))
    assert found.state == State.VALIDATED and actions.left_to_pay(found) == made.COST


def test_settled_for_less_it_is_closed():
    demande = made.validated()
    found = made.announced(pay(demande, 400, settles=True))
    assert found.state == State.PARTLY_PAID and found.settled
    assert Demande.objects.in_pile("closes").get() == found and not Demande.objects.in_pile("a-payer").exists()
    assert "soldé" in refused(pay, found, 50)


def test_a_payment_to_come_is_not_a_payment():
    assert "à venir" in refused(pay, made.validated(), 450, paid_on=made.in_days(1))


def test_a_rejection_taken_back_is_due_again():
    demande = made.validated()
    officer = made.officer_of(demande.opco)
    actions.reject(demande, by=officer, reason="pièces manquantes", sentence="Sans relevé.")
    assert actions.withdraw(demande, by=officer).due_amount == made.COST
