from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from certification.funding.actions.deciding import deciding, is_settled
from certification.funding.actions.refusals import held, refuse_if
from certification.funding.engine.comparing import cents, euros
from certification.funding.lifecycle import FUNDING, Verdict
from certification.funding.models import Demande, Payment
from lms.kernel.formats import date_short

BEYOND = "Ce paiement dépasse de {gap} ce qui reste dû ({left}) : seul ce qui est validé se paie. Corrigez le montant."
TO_COME = "La date du paiement est à venir : notez ce qui est déjà payé."
TOO_SOON = "Cette date précède celle de l’accord, le {day} : corrigez-la."
NOT_TO_CORRECT = "Ce paiement est déjà corrigé, ou n’est plus compté : rechargez la page."
NO_REASON = "Dites en une phrase pourquoi ce paiement est corrigé."


def left_to_pay(demande) -> Decimal:
    return (demande.due_amount or Decimal(0)) - demande.payments.total()


@transaction.atomic
def pay(demande, *, amount, paid_on, reference, by, settles=False) -> Demande:
    """Record a payment made elsewhere. `settles`: nothing more will be paid, though less than what was due was.

    Raises TransitionRefused: beyond what was validated.
    """
    locked = held(demande)
    refuse_if(FUNDING.refusals(locked, "pay"))
    left = left_to_pay(locked)
    gap = amount - left
    refuse_if(TO_COME if paid_on > timezone.localdate() else "")
    refuse_if(TOO_SOON.format(day=date_short(locked.agreed_on)) if paid_on < locked.agreed_on else "")
    refuse_if(BEYOND.format(gap=euros(cents(gap)), left=euros(cents(left))) if gap > 0 else "")
    move = "pay" if gap >= 0 else "pay_part"
    with deciding(locked, move, Verdict.PAY, by=by) as (moved, decision):
        moved.settled = bool(settles and gap < 0)
        Payment.objects.create(
            demande=moved,
            decision=decision,
            amount=amount,
            paid_on=paid_on,
            reference=reference.strip(),
            settles=moved.settled,
        )
    return moved


@transaction.atomic
def correct_payment(payment, *, why, by) -> Demande:
    """Record the opposite of a payment recorded by mistake; the file is to pay again. What was recorded stays as it is.

    Raises TransitionRefused: no reason, or corrected already.
    """
    locked = held(payment.demande)
    refuse_if("" if why.strip() else NO_REASON)
    refuse_if("" if locked.payments.to_correct().filter(pk=payment.pk).exists() else NOT_TO_CORRECT)
    rest = locked.payments.total() - payment.amount
    with deciding(locked, "correct_part" if rest > 0 else "correct", Verdict.CORRECT, by=by) as (moved, decision):
        Payment.objects.create(
            demande=moved,
            decision=decision,
            amount=-payment.amount,
            paid_on=timezone.localdate(),
            reference=payment.reference,
            corrects=payment,
            why=why.strip(),
        )
        moved.settled = is_settled(moved)
    return moved
