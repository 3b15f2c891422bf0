"""Enrolments as the actions make them, and learners who go through their étapes."""

import uuid

import factory
from factory.django import DjangoModelFactory

from parcours.assessment.engine.marking import right_answer, wrong_answers
from parcours.learning import actions
from parcours.learning.models import Enrolment
from tests.catalogue.factories import EditionFactory, series
from tests.organisations.factories import OrganisationFactory

PARAGRAPH = "<p>" + "Une phrase de la leçon. " * 30 + "</p>"
TEXT = {"type": "html", "html": "<h2>Ce qu’il faut savoir</h2>" + PARAGRAPH * 6}


class EnrolmentFactory(DjangoModelFactory):
    """Traits: `completed=True` goes through every étape, `started=True` through the first one."""

    class Meta:
        model = Enrolment

    person = factory.SubFactory("tests.accounts.factories.PersonFactory")
    edition = factory.SubFactory(EditionFactory)
    employer = factory.SubFactory(OrganisationFactory)

    @classmethod
    def _create(cls, model_class, *args, completed=False, started=False, **values):
        enrolment = actions.enrol(by=values["person"], **values)
        outline = enrolment.edition.outline
        for one in outline if completed else outline[:1] if started else ():
            finish(enrolment, enrolment.edition.activity(one.slug))
        enrolment.refresh_from_db()
        return enrolment


LESSON = {"minutes": 12, "rule": {"kind": "answered"}, "nodes": lambda: [TEXT, series()]}
QUIZ = {
    "minutes": 15,
    "rule": {"kind": "score", "threshold": 70, "keep": "best"},
    "nodes": lambda: [series(*["choix-unique"] * 10)],
}
REAL = [LESSON] * 15 + [QUIZ] * 2
"""`EditionFactory(activities=REAL)`: the size of the national half-day."""


def right(question) -> list[str]:
    return right_answer(question)


def wrong(question) -> list[str]:
    return wrong_answers(question)[0]


def reply(enrolment, activity, question, given=None, attempt=1, **values):
    """One answer, right unless said otherwise, under a number of its own."""
    values.setdefault("client_id", str(uuid.uuid4()))
    given = right(question) if given is None else given
    return actions.answer(enrolment, activity, question["id"], given, attempt=attempt, **values)


def finish(enrolment, activity):
    actions.open_activity(enrolment, activity)
    for question in activity.questions:
        reply(enrolment, activity, question)
    if not activity.questions:
        actions.finish_reading(enrolment, activity)


def activity(enrolment, rank):
    """The étape of this rank, from 0: in the default edition one read, one answered, one scored."""
    return enrolment.edition.activity(enrolment.edition.outline[rank].slug)
