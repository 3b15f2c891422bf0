from contextlib import suppress
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry, OutgoingMail
from parcours.classroom import actions
from parcours.classroom.lifecycle import REGISTRATION, RegistrationState
from parcours.classroom.models import Registration, Session
from tests.accounts.factories import PersonFactory
from tests.parcours.classroom.factories import SessionFactory
from tests.parcours.classroom.places import Team, colleague_of, states
from tests.worlds import undone

WHY = "Empêchée ce jour-là"


@pytest.fixture
def team():
    return Team(4)


@pytest.fixture
def full(team):
    """One seat, taken; two people wait."""
    session = SessionFactory(capacity=1)
    for person in team.people[:3]:
        team.register(session, person, or_wait=True)
    return session


def of(session, person):
    return session.registrations.get(person=person)


def let_the_delay_pass(registration):
    Registration.objects.filter(pk=registration.pk).update(offer_until=timezone.now() - timedelta(minutes=1))


@pytest.mark.django_db
def test_a_freed_seat_is_offered_to_the_first_who_waits(full, team, run_jobs):
    actions.withdraw(of(full, team.people[0]), by=team.referent, reason=WHY)
    assert states(full) == ["withdrawn", "offered", "waiting"]
    offered = of(full, team.people[1])
    assert offered.offer_until > timezone.now()
    full.refresh_from_db()
    assert full.seats_taken == 1
    run_jobs()
    mail = OutgoingMail.objects.get(to=offered.person.email, subject__startswith="Une place se libère")
    assert "/place/" in mail.body and "Sans réponse avant le" in mail.body


@pytest.mark.django_db
def test_accepting_gives_the_seat_and_the_course(full, team):
    actions.withdraw(of(full, team.people[0]), by=team.referent, reason=WHY)
    accepted = actions.accept_offer(of(full, team.people[1]), by=team.people[1])
    assert accepted.state == "registered" and accepted.enrolment
    with pytest.raises(TransitionRefused):
        actions.accept_offer(accepted, by=team.people[1])


@pytest.mark.django_db
def test_declining_or_silence_gives_the_seat_to_the_next(full, team):
    actions.withdraw(of(full, team.people[0]), by=team.referent, reason=WHY)
    actions.decline_offer(of(full, team.people[1]), by=team.people[1])
    assert states(full) == ["withdrawn", "withdrawn", "offered"]
    last = of(full, team.people[2])
    let_the_delay_pass(last)
    assert actions.expire_offer(last) and not actions.expire_offer(last)
    full.refresh_from_db()
    assert states(full) == ["withdrawn", "withdrawn", "expired"] and full.seats_taken == 0


@pytest.mark.django_db
def test_a_late_answer_is_refused_with_its_reason(full, team):
    actions.withdraw(of(full, team.people[0]), by=team.referent, reason=WHY)
    offered = of(full, team.people[1])
    let_the_delay_pass(offered)
    with pytest.raises(TransitionRefused, match="Le délai pour répondre est passé"):
        actions.accept_offer(offered, by=team.people[1])


@pytest.mark.django_db
def test_the_clock_expires_once_however_often_it_strikes(full, team, run_jobs):
    from parcours.classroom.tasks.queueing import follow_queues

    actions.withdraw(of(full, team.people[0]), by=team.referent, reason=WHY)
    let_the_delay_pass(of(full, team.people[1]))
    for _ in range(2):
        follow_queues("2026-11-22T14Z")
        run_jobs()
    assert states(full) == ["withdrawn", "expired", "offered"]


@pytest.mark.django_db
def test_seats_added_to_a_session_are_offered_by_the_clock(full, team, run_jobs):
    from parcours.classroom.tasks.queueing import follow_queues

    Session.objects.filter(pk=full.pk).update(capacity=2)
    follow_queues("2026-11-22T15Z")
    run_jobs()
    assert states(full) == ["registered", "offered", "waiting"]


