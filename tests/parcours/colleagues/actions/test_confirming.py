import pytest
import time_machine
from django.db import IntegrityError

from lms.accounts.models import Person
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import Job, JournalEntry, OutgoingMail
from lms.organisations.actions import end_membership
from lms.organisations.models import Membership, Role
from parcours.catalogue.models import ParcoursPage
from parcours.colleagues import actions
from parcours.colleagues.actions import confirming
from parcours.colleagues.models import EnrolmentList, Invitation
from parcours.learning.models import Enrolment, Progress
from tests.accounts.factories import PersonFactory
from tests.kernel.threads import together
from tests.organisations.factories import DepartementFactory, OrganisationFactory
from tests.parcours.colleagues.factories import FAULTY, GOOD, colleague_of, draft, edition_open, outcomes, referent_of
from tests.parcours.learning.factories import EnrolmentFactory

MARIE, PAUL = "marie.durand@ville-exemple.fr", "paul.legoff@ville-exemple.fr"


@pytest.fixture
def structure(db):
    return OrganisationFactory(
        name="CCAS de Dol", departement=DepartementFactory(code="976", time_zone="Indian/Mayotte")
    )


@pytest.fixture
def nadia(structure):
    return referent_of(structure)


def confirmed(structure, by, run_jobs, **values):
    found = actions.confirm_list(draft(structure, by, **values), by=by)
    run_jobs()
    found.refresh_from_db()
    return found


def test_new_people_are_made_members_and_enrolled_by_the_referent(structure, nadia, run_jobs):
    edition = edition_open()
    found = confirmed(structure, nadia, run_jobs, edition=edition)
    assert (found.state, found.outcomes, found.confirmed_by) == ("done", {"enrolled": 2}, nadia)
    marie = Person.objects.get(email=MARIE)
    assert (marie.full_name, marie.time_zone, marie.has_usable_password()) == ("Marie Durand", "Indian/Mayotte", False)
    assert marie.emailaddress_set.get().verified is False
    assert marie.memberships.get().role == Role.LEARNER
    enrolment = marie.enrolments.get()
    assert (enrolment.edition, enrolment.employer, enrolment.enrolled_by) == (edition, structure, nadia)
    assert {entry.by for entry in JournalEntry.objects.filter(verb="learning.enrol")} == {nadia}
    assert JournalEntry.objects.get(verb="colleagues.confirm_list").by == nadia
    assert len(Job.objects.get(name="learning.confirm_enrolments").args) == 2


def test_the_same_list_twice_changes_nothing_the_second_time(structure, nadia, run_jobs):
    edition = edition_open()
    confirmed(structure, nadia, run_jobs, edition=edition)

    def counts():
        return [model.objects.count() for model in (Person, Membership, Enrolment, Progress, OutgoingMail)]

    before = counts()
    again = draft(structure, nadia, edition=edition)
    assert again.lines.by_status()["already"] == 2
    with pytest.raises(TransitionRefused, match="personne à inscrire"):
        actions.confirm_list(again, by=nadia)
    assert counts() == before


def test_a_second_list_confirmed_before_the_first_was_run_enrols_nobody_twice(structure, nadia, run_jobs):
    edition = edition_open()
    lists = [actions.confirm_list(draft(structure, nadia, edition=edition), by=nadia) for _ in range(2)]
    run_jobs()
    assert [outcomes(found) for found in lists] == [["enrolled", "enrolled"], ["already", "already"]]
    assert Enrolment.objects.count() == 2


def test_somebody_with_an_account_elsewhere_is_invited_and_nothing_is_written_about_them(structure, nadia, run_jobs):
    stranger = PersonFactory(email=MARIE, first_name="Maryse", last_name="Autre")
    found = confirmed(structure, nadia, run_jobs)
    assert outcomes(found) == ["invited", "enrolled"]
    line = found.lines.first()
    assert "Un compte existe déjà avec cette adresse" in line.note
    assert "Maryse" not in line.note + line.full_name
    stranger.refresh_from_db()
    assert stranger.full_name == "Maryse Autre"
    assert not stranger.memberships.exists() and not stranger.enrolments.exists()
    assert Invitation.objects.get().person == stranger


def test_somebody_who_left_is_invited_like_anybody_else(structure, nadia, run_jobs):
    marie = colleague_of(structure, email=MARIE)
    end_membership(marie.memberships.get(), by=nadia)
    Membership.objects.update(starts_on="2025-01-01")
    Membership.objects.filter(person=marie).update(ends_on="2025-12-31")
    assert outcomes(confirmed(structure, nadia, run_jobs))[0] == "invited"


def test_a_colleague_is_enrolled_without_a_second_membership_and_keeps_their_name(structure, nadia, run_jobs):
    marie = colleague_of(structure, email=MARIE, first_name="Maria")
    assert outcomes(confirmed(structure, nadia, run_jobs)) == ["enrolled", "enrolled"]
    marie.refresh_from_db()
    assert marie.first_name == "Maria"
    assert marie.memberships.count() == 1


