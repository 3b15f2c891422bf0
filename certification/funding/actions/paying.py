from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from certification.funding.actions.deciding import deciding
from certification.funding.actions.refusals import held, refuse_if
from certification.funding.engine.comparing import cents, euros
from certification.funding.lifecycle import Verdict
from certification.funding.models import Demande, Payment

BEYOND = "Ce paiement dépasse de {gap} ce qui reste dû ({left}) : dites pourquoi, ou corrigez le montant."
TO_COME = "La date du paiement est à venir : notez ce qui est déjà payé."


def left_to_pay(demande) -> Decimal:
    return (demande.due_amount or Decimal(0)) - demande.payments.total()


@transaction.atomic
def pay(demande, *, amount, paid_on, reference, by, beyond_why="", settles=False) -> Demande:
    """Record a payment made elsewhere. `settles`: nothing more will be paid, though less than what was due was.

    Raises TransitionRefused: beyond what is due without saying why.
    """
    locked = held(demande)
    left = left_to_pay(locked)
    gap = amount - left
    refuse_if(TO_COME if paid_on > timezone.localdate() else "")
    too_much = BEYOND.format(gap=euros(cents(gap)), left=euros(cents(left)))
    refuse_if(too_much if gap > 0 and not beyond_why.strip() else "")
    move = "pay" if gap >= 0 else "pay_part"
    with deciding(locked, move, Verdict.PAY, by=by) as (moved, decision):
        moved.settled = bool(settles and gap < 0)
        Payment.objects.create(
            demande=moved,
            decision=decision,
            amount=amount,
            paid_on=paid_on,
            reference=reference.strip(),
            beyond_why=beyond_why.strip() if gap > 0 else "",
        )
    return moved
