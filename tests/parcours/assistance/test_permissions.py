import pytest

from lms.organisations.models import Kind
from parcours.assistance import permissions
from parcours.assistance.models import Attachment, SharedAnswer, Thread
from tests.organisations.situations import World
from tests.parcours.assistance.factories import ask, edition_of, responsible, share, trainer_of
from tests.permissions.matrix import ACTORS, actor_of
from tests.worlds import undone

pytestmark = pytest.mark.django_db

TRAINING = ("trainer", "training_manager")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        world = World()
        type(world.homes[Kind.TRAINING]).objects.filter(pk=world.homes[Kind.TRAINING].pk).update(
            nda="53351234535", assistance_contact="Inès Le Goff"
        )
        world.homes[Kind.TRAINING].refresh_from_db()
        world.thread = ask(edition_of(world.homes[Kind.TRAINING]), world.people["learner"])
        world.colleague = ask(edition_of(world.homes[Kind.TRAINING]), world.people["trainer"])
        world.elsewhere = ask(edition_of(responsible(name="Ailleurs")))
        yield world


@pytest.mark.parametrize("actor", ACTORS)
def test_a_question_is_read_by_who_asked_and_by_who_may_answer(world, actor):
    person, thread = actor_of(world, actor), world.thread
    seen = Thread.objects.visible_to(person)
    assert (thread in seen) == (actor in ("learner", *TRAINING))
    assert world.elsewhere not in seen
    assert permissions.can_ask(person) == (actor != "anonymous")
    assert permissions.can_ask_again(person, thread) == (actor == "learner")
    assert permissions.can_answer(person, thread) == (actor in TRAINING)
    assert permissions.can_list_questions(person) == (actor in TRAINING)
    assert not permissions.can_answer(person, world.elsewhere)


def test_a_trainer_does_not_answer_their_own_question(world):
    trainer, manager = world.people["trainer"], world.people["training_manager"]
    assert not permissions.can_answer(trainer, world.colleague)
    assert world.colleague not in Thread.objects.put_to(trainer)
    assert world.colleague in Thread.objects.put_to(manager)


def test_a_shared_answer_is_withdrawn_by_the_organisme_only():
    thread = ask()
    shared = share(thread)
    colleague, stranger = trainer_of(thread.organisation), trainer_of(responsible(name="Ailleurs"))
    assert permissions.can_withdraw(colleague, shared)
    assert not permissions.can_withdraw(stranger, shared)
    assert list(SharedAnswer.objects.visible_to(colleague)) == [shared]
    assert not SharedAnswer.objects.visible_to(stranger).exists()


def test_who_left_the_organisme_reads_no_more():
    thread = ask()
    trainer = trainer_of(thread.organisation)
    trainer.memberships.update(ends_on="2026-01-02")
    assert not Thread.objects.visible_to(trainer).exists()
    assert not Attachment.objects.visible_to(trainer).exists()
