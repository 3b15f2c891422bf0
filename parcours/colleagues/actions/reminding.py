"""A référent reminds a colleague: one message a week at most, whoever sends it, and never against their will."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lms.kernel.formats import date_short
from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.quiet import next_quiet_end
from parcours.learning.models import Enrolment

A_WEEK = timedelta(days=7)


@transaction.atomic
def remind(enrolment, *, by) -> Enrolment:
    """Have a message sent at the next fit hour where the person lives. Raises TransitionRefused with the reason.

    It counts for the weekly rhythm of all reminders, not among the three the platform sends by itself.
    """
    held = Enrolment.objects.filter(person=enrolment.person_id).order_by("pk").select_for_update(of=("self",))
    held = {one.pk: one for one in held}
    locked, now = held[enrolment.pk], timezone.now()
    last = max((one.reminded_at for one in held.values() if one.reminded_at), default=None)
    if refusal := reminder_refusal(locked, enrolment.person, last, now):
        raise TransitionRefused([f"{enrolment.person.full_name} : {refusal}"])
    locked.reminded_at = now
    locked.save(update_fields=["reminded_at"])
    record("colleagues.remind", locked, by=by, after={"person": locked.person_id})
    post(
        "colleagues.send_reminder",
        locked.pk,
        by.pk,
        key=f"colleagues.reminder:{locked.pk}:{now:%Y-%m-%d}",
        due_at=next_quiet_end(now, enrolment.person.time_zone),
    )
    return locked


def reminder_refusal(enrolment, person, last, now) -> str:
    """Why this person is not reminded now; `last` is their last reminder, for whatever parcours."""
    if enrolment.state != Enrolment.State.ACTIVE:
        return "ce parcours n’est pas en cours, il n’y a rien à rappeler."
    if not person.email or not person.is_active:
        return "aucune adresse ne permet de lui écrire. Parlez-lui directement."
    if enrolment.reminders_stopped_at:
        return "cette personne ne reçoit plus de rappels pour ce parcours. Parlez-lui directement."
    if last and last + A_WEEK > now:
        again = timezone.localdate(last + A_WEEK)
        return f"un rappel est déjà parti cette semaine. Le prochain sera possible le {date_short(again)}."
    return ""
