import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from certification.funding import actions
from certification.funding.lifecycle import State, Verdict
from certification.funding.models import Payment
from lms.kernel.models import JournalEntry
from lms.organisations.models import Role
from tests.certification.funding import factories as made
from tests.certification.funding.factories import at, later, pay, plain, refused
from tests.organisations.factories import MembershipFactory

pytestmark = pytest.mark.django_db
D = Decimal


def paid(**values):
    demande = made.validated(**values)
    return made.announced(pay(demande, 450))


def test_a_payment_is_corrected_by_its_opposite_and_never_edited(opco, officer):
    demande = paid(opco=opco)
    first = demande.payments.get()
    found = actions.correct_payment(first, why="Le virement a été rejeté.", by=officer)
    assert found.state == State.VALIDATED and actions.left_to_pay(found) == D(450)
    opposite = found.payments.get(corrects=first)
    assert opposite.amount == D(-450) and opposite.why == "Le virement a été rejeté."
    assert Payment.objects.get(pk=first.pk).amount == D(450)
    assert JournalEntry.objects.filter(verb="funding.correct").exists()
    again = made.announced(found)
    assert again.announced_state == State.VALIDATED
    assert pay(again, 440).state == State.PARTLY_PAID


def test_one_of_two_payments_is_corrected(opco, officer):
    demande = made.announced(pay(made.validated(opco=opco), 200))
    demande = made.announced(pay(demande, 250))
    assert demande.state == State.PAID
    found = actions.correct_payment(demande.payments.get(amount=200), why="Doublon.", by=officer)
    assert found.state == State.PARTLY_PAID and actions.left_to_pay(found) == D(200)


def test_a_correction_is_taken_back_until_it_is_notified(opco, officer):
    demande = paid(opco=opco)
    first = demande.payments.get()
    actions.correct_payment(first, why="Erreur.", by=officer)
    found = actions.withdraw(demande, by=officer)
    assert found.state == State.PAID and actions.left_to_pay(found) == 0
    assert actions.correct_payment(first, why="Si, erreur.", by=officer).state == State.VALIDATED
    later(1)
    assert "ne se retire plus" in refused(actions.withdraw, demande, by=officer)


def test_a_balance_that_is_corrected_opens_the_file_again(opco, officer):
    demande = made.announced(pay(made.validated(opco=opco), 400, settles=True))
    assert demande.settled
    found = actions.correct_payment(demande.payments.get(), why="Solde noté trop tôt.", by=officer)
    assert found.state == State.VALIDATED and not found.settled
    assert actions.withdraw(found, by=officer).settled


def test_what_cannot_be_corrected_is_said(opco, officer):
    demande = paid(opco=opco)
    first = demande.payments.get()
    assert "Dites en une phrase" in refused(actions.correct_payment, first, why="  ", by=officer)
    made.announced(actions.correct_payment(first, why="Erreur.", by=officer))
    assert "déjà corrigé" in refused(actions.correct_payment, first, why="Encore.", by=officer)
    opposite = demande.payments.get(corrects=first)
    assert "déjà corrigé" in refused(actions.correct_payment, opposite, why="Non.", by=officer)


def test_who_trains_corrects_nothing(opco):
    demande = paid(opco=opco)
    other = made.officer_of(opco)
    MembershipFactory(person=other, organisation=demande.session.organisation, role=Role.TRAINER)
    said = refused(actions.correct_payment, demande.payments.get(), why="Erreur.", by=other)
    assert "Vous formez" in said


def test_the_database_refuses_a_negative_payment_without_a_reason(opco):
    first = paid(opco=opco).payments.get()
    for values in ({"amount": D(-1)}, {"amount": D(-1), "corrects": first}, {"amount": D(1), "corrects": first}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Payment.objects.filter(pk=first.pk).update(**values)


def test_a_payment_is_not_older_than_its_agreement(opco):
    demande = made.validated(opco=opco)
    said = refused(made.pay, demande, 450, paid_on=demande.agreed_on - datetime.timedelta(days=365))
    assert "précède celle de l’accord" in said
    assert not demande.payments.exists()


def test_corrected_on_screen(desk, opco):
    demande = paid(opco=opco)
    first = demande.payments.get()
    url = at(demande, f"paiements/{first.pk}/corriger")
    assert f"paiements/{first.pk}/corriger/" in plain(desk.get(at(demande)))
    assert "Dites en une phrase" in plain(desk.post(url, {"why": ""}))
    told = plain(desk.post(url, {"why": "Virement rejeté."}, follow=True))
    assert "La contre-écriture est notée" in told and "contre-écriture : Virement rejeté." in told
    assert desk.get(url).status_code == 404
    made.announced(demande)
    by = made.manager_of(demande.session.organisation)
    from tests.permissions.matrix import signed_in

    home = f"/formation/sessions/{demande.session.public_id}/prises-en-charge/{demande.public_id}/"
    assert "contre-écriture : Virement rejeté." in plain(signed_in(by).get(home))


@pytest.mark.parametrize("subrogation", [True, False])
def test_the_page_says_who_pays_whom_and_what_is_left_to_the_employer(desk, opco, officer, subrogation):
    demande = made.filed(opco=opco)
    told = {"partly": True, "amount": D(300), "subrogation": subrogation}
    made.announced(actions.grant(demande, by=officer, **told))
    shown = plain(desk.get(at(demande)))
    assert "Reste à la charge de l’employeur" in shown and "150,00 €" in shown
    assert ("par subrogation" in shown) == subrogation
    assert ("qui a payé l’organisme et se fait rembourser" in shown) != subrogation


def test_a_service_declared_after_the_end_of_the_agreement_is_a_mismatch(desk, opco):
    demande = made.held(opco=opco)
    type(demande).objects.filter(pk=demande.pk).update(expires_on=made.in_days(-1))
    assert actions.recheck(demande).mismatches == 1
    assert "service fait déclaré après la fin de l’accord" in plain(desk.get(at(demande)))


def test_an_anomaly_is_reported_with_its_evidence(desk, opco):
    demande = made.held(opco=opco, absent=[0])
    told = {"sentence": "3 h 30 facturées, deuxième demi-journée non signée."}
    told = plain(desk.post(at(demande, "signaler-une-anomalie"), told, follow=True))
    decision = demande.decisions.get(verdict=Verdict.ANOMALY)
    assert f"anomalies/{decision.pk}/" in told
    evidence = decision.evidence
    assert evidence["lines"][0]["billed"] == 420 and evidence["lines"][0]["signed"] == 210
    person = demande.beneficiaries.get().registration.person
    assert person.last_name not in str(evidence)
    assert len(evidence["pieces"][-1]["sha256"]) in (0, 64) and evidence["pieces"]
    shown = plain(desk.get(at(demande, f"anomalies/{decision.pk}")))
    assert person.full_name in shown and "3 h 30 facturées non faites" in shown and "Empreinte" in shown
    assert desk.get(at(made.held(opco=opco), f"anomalies/{decision.pk}")).status_code == 404