@pytest.mark.django_db
def test_a_withdrawal_says_why_and_leaves_its_trace(full, team):
    with pytest.raises(TransitionRefused, match="Dites pourquoi"):
        actions.withdraw(of(full, team.people[0]), by=team.referent, reason=" ")
    left = actions.withdraw(of(full, team.people[0]), by=team.referent, reason=WHY)
    assert left.left_reason == WHY and left.left_at
    left.enrolment.refresh_from_db()
    assert left.enrolment.state == "withdrawn"
    entry = JournalEntry.objects.get(verb="classroom.withdraw_registration")
    assert WHY not in str(entry.after)


@pytest.mark.django_db
def test_nobody_leaves_a_session_that_is_over(full, team):
    past = timezone.now() - timedelta(days=3)
    Session.objects.filter(pk=full.pk).update(starts_at=past, ends_at=past + timedelta(hours=8))
    with pytest.raises(TransitionRefused, match="passée"):
        actions.withdraw(of(full, team.people[0]), by=team.referent, reason=WHY)


@pytest.mark.django_db
def test_a_colleague_takes_the_seat_of_another_with_its_funding(full, team):
    newcomer = team.people[3]
    seat = actions.replace(of(full, team.people[0]), person=newcomer, by=team.referent, reason=WHY)
    assert (seat.state, seat.funding_road, seat.replaces.person) == ("registered", "employeur-public", team.people[0])
    assert sorted(states(full)) == ["registered", "replaced", "waiting", "waiting"]
    full.refresh_from_db()
    assert full.seats_taken == 1


@pytest.mark.django_db
def test_a_seat_changes_hands_until_the_session_begins_as_conventions_say(full, team):
    Session.objects.filter(pk=full.pk).update(starts_at=timezone.now() - timedelta(minutes=1))
    seated = of(full, team.people[0])
    with pytest.raises(TransitionRefused, match="a commencé"):
        actions.replace(seated, person=team.people[3], by=team.referent, reason=WHY)
    assert actions.withdraw(seated, by=team.referent, reason=WHY).state == "withdrawn"


@pytest.mark.django_db
def test_whoever_read_a_session_earlier_never_writes_its_seats_over(team):
    session = SessionFactory(capacity=3)
    read_before = Session.objects.get(pk=session.pk)
    team.register(session, team.people[0])
    read_before.practical = "Digicode 12"
    read_before.save()
    session.refresh_from_db()
    assert (session.seats_taken, session.practical) == (1, "Digicode 12")


@pytest.mark.django_db
def test_nobody_from_elsewhere_nor_who_waits_already_takes_the_seat(full, team):
    seated = of(full, team.people[0])
    with pytest.raises(TransitionRefused, match="ne travaille pas dans cette structure"):
        actions.replace(seated, person=PersonFactory(), by=team.referent, reason=WHY)
    with pytest.raises(TransitionRefused, match="déjà inscrit"):
        actions.replace(seated, person=team.people[1], by=team.referent, reason=WHY)


@pytest.mark.django_db
def test_moving_gives_a_seat_in_the_other_session_and_frees_this_one(full, team):
    other = SessionFactory(edition=full.edition, organisation=full.organisation)
    moved = actions.move(of(full, team.people[0]), session=other, by=team.referent, reason=WHY)
    assert moved.moved_from.session == full and moved.enrolment.state == "active"
    assert states(full) == ["moved", "offered", "waiting"] and states(other) == ["registered"]


@pytest.mark.django_db
def test_one_moves_only_to_a_session_of_the_same_parcours_with_a_seat(full, team):
    seated = of(full, team.people[0])
    with pytest.raises(TransitionRefused, match="du même parcours"):
        actions.move(seated, session=SessionFactory(), by=team.referent, reason=WHY)
    other = SessionFactory(edition=full.edition, organisation=full.organisation, capacity=1)
    team.register(other, colleague_of(team.structure))
    with pytest.raises(actions.SessionFull):
        actions.move(seated, session=other, by=team.referent, reason=WHY)
    assert states(full) == ["registered", "waiting", "waiting"]


