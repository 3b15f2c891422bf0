import pytest

from lms.accounts.events import person_erased
from lms.kernel.privacy import export_person
from parcours.quality import actions
from parcours.quality.models import SurveyRequest
from tests.accounts.factories import PersonFactory
from tests.parcours.quality.factories import complain, held_session, load, organisme

pytestmark = pytest.mark.django_db


def test_a_person_gets_back_their_complaints_and_the_demands_they_received():
    load()
    session = held_session(people=1)
    person = session.registrations.get().person
    complain(organisme(), person=person, subject="Ma réclamation")
    actions.ask_appreciations(session, moment="hot")
    exported = str(export_person(person))
    assert "Ma réclamation" in exported and "Votre avis à la fin de la session" in exported


def test_an_erased_person_leaves_numbers_and_dates_only():
    person = PersonFactory()
    complaint = complain(organisme(), person=person, name="Léa Martin")
    person_erased.send(sender=type(person), person=person, by=None)
    complaint.refresh_from_db()
    assert (complaint.name, complaint.email, complaint.person) == ("", "", None)
    assert complaint.number
    assert not SurveyRequest.objects.exclude(email="").filter(person=person).exists()
