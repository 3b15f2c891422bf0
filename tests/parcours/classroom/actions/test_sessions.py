import pytest

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry
from parcours.classroom import actions
from parcours.classroom.events import session_cancelled, session_closed, session_published
from parcours.classroom.models import Registration, Session
from tests.catalogue.factories import EditionFactory
from tests.organisations.factories import OrganisationFactory
from tests.parcours.classroom.factories import RegistrationFactory, SessionFactory, in_days
from tests.parcours.classroom.ready import live_edition, manager_of, organisme, prepared, published


@pytest.fixture
def home(db):
    return organisme()


@pytest.fixture
def heard():
    """The names of what was announced."""
    said, kept = [], []
    for name, signal in (
        ("published", session_published),
        ("cancelled", session_cancelled),
        ("closed", session_closed),
    ):

        def listen(session, name=name, **kwargs):
            said.append((name, session.pk))

        kept.append((signal, listen))
        signal.connect(listen)
    yield said
    for signal, listen in kept:
        signal.disconnect(listen)


@pytest.mark.django_db
def test_a_draft_follows_the_current_edition(home):
    edition = live_edition()
    session = actions.create_session(edition.parcours, organisation=home, modality="onsite", by=manager_of(home))
    assert session.edition == edition
    assert session.state == Session.State.DRAFT
    assert JournalEntry.objects.filter(verb="classroom.create_session", subject_id=str(session.pk)).exists()


@pytest.mark.django_db
def test_a_parcours_without_live_half_days_has_no_session(home):
    edition = EditionFactory(described=True)
    with pytest.raises(TransitionRefused, match="pas de demi-journée en direct"):
        actions.create_session(edition.parcours, organisation=home, modality="onsite", by=manager_of(home))


@pytest.mark.django_db
def test_another_parcours_gives_back_the_dates_to_choose(home):
    session = prepared(home)
    changed = actions.choose_parcours(session, live_edition(4).parcours, modality="hybrid", by=session.created_by)
    assert changed.starts_at is None
    assert changed.half_days.count() == 0
    assert changed.modality == "hybrid"


@pytest.mark.django_db
def test_a_published_session_is_announced_and_dated(home, heard):
    session = published(home)
    assert session.state == Session.State.PUBLISHED
    assert session.published_at is not None
    assert heard == [("published", session.pk)]


@pytest.mark.django_db
def test_a_session_is_published_once(home):
    session = published(home)
    with pytest.raises(TransitionRefused):
        actions.publish(session, by=session.created_by)


@pytest.mark.django_db
def test_everybody_leaves_a_cancelled_session_and_is_told_why(home, heard, run_jobs, mailoutbox):
    session = published(home)
    seated, waiting = RegistrationFactory(session=session), RegistrationFactory(session=session, state="waiting")
    session.refresh_from_db()
    actions.cancel(session, reason="  Salle   inondée ", by=session.created_by)
    session.refresh_from_db()
    assert (session.state, session.cancel_reason, session.seats_taken) == ("cancelled", "Salle inondée", 0)
    for one in (seated, waiting):
        one.refresh_from_db()
        assert one.state == Registration.State.CANCELLED
    assert heard[-1] == ("cancelled", session.pk)
    run_jobs()
    [trainer] = session.half_days.first().trainers.all()
    told = {one.to[0] for one in mailoutbox if "Salle inondée" in one.body}
    assert told == {seated.person.email, waiting.person.email, trainer.email}


@pytest.mark.django_db
def test_a_cancellation_says_why(home):
    session = published(home)
    with pytest.raises(TransitionRefused, match="Dites pourquoi"):
        actions.cancel(session, reason="  ", by=session.created_by)


@pytest.mark.django_db
def test_a_session_is_closed_when_it_is_over(home, heard):
    with pytest.raises(TransitionRefused, match="n’est pas finie"):
        actions.close(published(home), by=manager_of(home))
    over = SessionFactory(organisation=home, first_day=in_days(-3))
    actions.close(over, by=manager_of(home))
    over.refresh_from_db()
    assert over.state == Session.State.CLOSED
    assert heard[-1] == ("closed", over.pk)


