from django.db import IntegrityError, transaction

from lms.kernel.lifecycle import TransitionRefused
from parcours.learning.models import Moment

MOST = 7
ENOUGH = "Vous avez déjà sept moments dans la semaine : retirez-en un pour en choisir un autre."
TWICE = "Vous avez déjà choisi ce moment."


def choose_moment(person, *, weekday, starts_at, minutes) -> Moment:
    """A moment of the week more. Raises TransitionRefused."""
    if person.moments.count() >= MOST:
        raise TransitionRefused([ENOUGH])
    try:
        with transaction.atomic():
            return Moment.objects.create(person=person, weekday=weekday, starts_at=starts_at, minutes=minutes)
    except IntegrityError:
        raise TransitionRefused([TWICE]) from None


def give_up_moment(moment) -> None:
    moment.delete()
