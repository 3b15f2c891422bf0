from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.adaptations.documents import forget_granted
from parcours.adaptations.lifecycle import LIFECYCLE
from parcours.adaptations.models import AdaptationRequest

WAITS_ALREADY = "Une demande attend déjà la réponse de cet organisme : ajoutez ce qui manque quand il vous répondra."


def ask(person, *, organisation, wish, occasions, until, by):
    """Send a request to the référent handicap of an organisme.

    Raises TransitionRefused when one waits there already, also for the second of two simultaneous clicks.
    """
    now = timezone.now()
    request = AdaptationRequest(
        person=person,
        organisation=organisation,
        wish=wish,
        occasions=list(occasions),
        until=until,
        asked_at=now,
        due_at=organisation.answer_due_at(now, organisation.adaptation_days),
    )
    try:
        with transaction.atomic():
            request.save()
            record("adaptations.asked", request, by=by, after={"organisation": organisation.pk})
            post("adaptations.tell_referents", request.pk)
    except IntegrityError:
        raise TransitionRefused([WAITS_ALREADY]) from None
    return request


@transaction.atomic
def withdraw(request, *, by):
    """Take back a request, or the measures it gave. Raises TransitionRefused."""
    with LIFECYCLE.moving(request, "withdraw", by=by) as locked:
        locked.until = timezone.localdate()
    transaction.on_commit(lambda: forget_granted(request.person))
    return locked
