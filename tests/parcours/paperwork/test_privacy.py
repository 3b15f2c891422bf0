import pytest

from lms.kernel.privacy import export_person
from parcours.paperwork import actions
from parcours.paperwork.documents.connections import connections_content
from parcours.paperwork.documents.pieces import digest
from parcours.paperwork.lifecycle import TextKind
from tests.parcours.learning.factories import activity, finish
from tests.parcours.paperwork.factories import live_session, organisme, seat


@pytest.mark.django_db
def test_a_person_takes_away_what_was_handed_signed_and_issued():
    organisation = organisme()
    actions.publish_text(organisation, TextKind.LIVRET, "Bonjour.", by=None)
    one = seat(live_session(organisation, online=True))
    actions.deliver_texts(one)
    finish(one.enrolment, activity(one.enrolment, 0))
    row = actions.sign_connections(one, by=one.person, read=digest(connections_content(one)))
    exported = export_person(one.person)
    assert exported["documents d’une session"]["données"][0]["document"] == row.paper.number
    assert exported["signatures de documents"]["données"][0]["nom"] == one.person.full_name
    assert exported["remises de textes"]["données"][0]["texte"] == "livret d’accueil, version 1"
