from datetime import timedelta

import pytest
from django.utils import timezone

from lms.accounts.models import Person
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry, OutgoingMail
from parcours.colleagues import actions
from parcours.colleagues.models import EnrolmentList, ListLine
from parcours.learning.models import Enrolment
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.parcours.colleagues.factories import FAULTY, colleague_of, draft, edition_open, referent_of, statuses
from tests.parcours.learning.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db
MARIE = {"first_name": "Marie", "last_name": "Durand", "email": "marie.durand@ville-exemple.fr"}


@pytest.fixture
def structure():
    return OrganisationFactory()


@pytest.fixture
def nadia(structure):
    return referent_of(structure)


def line_of(found, number):
    return found.lines.get(line=number)


def test_a_draft_writes_nothing_but_itself(structure, nadia):
    people = Person.objects.count()
    found = draft(structure, nadia, FAULTY)
    assert statuses(found) == ["ready", "ready", "faulty", "faulty"]
    assert Person.objects.count() - people == 0
    assert not Enrolment.objects.exists() and not OutgoingMail.objects.exists()
    entry = JournalEntry.objects.get(verb="colleagues.draft_list")
    assert (entry.by, entry.after["lines"]) == (nadia, 4)


def test_what_is_typed_is_kept_right_or_wrong(structure, nadia):
    found = draft(structure, nadia, FAULTY)
    line = line_of(found, 5)
    actions.correct_lines(found, {line.pk: {"first_name": "Luc 2", "last_name": "Petit", "email": line.email}})
    line.refresh_from_db()
    assert (line.first_name, line.status) == ("Luc 2", "faulty")
    actions.correct_lines(found, {line.pk: {"first_name": "Luc"}})
    line.refresh_from_db()
    assert (line.first_name, line.last_name, line.status) == ("Luc", "Petit", "ready")


def test_the_other_lines_are_left_as_they_are(structure, nadia):
    found = draft(structure, nadia, FAULTY)
    before = list(found.lines.filter(line__lt=4).values())
    actions.correct_lines(found, {line_of(found, 4).pk: MARIE | {"email": "anne.roux@gmail.com"}})
    assert list(found.lines.filter(line__lt=4).values()) == before


def test_a_suggestion_is_taken_on_demand_only(structure, nadia):
    found = draft(structure, nadia, FAULTY)
    line = line_of(found, 4)
    assert actions.suggestion_of(line) == {"email": "anne.roux@gmail.com"}
    actions.correct_lines(found, {line.pk: {"suggested": True}})
    line.refresh_from_db()
    assert (line.email, line.status) == ("anne.roux@gmail.com", "ready")


def test_a_correction_may_make_a_duplicate_and_undoing_it_mends_both(structure, nadia):
    found = draft(structure, nadia)
    line = line_of(found, 3)
    counts = actions.correct_lines(found, {line.pk: {"email": MARIE["email"]}})
    assert (counts["ready"], counts["faulty"]) == (1, 1)
    counts = actions.correct_lines(found, {line.pk: {"email": "paul.legoff@ville-exemple.fr"}})
    assert (counts["ready"], counts["faulty"]) == (2, 0)


def test_lines_are_set_aside_and_taken_back(structure, nadia):
    found = draft(structure, nadia, FAULTY)
    assert actions.exclude_faulty(found) == {"ready": 2, "already": 0, "faulty": 0, "excluded": 2}
    back = {line.pk: {"excluded": False} for line in found.lines.filter(status="excluded")}
    assert actions.correct_lines(found, back)["faulty"] == 2


def test_names_the_other_way_round_are_turned_at_once(structure, nadia):
    found = draft(structure, nadia)
    actions.swap_names(found)
    assert [(one.first_name, one.last_name) for one in found.lines.all()] == [("Durand", "Marie"), ("Le Goff", "Paul")]


def test_colleagues_enrolled_already_are_seen_and_those_of_others_are_not(structure, nadia):
    edition = edition_open()
    names = {"first_name": "Marie", "last_name": "Durand"}
    ours = colleague_of(structure, email="marie.durand@ville-exemple.fr", **names)
    theirs = PersonFactory(email="paul.legoff@ville-exemple.fr", first_name="Paulo")
    for person in (ours, theirs):
        EnrolmentFactory(person=person, edition=edition, employer=structure)
    found = draft(structure, nadia, edition=edition)
    assert statuses(found) == ["already", "ready"]
    assert "Paulo" not in str(list(found.lines.values()))


def test_a_dry_run_says_the_same_of_an_address_with_an_account_elsewhere_and_of_a_new_one(structure, nadia):
    PersonFactory(email="marie.durand@ville-exemple.fr", first_name="Secrète")
    MembershipFactory(ended=True, organisation=structure, person__email="paul.legoff@ville-exemple.fr")
    found = draft(structure, nadia)
    assert [(one.status, one.faults) for one in found.lines.all()] == [("ready", []), ("ready", [])]


def test_a_colleague_keeps_their_name_and_the_difference_is_told(structure, nadia):
    colleague_of(structure, email="marie.durand@ville-exemple.fr", first_name="Maria", last_name="Durand")
    line = draft(structure, nadia).lines.first()
    assert (line.status, line.has_warning) == ("ready", True)
    assert "Maria Durand" in line.faults[0]["text"]


def test_a_draft_discarded_keeps_no_name(structure, nadia):
    found = draft(structure, nadia)
    actions.discard_list(found, by=nadia)
    assert not ListLine.objects.exists()
    assert EnrolmentList.objects.get().source == ""
    with pytest.raises(TransitionRefused):
        actions.correct_lines(found, {})


def test_a_correction_keeps_a_draft_alive(structure, nadia):
    found = draft(structure, nadia)
    EnrolmentList.objects.update(touched_at=timezone.now() - timedelta(days=40))
    assert EnrolmentList.objects.forsaken().exists()
    actions.check_again(found)
    assert not EnrolmentList.objects.forsaken().exists()
