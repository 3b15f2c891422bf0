from django.dispatch import receiver

from lms.accounts.events import person_erased
from lms.kernel.jobs import post
from parcours.classroom.events import session_closed
from parcours.quality import actions
from parcours.quality.lifecycle import Moment


@receiver(session_closed)
def ask_what_they_think(session, **kwargs):
    key = f"quality.ask_appreciations:{session.pk}:hot"
    post("quality.ask_appreciations", session.pk, Moment.HOT.value, key=key)


@receiver(person_erased)
def forget_erased_person(person, **kwargs):
    actions.forget_person(person)
