from django.dispatch import receiver
from django.utils import timezone

from lms.accounts.events import person_erased
from lms.kernel.jobs import post
from parcours.classroom import actions
from parcours.classroom.events import session_cancelled, session_published, session_rescheduled


@receiver(person_erased)
def forget_erased_person(person, **kwargs):
    actions.forget_person(person)


@receiver(session_published)
def warn_whoever_waited_for_it(session, **kwargs):
    post("classroom.warn_needs", session.pk, key=f"classroom.warn_needs:{session.pk}")


@receiver(session_rescheduled)
def convoke_again(session, **kwargs):
    change = f"{timezone.now().timestamp():.6f}"
    post("classroom.convoke_again", session.pk, change)
    post("classroom.tell_trainers", session.pk, "rescheduled", f"{session.pk}-{change}")


@receiver(session_cancelled)
def tell_who_was_to_teach(session, **kwargs):
    post("classroom.tell_trainers", session.pk, "cancelled", f"{session.pk}-cancelled")
