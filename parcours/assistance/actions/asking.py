from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.quiet import next_quiet_end
from parcours.assistance.actions.messages import add_message, known_message
from parcours.assistance.lifecycle import LIFECYCLE
from parcours.assistance.models import Message, Thread
from parcours.catalogue.documents import assistance_faults, responsible_for

A_DAY, MOST_A_DAY = timedelta(days=1), 20
TELL_AGAIN = timedelta(hours=1)
SUBJECT_LENGTH = 120
TOO_MANY = "Vous avez posé vingt questions depuis hier : attendez les premières réponses, puis posez les suivantes."


def ask(edition, activity, *, text, files=(), client_id, by):
    """Put a question to whoever answers for the parcours; the same form sent twice makes one question.

    `activity` is the étape it is asked from, None for the parcours as a whole. Raises TransitionRefused when nobody
    answers for the parcours, or after too many questions.
    """
    if known := known_message(by, client_id, text):
        return known.thread
    refuse_too_many(by)
    if faults := assistance_faults(edition.parcours):
        raise TransitionRefused(faults)
    try:
        with transaction.atomic():
            return _ask(edition, activity, text, files, client_id, by)
    except IntegrityError:
        if known := known_message(by, client_id, text):
            return known.thread
        raise


@transaction.atomic
def ask_again(thread, *, text, files=(), client_id, by):
    """Add to one's question; after an answer, the wait begins again and so does the delay."""
    Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    if known := known_message(by, client_id, text):
        return known.thread
    refuse_too_many(by)
    with LIFECYCLE.moving(thread, "ask_again", by=by) as thread:
        now, begins = timezone.now(), not thread.is_waiting
        if begins:
            thread.waiting_since, thread.due_at = now, _due_at(thread.organisation, now)
        due_at = thread.due_at if begins else None
        add_message(
            thread, Message.Kind.QUESTION, text=text, files=files, client_id=client_id, by=by, at=now, due_at=due_at
        )
        tell_trainers(thread, now)
    return thread


def close(thread, *, by):
    with LIFECYCLE.moving(thread, "close", by=by) as thread:
        thread.closed_at = timezone.now()
    return thread


def refuse_too_many(person):
    since = timezone.now() - A_DAY
    if Message.objects.filter(author=person, kind=Message.Kind.QUESTION, at__gt=since).count() >= MOST_A_DAY:
        raise TransitionRefused([TOO_MANY])


def tell_trainers(thread, now):
    """One notice an hour at most for a question, however much is added to it; the caller saves `told_at`."""
    at = next_quiet_end(now, thread.organisation.time_zone)
    if thread.told_at and at - thread.told_at < TELL_AGAIN:
        return
    thread.told_at = at
    post("assistance.tell_trainers", thread.pk, key=f"assistance.tell_trainers:{thread.pk}:{at.timestamp():.0f}")


def first_line(text) -> str:
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rstrip() + "…"


def _ask(edition, activity, text, files, client_id, by):
    now, organisation = timezone.now(), responsible_for(edition.parcours)
    due_at = _due_at(organisation, now)
    thread = Thread(
        person=by,
        parcours_id=edition.parcours_id,
        edition=edition,
        organisation=organisation,
        subject=first_line(text),
        asked_at=now,
        waiting_since=now,
        due_at=due_at,
        **place_of(activity),
    )
    thread.save(force_insert=True)
    add_message(
        thread, Message.Kind.QUESTION, text=text, files=files, client_id=client_id, by=by, at=now, due_at=due_at
    )
    told = {"parcours": thread.parcours_id, "activity": thread.activity_id, "organisation": organisation.pk}
    record("assistance.ask", thread, by=by, after=told)
    tell_trainers(thread, now)
    thread.save(update_fields=["told_at"])
    return thread


def place_of(activity) -> dict:
    if activity is None:
        return {}
    return {
        "activity_id": activity.activity_id,
        "activity_slug": activity.slug,
        "activity_title": activity.title,
    }


def _due_at(organisation, now):
    return organisation.answer_due_at(now, organisation.assistance_days)
