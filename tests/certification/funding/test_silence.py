"""An officer asks and nobody answers: she waits until the day she gave, then concludes without an answer."""

import datetime

import pytest
from django.utils import timezone

from certification.funding import actions
from certification.funding.lifecycle import State
from certification.funding.models import Decision, Demande
from tests.certification.funding import factories as made
from tests.certification.funding.factories import at, plain, refused

pytestmark = pytest.mark.django_db
WHY = {"reason": "les pièces demandées n’ont pas été fournies", "sentence": "Le devis manque toujours."}


def asked(demande, officer, reply_by=None):
    return made.announced(actions.ask_complement(demande, by=officer, sentence="Joignez-le.", reply_by=reply_by))


def test_a_demande_nobody_completes_is_refused_once_the_day_has_passed(desk, officer, opco):
    demande = asked(made.filed(opco=opco), officer, made.in_days(3))
    shown = plain(desk.get(at(demande)))
    assert "Une réponse est attendue jusqu’au" in shown and "Refuser" not in shown
    assert "Une réponse est attendue jusqu’au" in plain(desk.get(at(demande, "refuser")))
    assert "pourrez conclure" in refused(actions.refuse, demande, by=officer, **WHY)
    Decision.objects.update(reply_by=made.in_days(-1))
    assert "Personne n’a répondu" in plain(desk.get(at(demande)))
    assert "c’est noté pour le dossier" in plain(desk.post(at(demande, "refuser"), WHY, follow=True))
    assert made.fresh(demande).state == State.REFUSED
    found = actions.withdraw(demande, by=officer)
    assert found.state == found.announced_state == State.COMPLEMENT
    actions.refuse(demande, by=officer, **WHY)
    assert made.announced(demande).announced_state == State.REFUSED
    assert not demande.beneficiaries.filter(live=True).exists()


def test_a_payment_nobody_justifies_is_rejected(officer, opco):
    demande = asked(made.held(opco=opco, absent=[0]), officer)
    assert "rejetez plutôt" in refused(actions.refuse, demande, by=officer, **WHY)
    actions.reject(demande, by=officer, **WHY)
    assert actions.withdraw(demande, by=officer).state == State.COMPLEMENT
    assert made.announced(actions.reject(demande, by=officer, **WHY)).state == State.REJECTED


def test_an_anomaly_nobody_answers_ends_in_a_rejection(desk, officer, opco):
    demande = made.held(opco=opco, absent=[0])
    made.announced(actions.signal_anomaly(demande, by=officer, sentence="Une demi-journée n’est pas signée."))
    assert "Rejeter le paiement" in plain(desk.get(at(demande)))
    actions.reject(demande, by=officer, **WHY)
    assert actions.withdraw(demande, by=officer).state == State.ANOMALY


def test_a_demande_not_declared_yet_is_refused_and_not_rejected(officer, opco):
    demande = asked(made.filed(opco=opco), officer)
    assert "refusez plutôt" in refused(actions.reject, demande, by=officer, **WHY)


def test_a_decision_taken_back_leaves_the_file_as_old_as_it_was(officer, opco):
    demande = made.held(opco=opco)
    declared = timezone.now() - datetime.timedelta(days=6)
    before = declared - datetime.timedelta(days=40)
    Demande.objects.update(waiting_since=declared, service_declared_at=declared, filed_at=before)
    Decision.objects.update(at=before)
    actions.validate(demande, by=officer)
    assert actions.withdraw(demande, by=officer).waiting_since == declared


def test_an_answer_too_tells_since_when_a_file_waits(officer, opco):
    demande = asked(made.filed(opco=opco), officer)
    actions.answer(demande, text="Le voici.", by=demande.created_by)
    answered = timezone.now() - datetime.timedelta(days=2)
    Decision.objects.update(answered_at=answered, at=answered - datetime.timedelta(days=9))
    Demande.objects.update(filed_at=answered - datetime.timedelta(days=20), waiting_since=answered)
    actions.grant(demande, by=officer)
    assert actions.withdraw(demande, by=officer).waiting_since == answered
