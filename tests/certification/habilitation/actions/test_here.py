"""What is followed here becomes facts, inside the transaction of its cause, once."""

import pytest
from django.core.management import call_command

from certification.habilitation import actions
from certification.habilitation.lifecycle import ExternalStatus, FactKind, Origin, Standing, Step
from certification.habilitation.models import Fact, Habilitation
from parcours.classroom import actions as classroom
from parcours.emargement.models import Attendance
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import known
from tests.certification.habilitation.situations import (
    both_signed,
    correct,
    everything_online,
    habilitation_of,
    prepares,
    preparing_session,
)
from tests.parcours.classroom.factories import RegistrationFactory, SessionFactory
from tests.parcours.classroom.places import Team
from tests.parcours.emargement.factories import locked, trainer_of
from tests.parcours.learning.factories import finish

pytestmark = pytest.mark.django_db
PRESENT, ABSENT = Attendance.State.PRESENT, Attendance.State.ABSENT


def kinds(person):
    return sorted(Fact.objects.filter(person=person).standing().values_list("kind", flat=True))


def step_of(registration):
    return habilitation_of(registration).step


def test_a_seat_in_a_session_that_prepares_habilitation_is_a_registration():
    team, session = Team(), SessionFactory()
    prepares(session.edition)
    registration = team.register(session)
    one, fact = habilitation_of(registration), Fact.objects.get()
    assert (one.step, fact.kind, fact.origin, fact.standing) == ("registered", "registration", "here", "confirmed")
    assert (fact.registration, fact.declared_by) == (registration, team.referent)


def test_a_seat_in_another_session_is_none_of_ours():
    team = Team()
    team.register(SessionFactory())
    assert not Habilitation.objects.exists()


def test_somebody_who_waits_for_a_seat_is_not_registered_yet():
    team, session = Team(), SessionFactory(capacity=1)
    prepares(session.edition)
    team.register(session)
    waiting = team.register(session, team.people[1], or_wait=True)
    assert not Habilitation.objects.filter(person=waiting.person).exists()


def test_a_seat_given_back_takes_no_fact_away():
    team, session = Team(), SessionFactory()
    prepares(session.edition)
    registration = team.register(session)
    classroom.withdraw(registration, by=team.referent, reason="un empêchement")
    assert kinds(registration.person) == ["registration"]


def test_the_first_half_day_is_a_start_and_all_of_them_a_training_dated_from_the_first_day():
    session = preparing_session(online=False)
    registration = session.registrations.first()
    locked(session, 0)
    assert step_of(registration) == Step.UNDERWAY
    locked(session, 1)
    one = habilitation_of(registration)
    fact = Fact.objects.get(person=registration.person, kind=FactKind.TRAINING)
    first_day = session.starts_at.astimezone(session.tzinfo).date()
    assert (one.step, one.trained_on, fact.on) == (Step.ATTENDED, first_day, first_day)
    assert one.training_organisation == session.organisation
    assert fact.registration == registration


def test_who_missed_a_half_day_is_not_trained():
    session = preparing_session(online=False)
    here, away = session.registrations.order_by("pk")
    locked(session, 0)
    locked(session, 1, absent=[away])
    assert (step_of(here), step_of(away)) == (Step.ATTENDED, Step.UNDERWAY)


@pytest.mark.parametrize("online_first", [True, False])
def test_a_hybrid_course_is_done_when_both_its_halves_are(online_first, run_jobs):
    session = preparing_session(people=1)
    registration = session.registrations.get()
    halves = [lambda: everything_online(registration), lambda: both_signed(session)]
    first, second = halves if online_first else reversed(halves)
    first()
    run_jobs()
    assert step_of(registration) == Step.UNDERWAY
    second()
    run_jobs()
    assert step_of(registration) == Step.ATTENDED


def test_the_first_etape_opened_is_a_start():
    session = preparing_session(people=1, days=30)
    registration = session.registrations.get()
    actions.settle([registration.pk])
    enrolment = registration.enrolment
    finish(enrolment, enrolment.edition.activity(enrolment.edition.outline[0].slug))
    assert kinds(registration.person) == ["registration", "start"]


def test_a_presence_taken_back_by_a_correction_withdraws_the_training_and_its_return_brings_it_back(run_jobs):
    session = preparing_session(people=1, online=False)
    registration, trainer = session.registrations.get(), trainer_of(session)
    both_signed(session)
    run_jobs()
    correct(session, registration, ABSENT, by=trainer)
    run_jobs()
    gone = Fact.objects.get(kind=FactKind.TRAINING)
    assert (step_of(registration), gone.withdrawn_by) == (Step.UNDERWAY, trainer)
    assert "corrigée" in gone.note
    correct(session, registration, PRESENT, by=trainer)
    run_jobs()
    assert step_of(registration) == Step.ATTENDED
    assert Fact.objects.filter(kind=FactKind.TRAINING).count() == 2


