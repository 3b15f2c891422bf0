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