def test_a_colleague_without_a_name_is_not_enrolled_and_the_report_says_why(structure, nadia, run_jobs):
    colleague_of(structure, email=MARIE, first_name="", last_name="")
    found = confirmed(structure, nadia, run_jobs)
    assert outcomes(found) == ["refused", "enrolled"]
    assert "n’a pas encore indiqué son nom" in found.lines.first().note


def test_a_closed_account_is_neither_enrolled_nor_named(structure, nadia, run_jobs):
    PersonFactory(email=MARIE, is_active=False)
    found = confirmed(structure, nadia, run_jobs)
    assert outcomes(found) == ["refused", "enrolled"]
    assert "ne peut pas être inscrite d’ici" in found.lines.first().note


def test_somebody_merged_into_another_is_enrolled_as_the_other(structure, nadia, run_jobs):
    kept = colleague_of(structure, email="marie@ailleurs.fr")
    PersonFactory(email=MARIE, merged_into=kept)
    assert outcomes(confirmed(structure, nadia, run_jobs))[0] == "enrolled"
    assert kept.enrolments.count() == 1


def test_nothing_is_confirmed_while_something_is_to_correct(structure, nadia):
    found = draft(structure, nadia, FAULTY)
    with pytest.raises(TransitionRefused, match="Il reste 2 lignes à corriger"):
        actions.confirm_list(found, by=nadia)
    assert not Job.objects.filter(name="colleagues.enrol_list").exists()


def test_lines_set_aside_stay_aside(structure, nadia, run_jobs):
    found = draft(structure, nadia, FAULTY)
    actions.exclude_faulty(found)
    actions.confirm_list(found, by=nadia)
    run_jobs()
    assert outcomes(found) == ["enrolled", "enrolled", "excluded", "excluded"]
    assert not Person.objects.filter(email__contains="petit").exists()


def test_a_parcours_closed_meanwhile_refuses_the_confirmation(structure, nadia):
    found = draft(structure, nadia)
    ParcoursPage.objects.update(live=False)
    with pytest.raises(TransitionRefused, match="n’est plus ouvert"):
        actions.confirm_list(found, by=nadia)


def test_a_parcours_closed_before_the_job_enrols_nobody_and_the_report_says_so(structure, nadia, run_jobs):
    found = actions.confirm_list(draft(structure, nadia), by=nadia)
    ParcoursPage.objects.update(live=False)
    run_jobs()
    found.refresh_from_db()
    assert (found.state, found.outcomes) == ("done", {"refused": 2})


def test_a_line_dealt_with_is_not_dealt_with_again(structure, nadia, run_jobs):
    found = confirmed(structure, nadia, run_jobs)
    people = Person.objects.count()
    for line in found.lines.all():
        actions.enrol_line(line.pk, found, actions.open_edition(found.parcours))
    assert (Person.objects.count(), Enrolment.objects.count()) == (people, 2)


def test_a_job_killed_on_the_way_leaves_nothing_half_done_and_is_done_later(structure, nadia, run_jobs, monkeypatch):
    found = actions.confirm_list(draft(structure, nadia), by=nadia)
    with monkeypatch.context() as patched:
        patched.setattr(confirming, "enrol_many", killed)
        run_jobs()
    assert outcomes(found) == ["", ""]
    assert not Person.objects.filter(email__in=(MARIE, PAUL)).exists()
    Job.objects.filter(name="colleagues.enrol_list").update(due_at="2026-01-01T00:00Z")
    run_jobs()
    found.refresh_from_db()
    assert (outcomes(found), found.state) == (["enrolled", "enrolled"], "done")
    assert Enrolment.objects.count() == 2


def test_lines_that_raise_a_question_keep_nobody_else_waiting(structure, nadia, run_jobs):
    PersonFactory(email=MARIE)
    PersonFactory(email="anne.roux@ville-exemple.fr", is_active=False)
    colleague_of(structure, email="luc.petit@ville-exemple.fr", last_name="")
    more = "Roux;Anne;anne.roux@ville-exemple.fr\nPetit;Luc;luc.petit@ville-exemple.fr\n"
    found = confirmed(structure, nadia, run_jobs, pasted=GOOD + more)
    assert outcomes(found) == ["invited", "enrolled", "refused", "refused"]


def test_people_enrolled_together_leave_the_same_lines_in_the_journal_as_one_by_one(
    structure, nadia, run_jobs, monkeypatch
):
    def written(entries):
        return sorted((entry.verb, entry.subject_type, entry.by_id, sorted(entry.after or {})) for entry in entries)

    edition, verbs = edition_open(), ("colleagues.create_person", "membership.opened", "learning.enrol")
    confirmed(structure, nadia, run_jobs, edition=edition)
    together = list(JournalEntry.objects.filter(verb__in=verbs))
    monkeypatch.setattr(confirming, "enrol_many", refused)
    confirmed(structure, nadia, run_jobs, edition=edition, pasted=GOOD.replace("ville", "autre-ville"))
    alone = JournalEntry.objects.filter(verb__in=verbs).exclude(pk__in=[entry.pk for entry in together])
    assert written(alone) == written(together) and len(together) == 6


