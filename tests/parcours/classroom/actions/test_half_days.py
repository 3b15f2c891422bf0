import datetime

import pytest

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry, OutgoingMail
from parcours.classroom import actions
from parcours.classroom.events import session_rescheduled
from parcours.classroom.models import Session
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory
from tests.parcours.classroom.factories import RegistrationFactory, RoomFactory, in_days
from tests.parcours.classroom.ready import (
    guadeloupe,
    mayotte,
    organisme,
    prepared,
    published,
    slots,
    trainer_of,
)


def plain(text):
    return str(text).replace("\u00a0", " ")


@pytest.fixture
def home(db):
    return organisme(name="Formation Armor")


@pytest.fixture
def room(home):
    return RoomFactory(organisation=home, name="Salle des Lices", city="Rennes")


@pytest.fixture
def heard():
    """What was announced of the dates that change."""
    facts = []

    def listen(session, before, **kwargs):
        facts.append((session.pk, before))

    session_rescheduled.connect(listen)
    yield facts
    session_rescheduled.disconnect(listen)


def rescheduled(session, **values):
    half_day = session.half_days.first()
    given = {"room": half_day.room, "trainers": list(half_day.trainers.all())} | values
    return actions.reschedule(session, slots(**given), by=session.created_by)


@pytest.mark.django_db
def test_half_days_follow_those_of_the_edition_and_date_the_session(home, room):
    session = prepared(home, room=room)
    assert [one.seance_id[-1] for one in session.half_days.all()] == ["1", "2"]
    assert session.starts_at == session.half_days.first().starts_at
    assert session.ends_at == session.half_days.last().ends_at
    assert session.departement_id == "35"


@pytest.mark.django_db
def test_a_room_taken_by_a_published_session_is_refused_and_said_by_which(home, room):
    published(home, room=room)
    with pytest.raises(TransitionRefused) as refused:
        prepared(home, room=room)
    sentence = plain(refused.value)
    assert "La salle « Salle des Lices, Rennes » est prise" in sentence
    assert "de 9 h à 12 h 30" in sentence
    assert "par « Parcours" in sentence


@pytest.mark.django_db
def test_a_draft_takes_no_room_from_anybody_and_the_first_published_wins(home, room):
    first, second = prepared(home, room=room), prepared(home, room=room)
    actions.publish(second, by=second.created_by)
    with pytest.raises(TransitionRefused, match="est prise"):
        actions.publish(first, by=first.created_by)
    first.refresh_from_db()
    assert first.state == Session.State.DRAFT


@pytest.mark.django_db
def test_a_cancelled_session_gives_its_room_back(home, room):
    session = published(home, room=room)
    actions.cancel(session, reason="Trop peu d’inscrits", by=session.created_by)
    assert published(home, room=room).state == Session.State.PUBLISHED


@pytest.mark.django_db
def test_the_room_is_free_again_at_the_minute_a_half_day_ends(home, room):
    morning = slots(room, [trainer_of(home)], rhythm="matins")
    session = prepared(home, room=room, rhythm="apres-midi")
    actions.publish(session, by=session.created_by)
    other = prepared(home)
    assert actions.set_half_days(other, morning, zone="Europe/Paris", by=other.created_by).half_days.count() == 2


@pytest.mark.django_db
def test_a_trainer_who_already_runs_a_half_day_is_refused(home):
    trainer = trainer_of(home, first_name="Claire", last_name="Fontaine")
    published(home, trainers=[trainer])
    with pytest.raises(TransitionRefused, match="Claire Fontaine anime déjà"):
        prepared(home, trainers=[trainer])


@pytest.mark.django_db
def test_what_a_trainer_does_in_another_organisme_is_not_told(home):
    trainer = trainer_of(home)
    other = published(organisme())
    half_day = other.half_days.first()
    half_day.trainers.add(trainer)
    with pytest.raises(TransitionRefused) as refused:
        prepared(home, trainers=[trainer])
    assert "n’est pas libre" in str(refused.value)
    assert other.title not in str(refused.value)


@pytest.mark.django_db
def test_half_days_of_one_session_do_not_overlap(home):
    session = prepared(home)
    one = actions.slots_of(session)[0]
    with pytest.raises(TransitionRefused, match="Les demi-journées 1 et 2 se chevauchent"):
        actions.set_half_days(session, [one, one], zone="Europe/Paris", by=session.created_by)


