import datetime

import pytest
from django.utils import timezone

from parcours.classroom.lifecycle import SESSION, Modality, SessionState
from parcours.classroom.models import Session
from tests.organisations.factories import OrganisationFactory
from tests.parcours.classroom.factories import RoomFactory
from tests.parcours.classroom.ready import prepared

OPEN = {
    (SessionState.DRAFT, "publish_session"),
    (SessionState.PUBLISHED, "reschedule_session"),
    (SessionState.PUBLISHED, "cancel_session"),
}


@pytest.fixture
def session(db):
    return Session.objects.for_page().get(pk=prepared().pk)


def refusal(session, move="publish_session"):
    session = Session.objects.get(pk=session.pk)
    return " ".join(SESSION.refusals(session, move))


def change(session, **values):
    Session.objects.filter(pk=session.pk).update(**values)


@pytest.mark.django_db
def test_only_the_moves_of_the_table_are_open_to_a_session_to_come(session):
    for state in SessionState.values:
        session.state = state
        for move in SESSION.transitions:
            assert (SESSION.refusals(session, move) == []) == ((state, move) in OPEN), (state, move)


@pytest.mark.django_db
def test_a_session_that_is_over_is_closed_and_no_longer_cancelled(session):
    session.state = SessionState.PUBLISHED
    session.ends_at = timezone.now() - datetime.timedelta(minutes=1)
    assert SESSION.refusals(session, "close_session") == []
    assert SESSION.refusals(session, "cancel_session") == ["Cette session est passée."]
    assert SESSION.refusals(session, "reschedule_session") == ["Cette session est passée."]


@pytest.mark.django_db
def test_a_session_without_dates_says_where_to_choose_them(session):
    session.half_days.all().delete()
    assert "Aucune demi-journée n’a de date" in refusal(session)


@pytest.mark.django_db
def test_dates_already_past_are_refused(session):
    first = session.half_days.order_by("position").first()
    first.starts_at = timezone.now() - datetime.timedelta(days=2)
    first.ends_at = first.starts_at + datetime.timedelta(minutes=210)
    first.save()
    assert "déjà passée" in refusal(session)


@pytest.mark.django_db
def test_half_days_are_as_many_as_the_edition_describes(session):
    session.half_days.order_by("position").last().delete()
    assert "La session a 1 demi-journée(s), et le parcours en prévoit 2" in refusal(session)


@pytest.mark.django_db
def test_a_half_day_lasts_as_long_as_the_edition_says(session):
    half_day = session.half_days.order_by("position").first()
    half_day.ends_at -= datetime.timedelta(minutes=30)
    half_day.save()
    assert (
        refusal(session)
        .replace("\u00a0", " ")
        .startswith("La demi-journée 1 dure 3 h, et le parcours en prévoit 3 h 30")
    )


@pytest.mark.django_db
def test_where_it_is_held_depends_on_the_modality(session):
    half_days = session.half_days.all()
    half_days.update(room=None)
    assert "La demi-journée 1 n’a pas de salle" in refusal(session)
    change(session, modality=Modality.REMOTE)
    assert "n’a pas de lien" in refusal(session)
    half_days.update(link="https://visio.example/a")
    assert refusal(session) == ""
    change(session, modality=Modality.HYBRID)
    assert "au moins une salle et un lien" in refusal(session)
    half_days.filter(position=1).update(link="")
    assert "La demi-journée 1 n’a ni salle ni lien" in refusal(session)


@pytest.mark.django_db
def test_a_room_no_longer_proposed_is_refused(session):
    room = session.half_days.first().room
    room.archived_at = timezone.now()
    room.save()
    assert "n’est plus proposée" in refusal(session)


@pytest.mark.django_db
def test_every_half_day_has_a_trainer_who_still_is_one(session):
    trainer = session.half_days.first().trainers.get()
    trainer.memberships.update(ends_on="2026-01-31")
    assert f"{trainer.full_name} n’est plus formateur de" in refusal(session)
    session.half_days.first().trainers.clear()
    assert "La demi-journée 1 n’a pas de formateur" in refusal(session)


@pytest.mark.django_db
def test_the_price_is_said_even_when_there_is_none(session):
    change(session, price=0)
    assert "Le tarif n’est pas dit" in refusal(session)
    change(session, price_note="Financée par l’ANCT")
    assert refusal(session) == ""


@pytest.mark.django_db
def test_a_room_does_not_hold_more_people_than_its_seats(session):
    session.half_days.update(room=RoomFactory(organisation=session.organisation, capacity=8))
    assert "a 8 places, et la session en propose 12" in refusal(session)


@pytest.mark.django_db
def test_a_session_kept_for_a_structure_names_it(session):
    change(session, intra=True)
    assert "dites laquelle" in refusal(session)
    change(session, intra_for=OrganisationFactory())
    assert refusal(session) == ""