@pytest.mark.django_db
def test_everybody_leaves_a_session_that_is_cancelled(full, team, run_jobs):
    Session.objects.filter(pk=full.pk).update(cancel_reason="Formatrice malade")
    assert actions.cancel_all(full) == 3
    full.refresh_from_db()
    assert set(states(full)) == {"cancelled"} and full.seats_taken == 0
    run_jobs()
    assert OutgoingMail.objects.filter(subject__startswith="Session annulée").count() == 6


MOVES = {
    "offer_seat": {"waiting"},
    "accept_seat": {"offered"},
    "decline_seat": {"offered"},
    "expire_offer": {"offered"},
    "withdraw_registration": {"registered", "offered", "waiting"},
    "replace_registration": {"registered", "offered"},
    "move_registration": {"registered", "offered", "waiting"},
    "cancel_registration": {"registered", "offered", "waiting"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("move", list(REGISTRATION.transitions))
@pytest.mark.parametrize("state", RegistrationState.values)
def test_only_the_moves_of_the_table_are_open(state, move, full, team):
    registration = of(full, team.people[0])
    registration.state = state
    assert (REGISTRATION.refusals(registration, move) == []) == (state in MOVES[move])


# --- In any order -----------------------------------------------------------------------------------------------------

STEPS = st.tuples(
    st.sampled_from(["register", "withdraw", "accept", "decline", "expire", "replace", "move", "add_seat", "clock"]),
    st.integers(0, 7),
    st.integers(0, 1),
)


def play(step, team, sessions):
    what, rank, which = step
    session, person = sessions[which], team.people[rank]
    held = session.registrations.active().filter(person=person).first()
    if what == "register":
        team.register(session, person, or_wait=True)
    elif what == "add_seat" and session.capacity < 4:
        Session.objects.filter(pk=session.pk).update(capacity=session.capacity + 1)
        sessions[which] = Session.objects.get(pk=session.pk)
    elif what == "clock":
        actions.offer_free_seats(session)
    elif held and what == "withdraw":
        actions.withdraw(held, by=person, reason=WHY)
    elif held and what == "accept":
        actions.accept_offer(held, by=person)
    elif held and what == "decline":
        actions.decline_offer(held, by=person)
    elif held and what == "expire" and held.state == "offered":
        let_the_delay_pass(held)
        actions.expire_offer(held)
    elif held and what == "replace":
        actions.replace(held, person=team.people[-rank - 1], by=team.referent, reason=WHY)
    elif held and what == "move":
        actions.move(held, session=sessions[1 - which], by=team.referent, reason=WHY)


@pytest.mark.django_db
@given(steps=st.lists(STEPS, max_size=40))
@settings(max_examples=25, deadline=None)
def test_in_whatever_order_people_come_and_go_the_seats_add_up_and_the_queue_keeps_its_order(steps):
    with undone():
        team, first = Team(8), SessionFactory(capacity=2)
        sessions = [first, SessionFactory(edition=first.edition, organisation=first.organisation, capacity=1)]
        for step in steps:
            before = [list(one.registrations.queued().values_list("pk", flat=True)) for one in sessions]
            with suppress(TransitionRefused):
                play(step, team, sessions)
            for session, queue in zip(sessions, before, strict=True):
                check(session, queue)


def check(session, queue):
    session = Session.objects.get(pk=session.pk)
    seated, waiting = session.registrations.seated().count(), list(session.registrations.queued())
    assert session.seats_taken == seated <= session.capacity
    kept = [one.pk for one in waiting if one.pk in queue]
    assert kept == [pk for pk in queue if pk in kept], "those who stay in the queue keep their order"
    assert [one.registered_at for one in waiting] == sorted(one.registered_at for one in waiting)
