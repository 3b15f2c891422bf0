from django.dispatch import receiver

from lms.accounts.events import person_erased
from parcours.learning import actions


@receiver(person_erased)
def on_person_erased(person, **kwargs):
    actions.forget_person(person)
