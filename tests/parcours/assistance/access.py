"""Who meets what in an exchange: who asked, and whoever trains in the organisme that answers."""

from lms.organisations.models import Kind, Role
from parcours.assistance import actions
from parcours.assistance.engine.files import check
from parcours.catalogue.models.edition import activity_of, outline_of
from tests.parcours.assistance.factories import PDF, ask, edition_of, number
from tests.parcours.learning.factories import EnrolmentFactory
from tests.permissions.matrix import Row

TRAINING = dict.fromkeys(("trainer", "training_manager"), 200)
DONE = dict.fromkeys(TRAINING, 302)
NOBODY = {"*": 404}


def thread_of(world):
    """A question of the learner to the organisme: made for each actor, since what an actor does is rolled back."""
    learner, training = world.people["learner"], world.homes[Kind.TRAINING]
    if not learner.questions.exists():
        outline_of.cache_clear()
        activity_of.cache_clear()
        training.nda, training.assistance_contact = "53351234535", "Inès Le Goff"
        training.save()
        enrolment = EnrolmentFactory(person=learner, edition=edition_of(training))
        ask(enrolment.edition, learner, files=[check("consigne.pdf", PDF)])
    return learner.questions.get()


def thread(world):
    return [thread_of(world).public_id]


def file(world):
    return [thread_of(world).messages.get().attachments.get().public_id]


def shared(world):
    found = thread_of(world)
    trainer = world.people[Role.TRAINER]
    return [actions.share(found, question="?", answer_text="!", client_id=number(), by=trainer).pk]


def writing(world):
    return {"text": "Un mot.", "client_id": number()}


def sharing(world):
    return {"question": "Peut-on ?", "answer": "Oui.", "nameless": "on", "client_id": number()}


ROWS = [
    Row("assistance:questions", expected={"*": 200}),
    Row("assistance:ask", expected={"*": 404}, label="without any parcours"),
    Row("assistance:attachment", file, NOBODY | TRAINING | {"learner": 200}),
    Row("assistance:question", thread, NOBODY | DONE | {"learner": 200}),
    Row("assistance:question", thread, NOBODY | DONE | {"learner": 302}, verb="post", data=writing),
    Row("assistance:close", thread, NOBODY | dict.fromkeys(TRAINING, 403) | {"learner": 302}, verb="post"),
    Row("assistance:waiting", expected={"*": 403} | TRAINING),
    Row("assistance:answering", thread, NOBODY | TRAINING),
    Row("assistance:answering", thread, NOBODY | DONE, verb="post", data=writing),
    Row("assistance:etape", thread, NOBODY | TRAINING),
    Row("assistance:share", thread, NOBODY | TRAINING),
    Row("assistance:share", thread, NOBODY | DONE, verb="post", data=sharing),
    Row("assistance:assign", thread, NOBODY | DONE, verb="post"),
    Row("assistance:close_answered", thread, NOBODY | DONE, verb="post"),
    Row("assistance:withdraw", shared, NOBODY | DONE, verb="post"),
]
