from django.db import transaction

from parcours.classroom.models import SignalledNeed, Survey


@transaction.atomic
def forget_person(person) -> None:
    """Somebody's account was erased: what was done stays as proof, what they wrote before it goes."""
    SignalledNeed.objects.filter(person=person).delete()
    Survey.objects.filter(person=person).update(person=None, email="", answers={})