def test_a_seat_in_a_session_to_come_is_not_a_training_because_another_one_was_followed():
    session = preparing_session(people=1, online=False)
    registration = session.registrations.get()
    both_signed(session)
    coming = SessionFactory(edition=session.edition)
    again = RegistrationFactory(
        session=coming,
        person=registration.person,
        employer=registration.employer,
        enrolment=registration.enrolment,
        state="registered",
    )
    actions.settle([again.pk])
    assert kinds(registration.person) == ["registration", "registration", "start", "training"]


def test_a_half_day_made_up_in_another_session_completes_the_training():
    session = preparing_session(people=1, online=False)
    registration = session.registrations.get()
    locked(session, 0)
    locked(session, 1, absent=[registration])
    other = preparing_session(people=1, online=False, days=-10)
    other.edition, other.parcours = session.edition, session.parcours
    other.save()
    seat = other.registrations.get()
    seat.person, seat.employer, seat.enrolment = registration.person, registration.employer, registration.enrolment
    seat.save()
    locked(other, 0, absent=[seat])
    locked(other, 1)
    assert step_of(registration) == Step.ATTENDED


def test_training_followed_here_and_a_test_pix_habilitate_in_any_order():
    session = preparing_session(online=False)
    before, later = session.registrations.order_by("pk")
    actions.settle([before.pk, later.pk])
    for one in (before, later):
        known(habilitation_of(one), "eligibility")
    known(habilitation_of(before), "pix", score=0, origin=Origin.PIX, standing=Standing.IMPORTED)
    both_signed(session)
    known(habilitation_of(later), "pix", origin=Origin.PIX, standing=Standing.IMPORTED)
    assert {step_of(before), step_of(later)} == {Step.HABILITATED}


def test_somebody_in_two_structures_is_trained_for_both_and_registered_for_one():
    session = preparing_session(people=1, online=False)
    registration = session.registrations.get()
    other = actions.follow(registration.person, RegistrationFactory().employer)
    known(other, "eligibility")
    both_signed(session)
    known(other, "pix")
    assert (step_of(registration), other.step) == (Step.PIX_SENT, Step.HABILITATED)
    assert other.registered_on is None


def test_an_address_that_changed_in_between_loses_nothing():
    session = preparing_session(people=1, online=False)
    registration = session.registrations.get()
    locked(session, 0)
    registration.person.email = "nouvelle.adresse@exemple.fr"
    registration.person.save()
    locked(session, 1)
    assert step_of(registration) == Step.ATTENDED


@pytest.mark.parametrize("status", [ExternalStatus.REFUSED, ExternalStatus.CANCELLED])
def test_a_refusal_or_a_cancellation_blocks_whatever_is_signed_afterwards(status):
    session = preparing_session(people=1, online=False)
    registration = session.registrations.get()
    actions.settle([registration.pk])
    one = habilitation_of(registration)
    actions.mirror_status(one, status, seen_on=session.starts_at.date())
    both_signed(session)
    known(one, "pix")
    assert one.step == ("refused" if status == ExternalStatus.REFUSED else "cancelled")
    assert one.trained_on is not None


def test_a_replay_draws_what_was_followed_before_and_twice_draws_nothing_more(capsys):
    session = preparing_session(online=False)
    both_signed(session)
    registration = session.registrations.first()
    before = kinds(registration.person)
    Fact.objects.all().delete()
    Habilitation.objects.all().delete()
    call_command("derive_habilitations")
    assert kinds(registration.person) == before
    call_command("derive_habilitations")
    assert capsys.readouterr().out.splitlines()[-2].startswith("faits\xa0: 0 ajout")


def test_a_replay_does_not_bring_back_what_somebody_withdrew():
    session = preparing_session(people=1, online=False)
    both_signed(session)
    fact = Fact.objects.get(kind=FactKind.TRAINING)
    actions.withdraw_fact(fact, by=PersonFactory(), note="usurpation constatée")
    assert actions.catch_up() == 0
    assert step_of(session.registrations.get()) == Step.UNDERWAY


def test_a_sheet_of_thirty_is_settled_in_a_bounded_number_of_queries(django_assert_max_num_queries):
    session = preparing_session(people=30, online=False)
    pks = list(session.registrations.values_list("pk", flat=True))
    actions.settle(pks)
    locked(session, 0)
    Fact.objects.filter(kind=FactKind.START).delete()
    with django_assert_max_num_queries(30):
        actions.settle(pks)
    assert Fact.objects.filter(kind=FactKind.START).count() == 30
