from django.db import transaction
from django.utils import timezone

from parcours.classroom.actions.leaving import withdraw
from parcours.classroom.models import Registration, SignalledNeed, Survey

ERASED = "Compte effacé à la demande de la personne."


@transaction.atomic
def forget_person(person) -> None:
    """Somebody's account was erased: their seats are freed, what was done stays as proof, what they wrote goes."""
    for registration in Registration.objects.filter(person=person, session__ends_at__gt=timezone.now()).active():
        withdraw(registration, by=None, reason=ERASED)
    SignalledNeed.objects.filter(person=person).delete()
    Survey.objects.filter(person=person).update(person=None, email="", answers={})


@transaction.atomic
def forget_recueils(session) -> int:
    """What was expected of a session, once its proofs have had their time; how many answers."""
    deleted, _ = Survey.objects.filter(session=session).delete()
    return deleted


@transaction.atomic
def forget_seats(session) -> int:
    """What was said of the funding and of a departure, once its accounts have had their time.

    The seat stays: it is what its person followed, as long as their account exists.
    """
    told = session.registrations.exclude(funding_answers={}, left_reason="")
    return told.update(funding_answers={}, left_reason="")