@pytest.mark.django_db
def test_a_draft_is_thrown_away_and_nothing_else_is(home):
    draft, kept = prepared(home), published(home)
    actions.discard(draft, by=draft.created_by)
    assert list(Session.objects.all()) == [kept]
    with pytest.raises(TransitionRefused, match="n’est plus un brouillon"):
        actions.discard(kept, by=kept.created_by)


@pytest.mark.django_db
def test_a_copy_keeps_the_hours_the_room_and_the_price_on_other_days(home):
    session = published(home)
    copied = actions.duplicate(session, first_day=in_days(80), by=session.created_by)
    assert copied.state == Session.State.DRAFT
    assert (copied.copied_from, copied.price, copied.capacity) == (session, session.price, session.capacity)
    old, new = session.half_days.first(), copied.half_days.first()
    assert new.day == in_days(80)
    assert (new.local_start.time(), new.room, list(new.trainers.all())) == (
        old.local_start.time(),
        old.room,
        list(old.trainers.all()),
    )


@pytest.mark.django_db
def test_a_copy_keeps_its_hours_when_the_clocks_change(home):
    """From summer time to winter time: still nine in the morning."""
    session = published(home, first_day=in_days(40))
    copied = actions.duplicate(session, first_day=in_days(40 + 182), by=session.created_by)
    assert copied.half_days.first().local_start.hour == 9


@pytest.mark.django_db
def test_a_copy_leaves_out_who_no_longer_trains(home):
    session = published(home)
    session.half_days.first().trainers.get().memberships.update(ends_on="2026-01-31")
    copied = actions.duplicate(session, first_day=in_days(80), by=session.created_by)
    assert not copied.half_days.first().trainers.exists()


@pytest.mark.django_db
def test_a_copy_on_the_same_day_is_refused(home):
    session = published(home)
    with pytest.raises(TransitionRefused, match="est prise"):
        actions.duplicate(session, first_day=session.half_days.first().day, by=session.created_by)
    assert Session.objects.count() == 1


@pytest.mark.django_db
def test_seats_never_go_under_those_taken_nor_over_those_of_the_room(home):
    session = published(home)
    RegistrationFactory.create_batch(3, session=session)
    with pytest.raises(TransitionRefused, match="3 places sont déjà prises"):
        actions.settle(session, capacity=2, by=session.created_by)
    with pytest.raises(TransitionRefused, match="a 14 places"):
        actions.settle(session, capacity=15, by=session.created_by)


@pytest.mark.django_db
def test_the_price_does_not_change_under_those_who_are_registered(home):
    session = published(home)
    actions.settle(session, price=500, by=session.created_by)
    RegistrationFactory(session=session)
    with pytest.raises(TransitionRefused, match="il ne change plus"):
        actions.settle(session, price=600, by=session.created_by)
    with pytest.raises(TransitionRefused, match="à qui la session est réservée"):
        actions.settle(session, intra=True, intra_for=OrganisationFactory(), by=session.created_by)


@pytest.mark.django_db
def test_a_seat_more_is_offered_to_the_first_who_waits(home):
    session = published(home)
    actions.settle(session, capacity=1, by=session.created_by)
    RegistrationFactory(session=session)
    waiting = RegistrationFactory(session=session, state="waiting")
    actions.settle(session, capacity=2, by=session.created_by)
    waiting.refresh_from_db()
    assert waiting.state == Registration.State.OFFERED


@pytest.mark.django_db
def test_a_session_that_is_over_is_settled_for_good(home):
    session = SessionFactory(organisation=home, state="closed", first_day=in_days(-5))
    with pytest.raises(TransitionRefused, match="ne change plus"):
        actions.settle(session, capacity=3, by=manager_of(home))
