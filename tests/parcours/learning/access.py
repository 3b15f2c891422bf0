"""Who meets what in a course: only the learner, whatever the role of who looks."""

from datetime import time
from functools import partial

from lms.organisations.models import Role
from parcours.catalogue.models import ParcoursPage
from parcours.catalogue.models.edition import activity_of, outline_of
from parcours.learning.models import Moment
from tests.catalogue.factories import EditionFactory
from tests.parcours.learning.factories import EnrolmentFactory, activity
from tests.parcours.learning.views.sending import sent
from tests.permissions.matrix import Row

ISSUING = ("training_manager", "admin", "superuser")
LEARNER_ONLY = {"*": 404}


def enrolment_of(world):
    """The learner's enrolment: made for each actor, since what an actor does is rolled back, cached étapes included."""
    learner = world.people["learner"]
    if not learner.enrolments.exists():
        outline_of.cache_clear()
        activity_of.cache_clear()
        EnrolmentFactory(person=learner)
    return learner.enrolments.get()


def course(world):
    return [enrolment_of(world).pk]


def etape(rank, world):
    return [*course(world), activity(enrolment_of(world), rank).slug]


def parcours(world):
    return [EditionFactory().parcours_id]


def answering(world):
    return sent(activity(enrolment_of(world), 1).questions[0])


def module(world):
    return [*course(world), activity(enrolment_of(world), 0).module_id]


def competence(world):
    return [activity(enrolment_of(world), 0).competences[0]]


def moment(world):
    return [Moment.objects.create(person=world.people["learner"], weekday=0, starts_at=time(9), minutes=20).pk]


def unknown_paper(world):
    return ["AFF-2026-000000"]


def edition(world):
    return [EditionFactory().pk]


def trained(world):
    """The same, of a parcours the organisme of the trainers answers for."""
    enrolment = enrolment_of(world)
    ParcoursPage.objects.filter(pk=enrolment.parcours_id).update(organisation=world.home(Role.TRAINER))
    return [enrolment.pk]


def older_edition(world):
    """An edition that replaces the one the learner follows."""
    return [EditionFactory(parcours=enrolment_of(world).edition.parcours).pk]


EDITING = ("trainer", "training_manager", "reviewer", "admin", "superuser")

ROWS = [
    Row("learning:home", expected={"*": 200}),
    Row("learning:enrol", parcours, {"*": 200}),
    Row("learning:course", course, LEARNER_ONLY | {"learner": 200}),
    Row("learning:checklist", course, LEARNER_ONLY | {"learner": 200}),
    Row("learning:releve", course, LEARNER_ONLY | {"learner": 200}),
    Row("learning:download_module", module, LEARNER_ONLY | {"learner": 200}),
    Row("learning:withdraw", course, LEARNER_ONLY | {"learner": 200}),
    Row("learning:withdraw", course, LEARNER_ONLY | {"learner": 302}, verb="post"),
    Row("learning:activity", partial(etape, 1), LEARNER_ONLY | {"learner": 200}),
    Row("learning:activity", partial(etape, 1), LEARNER_ONLY | {"learner": 302}, verb="post", data=answering),
    Row("learning:finish_reading", partial(etape, 0), LEARNER_ONLY | {"learner": 302}, verb="post"),
    Row("learning:restart", partial(etape, 2), LEARNER_ONLY | {"learner": 302}, verb="post"),
    Row("learning:papers", expected={"*": 200}),
    Row("learning:paper", unknown_paper, {"*": 404}),
    Row("learning:paper_pdf", unknown_paper, {"*": 404}),
    Row("learning:competences", expected={"*": 200}),
    Row("learning:competence", competence, LEARNER_ONLY | {"learner": 200}),
    Row("learning:calendar", expected={"*": 200}),
    Row("learning:calendar_address", expected={"*": 302}, verb="post"),
    Row("learning:give_up_moment", moment, {"*": 404, "learner": 302}, verb="post"),
    Row("learning:reminders", course, LEARNER_ONLY | {"learner": 302}, verb="post"),
    Row("learning:learners", expected={"*": 403, "trainer": 200, "training_manager": 200}),
    Row("learning:learner_releve", course, {"*": 404}, label="of another organisme"),
    Row("learning:learner_releve", trained, {"*": 404, "trainer": 200, "training_manager": 200}),
    Row("learning:editions", expected={"*": 403} | dict.fromkeys(EDITING, 200)),
    Row("learning:spread", edition, {"*": 403, "superuser": 200}),
    Row("learning:preview_spread", older_edition, {"*": 403, "superuser": 302}, verb="post"),
    Row("learning:confirm_spread", edition, {"*": 403, "superuser": 404}, verb="post"),
    Row("learning:spread_minor", older_edition, {"*": 403, "superuser": 302}, verb="post"),
    Row("learning:issued_papers", expected={"*": 403} | dict.fromkeys(ISSUING, 200)),
    Row("learning:issued_paper", unknown_paper, {"*": 403} | dict.fromkeys(ISSUING, 404)),
    Row("learning:revoke_paper", unknown_paper, {"*": 403} | dict.fromkeys(ISSUING, 404), verb="post"),
]
