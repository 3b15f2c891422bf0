import pytest

from parcours.colleagues.lifecycle import INVITATION, LIST, InvitationState, ListState
from parcours.colleagues.models import Invitation
from tests.organisations.factories import OrganisationFactory
from tests.parcours.colleagues.factories import FAULTY, draft, referent_of

OPEN_OF_LISTS = {
    (ListState.DRAFT, "confirm_list"),
    (ListState.DRAFT, "expire_list"),
    (ListState.CONFIRMED, "start_list"),
    (ListState.RUNNING, "finish_list"),
}
OPEN_OF_INVITATIONS = {(InvitationState.SENT, move) for move in INVITATION.transitions}


def a_list(state):
    """A list whose guards are satisfied for every move."""
    structure = OrganisationFactory()
    found = draft(structure, referent_of(structure))
    if state == ListState.RUNNING:
        found.lines.update(outcome="enrolled")
    found.state = state
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("move", list(LIST.transitions))
@pytest.mark.parametrize("state", ListState.values)
def test_only_the_moves_of_the_table_are_open_to_a_list(state, move):
    assert (LIST.refusals(a_list(state), move) == []) == ((state, move) in OPEN_OF_LISTS)


@pytest.mark.parametrize("move", list(INVITATION.transitions))
@pytest.mark.parametrize("state", InvitationState.values)
def test_only_the_moves_of_the_table_are_open_to_an_invitation(state, move):
    assert (INVITATION.refusals(Invitation(state=state), move) == []) == ((state, move) in OPEN_OF_INVITATIONS)


@pytest.mark.django_db
def test_a_list_with_something_to_correct_says_how_much():
    structure = OrganisationFactory()
    found = draft(structure, referent_of(structure), FAULTY)
    assert LIST.refusals(found, "confirm_list") == ["Il reste 2 lignes à corriger ou à écarter."]
    found.lines.update(status="excluded")
    assert LIST.refusals(found, "confirm_list") == ["Cette liste ne contient personne à inscrire."]


@pytest.mark.django_db
def test_a_list_is_not_over_while_lines_wait():
    found = a_list(ListState.RUNNING)
    found.lines.filter(line=2).update(outcome="")
    assert LIST.refusals(found, "finish_list") == ["Des lignes attendent encore leur tour."]