def test_somebody_made_elsewhere_at_the_same_instant_is_not_made_twice(structure, nadia, run_jobs, monkeypatch):
    whole = Person.objects.create_people

    def late(named, **fields):
        PersonFactory(email=MARIE)
        return whole(named, **fields)

    monkeypatch.setattr(Person.objects, "create_people", late)
    found = confirmed(structure, nadia, run_jobs)
    assert sorted(outcomes(found)) == ["enrolled", "enrolled"]
    assert Person.objects.filter(email=MARIE).count() == 1


def test_each_is_told_once_at_a_fit_hour_where_they_live(structure, nadia, run_jobs):
    away = colleague_of(structure, email=MARIE, time_zone="America/Cayenne")
    with time_machine.travel("2026-11-23T07:00Z", tick=False):
        actions.confirm_list(draft(structure, nadia), by=nadia)
        run_jobs()
        assert OutgoingMail.objects.get().to == PAUL
    with time_machine.travel("2026-11-23T11:30Z", tick=False):
        run_jobs()
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == [MARIE, PAUL]
    actions_again = Job.objects.filter(name="learning.confirm_enrolments")
    actions_again.update(state="ready", due_at="2026-01-01T00:00Z")
    run_jobs()
    assert OutgoingMail.objects.count() == 2
    assert away.enrolments.count() == 1


def killed(*args, **values):
    raise RuntimeError


def refused(*args, **values):
    raise IntegrityError


def test_two_hundred_colleagues_cost_a_few_queries_each_batch(structure, nadia, django_assert_max_num_queries):
    rows = "\n".join(f"Durand;Marie;marie.{rank}@ville-exemple.fr" for rank in range(60))
    found = actions.confirm_list(draft(structure, nadia, pasted=f"Nom;Prénom;Mail\n{rows}\n"), by=nadia)
    lines = list(found.lines.values_list("pk", flat=True))
    with django_assert_max_num_queries(40):
        actions.enrol_lines(lines, found, actions.open_edition(found.parcours))
    assert Enrolment.objects.count() == 60


def test_a_long_list_goes_by_batches(structure, nadia, run_jobs, monkeypatch):
    monkeypatch.setattr("parcours.colleagues.tasks.LINES_AT_A_TIME", 2)
    lines = "\n".join(f"Durand{letter};Marie;marie.{letter}@ville-exemple.fr" for letter in "abcde")
    found = confirmed(structure, nadia, run_jobs, pasted=f"Nom;Prénom;Mail\n{lines}")
    assert found.outcomes == {"enrolled": 5}
    assert Job.objects.filter(name="colleagues.enrol_list").count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_referents_confirming_at_once_enrol_everybody_once(run_jobs):
    structure = OrganisationFactory()
    referents = [referent_of(structure), referent_of(structure)]
    found = draft(structure, referents[0])

    def confirm(index):
        try:
            actions.confirm_list(EnrolmentList.objects.get(pk=found.pk), by=referents[index])
        except TransitionRefused as refused:
            return str(refused)
        return ""

    said = together(2, confirm)
    assert sorted(map(bool, said)) == [False, True]
    run_jobs()
    assert Enrolment.objects.count() == 2
    assert JournalEntry.objects.filter(verb="colleagues.confirm_list").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_structures_naming_the_same_new_person_at_once_make_one_person():
    edition = edition_open()
    lists = []
    for _ in range(2):
        structure = OrganisationFactory()
        found = actions.confirm_list(
            draft(structure, referent_of(structure), edition=edition), by=referent_of(structure)
        )
        lists.append(EnrolmentList.objects.select_related("organisation__departement", "confirmed_by").get(pk=found.pk))

    def run(index):
        for pk in lists[index].lines.order_by("position").values_list("pk", flat=True):
            actions.enrol_line(pk, lists[index], edition)

    together(2, run)
    assert Person.objects.filter(email=MARIE).count() == 1
    assert sorted(outcomes(lists[0])[:1] + outcomes(lists[1])[:1]) == ["enrolled", "invited"]


def test_an_enrolment_for_another_employer_is_only_told_as_already_there(structure, nadia, run_jobs):
    edition = edition_open()
    marie = colleague_of(structure, email=MARIE)
    EnrolmentFactory(person=marie, edition=edition, employer=OrganisationFactory(name="Mairie d’Ailleurs"))
    found = confirmed(structure, nadia, run_jobs, edition=edition)
    assert outcomes(found) == ["already", "enrolled"]
    assert "Ailleurs" not in str(list(found.lines.values()))
