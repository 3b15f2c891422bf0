"""What comes after the file on screen, so that a pile is gone through without coming back to the list."""

from dataclasses import dataclass

from django.db.models import Q

from certification.funding.lifecycle import STATES_OF_PILE, Pile
from certification.funding.models import Demande


@dataclass(frozen=True)
class Next:
    demande: Demande
    pile: Pile
    count: int


def pile_of(demande) -> Pile | None:
    """The pile this file was in before it was decided."""
    return next((pile for pile, states in STATES_OF_PILE.items() if demande.announced_state in states), None)


def next_in_pile(demande, person) -> Next | None:
    """The first of that pile: one’s own and those nobody has, then those of colleagues; mismatches first in each."""
    pile = pile_of(demande)
    if pile in (None, Pile.CLOSED, Pile.RUNNING, Pile.WAITING):
        return None
    others = Demande.objects.decided_by(person).in_pile(pile).exclude(pk=demande.pk)
    own = others.filter(Q(officer=person) | Q(officer=None))
    first = own.sorted_by("ecarts").first() or others.sorted_by("ecarts").first()
    return Next(first, pile, others.count()) if first else None
