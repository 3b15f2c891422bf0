"""Two organisers, one room, the same morning. On PostgreSQL two transactions may look before either has written."""

from unittest import mock

import pytest
from django.db import connection

from lms.kernel.lifecycle import TransitionRefused
from parcours.classroom import actions
from parcours.classroom.actions import half_days
from parcours.classroom.models import Session
from tests.kernel.threads import together
from tests.parcours.classroom.factories import RoomFactory
from tests.parcours.classroom.ready import organisme, prepared, trainer_of

MANY = 6


def drafts(**shared):
    """As many drafts of the same morning, in the same room or with the same trainer."""
    home = organisme()
    shared = {name: make(home) for name, make in shared.items()}
    return [prepared(home, **shared).pk for _ in range(MANY)]


def publish_all(pks):
    def publish(rank):
        session = Session.objects.get(pk=pks[rank])
        try:
            actions.publish(session, by=session.created_by)
        except TransitionRefused as refused:
            return str(refused)
        return ""

    return together(MANY, publish)


@pytest.mark.django_db(transaction=True)
def test_one_room_is_given_to_one_session_and_the_others_are_told():
    said = publish_all(drafts(room=lambda home: RoomFactory(organisation=home)))
    assert said.count("") == 1
    assert all("est prise" in sentence for sentence in said if sentence)
    assert Session.objects.filter(state="published").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_trainer_runs_one_session_at_a_time():
    said = publish_all(drafts(trainers=lambda home: [trainer_of(home)]))
    assert said.count("") == 1
    assert Session.objects.filter(state="published").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_without_the_lock_several_sessions_get_the_room():
    """The control: what the lock prevents does happen without it."""

    def unlocked(found, pks):
        return {one.pk: one for one in found.filter(pk__in=pks)}

    pks = drafts(room=lambda home: RoomFactory(organisation=home))
    with mock.patch.object(half_days, "_locked", unlocked), mock.patch.object(half_days, "_others", slowly):
        said = publish_all(pks)
    assert said.count("") > 1


LOOK = half_days._others


def slowly(session, slot):
    """Look, then write a moment later: the others look meanwhile."""
    found = list(LOOK(session, slot))
    connection.cursor().execute("SELECT pg_sleep(0.3)")
    return found
