import datetime

import pytest
from django.core import mail
from django.utils import timezone

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry
from parcours.quality import actions
from parcours.quality.lifecycle import COMPLAINING, ComplaintState
from parcours.quality.models import Complaint
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.quality.factories import complain, manager_of, number, organisme

pytestmark = pytest.mark.django_db

OPEN = {
    (ComplaintState.WAITING, "complain_again"),
    (ComplaintState.WAITING, "answer_complaint"),
    (ComplaintState.ANSWERED, "complain_again"),
    (ComplaintState.ANSWERED, "answer_complaint"),
    (ComplaintState.ANSWERED, "close_complaint"),
    (ComplaintState.WAITING, "close_complaint"),
}


@pytest.mark.parametrize("move", list(COMPLAINING.transitions))
@pytest.mark.parametrize("state", ComplaintState.values)
def test_only_the_moves_of_the_table_are_open(state, move):
    answered = Complaint(state=state, answered_at=timezone.now())
    assert (COMPLAINING.refusals(answered, move) == []) == ((state, move) in OPEN)


def test_a_complaint_is_numbered_and_its_receipt_says_the_number_and_the_delay(run_jobs):
    complaint = complain(organisme())
    run_jobs()
    receipt = next(one for one in mail.outbox if one.to == ["lea@exemple.fr"])
    assert complaint.number == f"R-{timezone.localdate().year}-0001"
    assert complaint.number in receipt.subject
    assert "sous dix jours ouvrés" in receipt.body
    assert f"/reclamations/suivi/{complaint.grant.token}/" in receipt.body


def test_those_who_answer_for_the_organisme_are_told_without_what_it_says(run_jobs):
    organisation = organisme()
    manager = manager_of(organisation)
    complain(organisation, text="Le formateur a crié.")
    run_jobs()
    jobs_later = [one for one in mail.outbox if one.to == [manager.email]]
    assert all("crié" not in one.body for one in jobs_later)


def test_the_same_form_sent_twice_makes_one_complaint():
    organisation, twice = organisme(), number()
    assert complain(organisation, client_id=twice) == complain(organisation, client_id=twice)
    assert Complaint.objects.count() == 1


def test_an_answer_goes_by_mail_and_the_delay_is_counted(run_jobs):
    organisation = organisme()
    complaint = complain(organisation)
    Complaint.objects.update(received_at=timezone.now() - datetime.timedelta(days=3, hours=2))
    answered = actions.answer_complaint(
        complaint, text="La clé est désormais à l’accueil.", client_id=number(), by=manager_of(organisation)
    )
    run_jobs()
    assert answered.days_taken == 3
    assert any("La clé est désormais à l’accueil." in one.body for one in mail.outbox)


def test_nothing_is_closed_without_an_answer():
    organisation = organisme()
    with pytest.raises(TransitionRefused, match="se clôt par une réponse"):
        actions.close_complaint(complain(organisation), by=manager_of(organisation))


def test_an_answer_may_close_and_then_nothing_is_added():
    organisation = organisme()
    complaint = complain(organisation)
    by = manager_of(organisation)
    closed = actions.answer_complaint(complaint, text="Voilà.", client_id=number(), by=by, close=True)
    assert closed.is_closed and closed.closed_at
    with pytest.raises(TransitionRefused):
        actions.complain_again(closed, text="Encore.", client_id=number())
    assert JournalEntry.objects.filter(verb="quality.close_complaint", by=by).exists()


def test_a_precision_after_an_answer_begins_the_delay_again():
    organisation = organisme()
    complaint = complain(organisation)
    actions.answer_complaint(complaint, text="Voilà.", client_id=number(), by=manager_of(organisation))
    Complaint.objects.update(due_at=timezone.now() - datetime.timedelta(days=1))
    again = actions.complain_again(complaint, text="Ce n’est pas réglé.", client_id=number())
    assert again.is_waiting and not again.is_late()


def test_the_thirty_first_message_is_refused_with_what_to_do():
    complaint = complain(organisme())
    for _ in range(29):
        actions.complain_again(complaint, text="Encore.", client_id=number())
    with pytest.raises(TransitionRefused, match="trente messages"):
        actions.complain_again(complaint, text="Encore.", client_id=number())


def test_a_complaint_to_nobody_goes_to_the_national_team():
    pilot = MembershipFactory(role="pilot", organisation=OrganisationFactory(kind="anct")).person
    complaint = complain(None)
    assert complaint in Complaint.objects.visible_to(pilot)
    assert complaint not in Complaint.objects.visible_to(manager_of(organisme()))


def test_three_years_after_its_closing_who_wrote_is_forgotten_but_not_the_delay():
    organisation = organisme()
    complaint = complain(organisation, name="Léa Martin")
    actions.answer_complaint(complaint, text="Voilà.", client_id=number(), by=manager_of(organisation), close=True)
    Complaint.objects.update(closed_at=timezone.now() - datetime.timedelta(days=1100))
    actions.forget_complaints(timezone.now() - actions.COMPLAINTS_KEPT)
    complaint.refresh_from_db()
    assert (complaint.name, complaint.email, complaint.subject) == ("", "", "")
    assert {one.text for one in complaint.messages.all()} == {""}
    assert complaint.number and complaint.answered_at
