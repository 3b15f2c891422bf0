from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from certification.funding.lifecycle import FUNDING
from certification.funding.models import Demande
from lms.kernel.lifecycle import TransitionRefused

IN_HAND = "L’OPCO examine ce dossier en ce moment : revenez dans une heure, puis rechargez la page."


def refuse_if(sentences):
    told = [one for one in ([sentences] if isinstance(sentences, str) else sentences) if one]
    if told:
        raise TransitionRefused(told)


def held(demande) -> Demande:
    """The row, locked until the transaction ends, with what its page reads."""
    Demande.objects.select_for_update(no_key=True).filter(pk=demande.pk).first()
    return Demande.objects.for_page().get(pk=demande.pk)


@contextmanager
def moved_by_parties(demande, move, *, by, **journal):
    """A move of the employer or of the organisme, told to everybody at once; none while a decision is to notify."""
    with transaction.atomic():
        refuse_if("" if held(demande).is_announced else IN_HAND)
        with FUNDING.moving(demande, move, by=by, **journal) as locked:
            yield locked
            locked.announced_state = FUNDING.transitions[move].target
            locked.waiting_since = timezone.now()
