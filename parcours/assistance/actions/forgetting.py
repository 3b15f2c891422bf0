from django.db import transaction

from parcours.assistance.actions.files import erase
from parcours.assistance.models import Attachment, Message, Thread


@transaction.atomic
def forget_person(person):
    """Blank what was written in one's questions, answers included; who waited how long stays, without any word.

    What one wrote as a trainer in the questions of others stays theirs.
    """
    own = Message.objects.filter(thread__person=person)
    erase(Attachment.objects.filter(message__in=own) | Attachment.objects.filter(person=person, message=None))
    own.update(text="")
    Thread.objects.filter(person=person).update(subject="")
