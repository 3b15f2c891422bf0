"""What the fictional people ask from their étapes: some wait, some wait too long, most are answered, a few shared."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lms.accounts.models import Person
from lms.demo.population.draw import data, identity, lot
from lms.demo.population.institutions import SEED
from parcours.assistance.actions.asking import first_line
from parcours.assistance.documents import forget_shared
from parcours.assistance.models import Message, SharedAnswer, Thread
from parcours.catalogue.documents import responsible_for
from parcours.catalogue.models import Edition
from parcours.learning.models import Enrolment

CLOSED = 0.2  # share of the questions answered that the learner closed
ASKING_PERSONAS = ("apprenante-mayotte", "referente")  # they ask the first questions, so that their pages are not empty


def populate_questions(*, seed) -> int:
    """Put the questions of the file, from the étape each is about; a second run adds none."""
    enrolments = list(_askers())
    trainer = Person.objects.filter(public_id=identity(SEED, "persona", "formatrice")).first()
    if not enrolments or trainer is None:
        return 0
    entries = data("questions")
    return sum(_question(entries[rank], rank, enrolments, trainer, seed) for rank in range(len(entries)))


def _askers():
    """The personas first, then those who follow the same parcours."""
    found = Enrolment.objects.followed().filter(person__memberships__organisation__fictional=True).distinct()
    personas = [identity(SEED, "persona", code) for code in ASKING_PERSONAS]
    first = found.filter(person__public_id__in=personas).order_by("pk").first()
    edition = first and first.edition
    if edition is None:
        edition = Edition.objects.filter(enrolments__in=found).order_by("pk").first()
    followers = found.filter(edition=edition).select_related("person", "edition").order_by("pk")
    return sorted(followers, key=lambda one: one.person.public_id not in personas)


@transaction.atomic
def _question(entry, rank, enrolments, trainer, seed) -> bool:
    public_id = identity(seed, "question", rank)
    if Thread.objects.filter(public_id=public_id).exists():
        return False
    draw = lot(seed, "question", rank)
    enrolment = enrolments[rank % len(enrolments)]
    organisation = responsible_for(enrolment.edition.parcours)
    asked_at = _asked_at(draw, "reponse" in entry)
    due_at = organisation.answer_due_at(asked_at, organisation.assistance_days)
    thread = Thread(
        public_id=public_id,
        person=enrolment.person,
        parcours_id=enrolment.parcours_id,
        edition=enrolment.edition,
        organisation=organisation,
        subject=first_line(entry["question"]),
        asked_at=asked_at,
        waiting_since=asked_at,
        due_at=due_at,
        told_at=asked_at,
        **_place(enrolment.edition, entry["etape"]),
    )
    thread.save()
    _write(thread, Message.Kind.QUESTION, entry["question"], enrolment.person, asked_at, due_at)
    if "reponse" in entry:
        _answer(thread, entry, trainer, draw)
    return True


def _asked_at(draw, answered):
    """At any hour of the day; those that wait were asked lately, a few of them too long ago."""
    days = draw.randint(6, 45) if answered else draw.choice((0, 0, 1, 2, 6, 9))
    return timezone.now() - timedelta(days=days, minutes=draw.randint(30, 500))


def _place(edition, slug):
    activity = next((one for one in edition.outline if one.slug == slug), None)
    if activity is None:
        return {}
    return {"activity_id": activity.activity_id, "activity_slug": activity.slug, "activity_title": activity.title}


def _answer(thread, entry, trainer, draw):
    thread.answered_at = thread.asked_at + timedelta(hours=draw.randint(1, 30), minutes=draw.randint(0, 59))
    thread.state = Thread.State.ANSWERED
    if draw.random() < CLOSED:
        thread.state, thread.closed_at = Thread.State.CLOSED, thread.answered_at + timedelta(hours=5)
    thread.save()
    _write(thread, Message.Kind.ANSWER, entry["reponse"], trainer, thread.answered_at)
    if "partage" in entry:
        SharedAnswer.objects.create(
            thread=thread,
            parcours_id=thread.parcours_id,
            edition_id=thread.edition_id,
            activity_id=thread.activity_id,
            activity_slug=thread.activity_slug,
            activity_title=thread.activity_title,
            question=entry["partage"],
            answer=entry["reponse"],
            by=trainer,
            at=thread.answered_at,
        )
        forget_shared(thread.parcours_id)


def _write(thread, kind, text, author, at, due_at=None):
    number = identity(SEED, kind, thread.public_id).hex
    Message.objects.create(thread=thread, kind=kind, text=text, author=author, client_id=number, at=at, due_at=due_at)
