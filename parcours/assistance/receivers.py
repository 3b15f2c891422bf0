from django.dispatch import receiver

from lms.accounts.events import person_erased
from parcours.assistance import actions


@receiver(person_erased)
def forget_erased_person(person, **kwargs):
    actions.forget_person(person)
