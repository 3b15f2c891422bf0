"""A session of an organisme without a responsable de formation: said before it closes, after, and to ANCT."""

import pytest
from django.urls import reverse

from lms.kernel.models import OutgoingMail
from lms.organisations.actions import add_member
from lms.organisations.lifecycle import Role
from lms.organisations.models import Membership
from parcours.paperwork import tasks
from parcours.paperwork.documents import kinds
from parcours.paperwork.models import Batch, SessionPaper
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory
from tests.parcours.paperwork.factories import hold, live_session, seat
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "ne seront pas délivrés", "Les certificats de réalisation de cette session attendent"


@pytest.fixture
def session(organisation):
    found = live_session(organisation)
    hold(found, seat(found))
    Membership.objects.filter(organisation=organisation, role=Role.TRAINING_MANAGER).delete()
    return found


@pytest.fixture
def desk(organisation):
    return signed_in(MembershipFactory(organisation=organisation, role=Role.TRAINER).person)


@pytest.fixture
def administrator():
    return MembershipFactory(organisation__kind="anct", role=Role.ADMIN).person


def certificates(session):
    return SessionPaper.objects.filter(session=session).of_kind(kinds.CERTIFICATE.code)


def close(desk, session):
    return desk.post(reverse("classroom:close", args=[session.public_id]), follow=True).content.decode()


def test_it_is_said_before_and_after_closing_and_to_the_administrator_once(desk, session, administrator, run_jobs):
    assert BEFORE in desk.get(session.get_absolute_url()).content.decode()
    assert AFTER in close(desk, session)
    assert AFTER in desk.get(session.get_absolute_url()).content.decode()
    run_jobs()
    tasks.close_session(session.pk)
    tasks.tell_nobody_answers(session.pk)
    run_jobs()
    assert not certificates(session).exists()
    told = OutgoingMail.objects.get(to=administrator.email)
    assert "Institut de la médiation" in told.subject


def test_once_somebody_is_named_the_certificates_are_issued_once(desk, session, administrator, run_jobs):
    close(desk, session)
    run_jobs()
    named = PersonFactory()
    add_member(named, session.organisation, role=Role.TRAINING_MANAGER, by=administrator)
    run_jobs()
    assert certificates(session).count() == 1
    assert Batch.objects.get().asked_by == named
    for _ in range(2):
        tasks.close_waiting_sessions(session.organisation_id)
        tasks.close_session(session.pk)
    run_jobs()
    assert (Batch.objects.count(), certificates(session).count()) == (1, 1)
    page = desk.get(session.get_absolute_url()).content.decode()
    assert AFTER not in page


def test_nothing_is_issued_for_a_trainer_nor_for_a_session_not_closed(desk, session, administrator, run_jobs):
    add_member(PersonFactory(), session.organisation, role=Role.TRAINER, by=administrator)
    add_member(PersonFactory(), session.organisation, role=Role.TRAINING_MANAGER, by=administrator)
    run_jobs()
    assert not Batch.objects.exists()


def test_where_somebody_answers_nothing_is_said(desk, session):
    MembershipFactory(organisation=session.organisation, role=Role.TRAINING_MANAGER)
    assert BEFORE not in desk.get(session.get_absolute_url()).content.decode()
    assert AFTER not in close(desk, session)
