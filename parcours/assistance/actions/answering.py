from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.assistance.actions.messages import add_message, known_message
from parcours.assistance.documents import forget_shared
from parcours.assistance.events import answer_shared
from parcours.assistance.lifecycle import LIFECYCLE
from parcours.assistance.models import Message, SharedAnswer, Thread

SHARED_ALREADY = "Une réponse à cette question est déjà partagée : retirez-la avant d’en partager une autre."
WITHDRAWN_ALREADY = "Cette réponse n’est plus partagée : il n’y a rien à retirer."


@transaction.atomic
def answer(thread, *, text, files=(), client_id, by):
    """Answer the person who asked; the same form sent twice makes one answer. The person is told, without the text."""
    Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    if known := known_message(by, client_id, text):
        return known.thread
    with LIFECYCLE.moving(thread, "answer", by=by) as thread:
        thread.answered_at = timezone.now()
        message = add_message(
            thread, Message.Kind.ANSWER, text=text, files=files, client_id=client_id, by=by, at=thread.answered_at
        )
        post("assistance.tell_person", message.pk, key=f"assistance.tell_person:{message.pk}")
    return thread


def share(thread, *, question, answer_text, client_id, by):
    """Show an answer to all who follow the parcours, under a question worded again by the trainer.

    Whoever asked and waits is answered by the same text. Raises TransitionRefused when another is shared already.
    """
    try:
        with transaction.atomic():
            thread = Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
            shared = SharedAnswer.objects.create(
                parcours_id=thread.parcours_id,
                edition_id=thread.edition_id,
                activity_id=thread.activity_id,
                activity_slug=thread.activity_slug,
                activity_title=thread.activity_title,
                thread=thread,
                question=question,
                answer=answer_text,
                by=by,
            )
            told = {"thread": thread.pk, "parcours": thread.parcours_id, "activity": thread.activity_id}
            record("assistance.share", shared, by=by, after=told)
            if thread.is_waiting:
                answer(thread, text=answer_text, client_id=client_id, by=by)
            answer_shared.send(sender=SharedAnswer, shared=shared)
            _forget_shared(thread.parcours_id)
            return shared
    except IntegrityError:
        known = thread.shared.shown().get()
        if (known.question, known.answer, known.by_id) == (question, answer_text, by.pk):
            return known
        raise TransitionRefused([SHARED_ALREADY]) from None


@transaction.atomic
def withdraw(shared, *, by):
    """Stop showing a shared answer; the answer to whoever asked stays."""
    shared = SharedAnswer.objects.select_for_update(no_key=True).get(pk=shared.pk)
    if not shared.is_shown:
        raise TransitionRefused([WITHDRAWN_ALREADY])
    shared.withdrawn_by, shared.withdrawn_at = by, timezone.now()
    shared.save(update_fields=["withdrawn_by", "withdrawn_at"])
    record("assistance.withdraw", shared, by=by)
    _forget_shared(shared.parcours_id)
    return shared


@transaction.atomic
def assign(thread, *, to, by):
    """Say who of the team follows a question; `to` is None to give it back to all."""
    thread = Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    before = {"assigned_to": thread.assigned_to_id}
    thread.assigned_to = to
    thread.save(update_fields=["assigned_to"])
    record("assistance.assign", thread, by=by, before=before, after={"assigned_to": to and to.pk})
    return thread


def _forget_shared(parcours_id):
    transaction.on_commit(lambda: forget_shared(parcours_id))
