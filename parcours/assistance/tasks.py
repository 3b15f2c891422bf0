from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from lms.accounts.models import Person
from lms.kernel.formats import date_long
from lms.kernel.jobs import clock, task
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end
from parcours.assistance import actions
from parcours.assistance.models import Message, Thread
from parcours.assistance.queries import TRAINING_ROLES


@task("assistance.tell_trainers", atomic=True)
def tell_trainers(thread_pk):
    """Whoever follows the question, or else every trainer of the organisme; nothing when it was answered meanwhile."""
    thread = Thread.objects.for_mail().get(pk=thread_pk)
    if not thread.is_waiting:
        return
    now = timezone.now()
    for trainer in _trainers_of(thread):
        context = {
            "person": trainer,
            "thread": thread,
            "due": date_long(thread.due_at.astimezone(ZoneInfo(trainer.time_zone))),
            "link": settings.BASE_URL + thread.answering_url,
        }
        post_mail(
            to=trainer.email,
            subject=f"Une question attend votre réponse : « {thread.edition.title} »"[:250],
            body=render_to_string("assistance/mail_asked.txt", context),
            reason=f"Vous recevez ce message parce que vous répondez aux apprenants de {thread.organisation}.",
            key=f"assistance.asked:{thread.pk}:{trainer.pk}:{thread.told_at.timestamp():.0f}",
            due_at=next_quiet_end(now, trainer.time_zone),
        )


@task("assistance.tell_person", atomic=True)
def tell_person(message_pk):
    """That an answer is there, never what it says."""
    message = Message.objects.select_related("author").defer("text").get(pk=message_pk)
    thread = Thread.objects.for_mail().get(pk=message.thread_id)
    person = thread.person
    if not person.email or not person.is_active:
        return
    context = {
        "person": person,
        "thread": thread,
        "author": message.author,
        "link": settings.BASE_URL + thread.get_absolute_url(),
    }
    post_mail(
        to=person.email,
        subject="Votre question a reçu une réponse",
        body=render_to_string("assistance/mail_answered.txt", context),
        reason=f"Vous recevez ce message parce que vous avez posé une question sur {settings.SITE_NAME}.",
        key=f"assistance.answered:{message.pk}",
        due_at=next_quiet_end(timezone.now(), person.time_zone),
    )


@clock("assistance.forget_kept_files", every="day", at="03:50")
def forget_kept_files(day):
    actions.forget_kept_files()


def _trainers_of(thread):
    if thread.assigned_to and _still_trains(thread.assigned_to, thread.organisation):
        return [thread.assigned_to]
    held = thread.organisation.memberships.active().filter(role__in=TRAINING_ROLES).values("person")
    people = Person.objects.known().filter(pk__in=held).exclude(pk=thread.person_id)
    return people.exclude(email=None).order_by("pk")


def _still_trains(person, organisation):
    held = person.memberships.active().filter(role__in=TRAINING_ROLES, organisation=organisation)
    return person.is_active and person.email and held.exists()
