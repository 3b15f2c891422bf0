from django.dispatch import receiver

from lms.accounts.events import person_erased
from lms.kernel.jobs import post
from parcours.assistance.events import answer_shared
from parcours.learning import actions


@receiver(person_erased)
def on_person_erased(person, **kwargs):
    actions.forget_person(person)


@receiver(answer_shared)
def on_answer_shared(shared, **kwargs):
    post("learning.tell_followers", shared.pk, 0, key=f"learning.tell_followers:{shared.pk}:0")