@pytest.mark.django_db
def test_a_room_too_small_for_the_session_is_refused(home):
    session = prepared(home)
    small = RoomFactory(organisation=home, capacity=6)
    with pytest.raises(TransitionRefused, match="a 6 places"):
        actions.set_half_days(session, slots(small), zone="Europe/Paris", by=session.created_by)


@pytest.mark.django_db
@pytest.mark.parametrize(("place", "hour"), [(guadeloupe, 13), (mayotte, 6)])
def test_nine_in_the_morning_is_that_of_the_place(home, place, hour):
    departement = place()
    room = RoomFactory(organisation=home, departement=departement, city="Ailleurs")
    session = prepared(home, room=room, zone=departement.time_zone)
    half_day = session.half_days.first()
    assert half_day.starts_at.astimezone(datetime.UTC).hour == hour
    assert half_day.local_start.hour == 9
    assert session.departement == departement


@pytest.mark.django_db
def test_rooms_of_two_zones_do_not_make_one_session(home):
    far = RoomFactory(organisation=home, departement=mayotte())
    with pytest.raises(TransitionRefused, match="un même fuseau"):
        prepared(home, room=far)


@pytest.mark.django_db
def test_a_published_session_is_not_rewritten_without_telling(home):
    session = published(home)
    with pytest.raises(TransitionRefused, match="n’est plus un brouillon"):
        actions.set_half_days(session, slots(), zone="Europe/Paris", by=session.created_by)


@pytest.mark.django_db
def test_new_dates_are_told_at_once_to_the_trainee_the_referent_and_the_trainer(home, run_jobs, heard):
    session = published(home)
    registration = RegistrationFactory(session=session)
    referent = PersonFactory(email="nadia@ccas.example")
    MembershipFactory(person=referent, organisation=registration.employer, role="structure_referent")
    rescheduled(session, first_day=in_days(50))
    run_jobs()
    told = OutgoingMail.objects.filter(subject__startswith="Dates ou lieu changés")
    [trainer] = session.half_days.first().trainers.all()
    assert {one.to for one in told} == {registration.person.email, "nadia@ccas.example", trainer.email}
    assert heard[0][0] == session.pk
    assert len(heard[0][1]) == 2
    entry = JournalEntry.objects.get(verb="classroom.reschedule_session")
    assert entry.before["half_days"][0]["starts_at"] != entry.after["half_days"][0]["starts_at"]


@pytest.mark.django_db
def test_the_message_says_the_new_hours_then_the_old_ones(home, run_jobs, mailoutbox):
    session = published(home)
    registration = RegistrationFactory(session=session)
    old = session.half_days.first().local_start
    rescheduled(session, first_day=in_days(50))
    run_jobs()
    body = plain(next(one.body for one in mailoutbox if one.to == [registration.person.email]))
    assert body.index("Désormais") < body.index("Auparavant") < body.index(f"{old.year} à 9 h")


@pytest.mark.django_db
def test_a_second_change_is_told_as_well(home, run_jobs):
    session = published(home)
    RegistrationFactory(session=session)
    for days in (50, 60):
        rescheduled(session, first_day=in_days(days))
        run_jobs()
    assert OutgoingMail.objects.filter(subject__startswith="Dates ou lieu changés").count() == 2 * 2


@pytest.mark.django_db
def test_another_trainer_is_not_worth_a_message(home, run_jobs, heard):
    session = published(home)
    RegistrationFactory(session=session)
    rescheduled(session, trainers=[trainer_of(home)])
    run_jobs()
    assert not OutgoingMail.objects.filter(subject__startswith="Dates ou lieu").exists()
    assert heard == []


@pytest.mark.django_db
def test_a_half_day_is_not_moved_to_the_past(home):
    session = published(home)
    with pytest.raises(TransitionRefused, match="serait déjà passée"):
        rescheduled(session, first_day=in_days(-3))


@pytest.mark.django_db
def test_all_half_days_get_a_date(home):
    session = published(home)
    with pytest.raises(TransitionRefused, match="La session a 2 demi-journées"):
        rescheduled(session, count=1)


@pytest.mark.django_db
def test_sheets_and_deroules_stay_with_their_half_day(home):
    session = published(home)
    before = list(session.half_days.values_list("pk", flat=True))
    rescheduled(session, first_day=in_days(50))
    assert list(session.half_days.values_list("pk", flat=True)) == before
