"""Payments handed to the accounts under one number, then recorded together once they are made."""

from django.db import transaction
from django.utils import timezone

from certification.funding.actions.paying import pay
from certification.funding.actions.refusals import refuse_if
from certification.funding.lifecycle import FUNDING
from certification.funding.models import Bordereau, BordereauLine, Decision, Demande
from certification.funding.permissions import conflicts_of
from lms.kernel.counters import next_number
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused

NOTHING = "Aucun dossier ne peut être mis dans ce bordereau : relisez la liste."
ONE_OPCO = "Un bordereau est d’un seul OPCO : choisissez les dossiers de l’un, puis de l’autre."
TO_NOTIFY = "Une décision attend d’être notifiée : attendez, ou retirez-la."
ALREADY = "Déjà dans le bordereau {number}, qui n’est pas encore payé."
CHANGED = "Les pièces ont changé depuis la validation : lisez l’écart avant de payer."
NOTHING_LEFT = "Rien ne reste dû."
CANCELLED = "Ce bordereau est annulé."
PAID_ALREADY = "Des paiements de ce bordereau sont déjà enregistrés : il ne s’annule plus."
NOT_TO_PAY = "Ce paiement vient d’être enregistré, ou son bordereau annulé : rechargez la page."
ALL_PAID = "Tous les paiements de ce bordereau sont déjà enregistrés."


def bordereau_refusals(demandes, *, by) -> dict[int, str]:
    """Why each of these files cannot be paid by a bordereau now; nothing when it can."""
    conflicts = conflicts_of(by, demandes)
    waiting = set(Decision.objects.pending().filter(demande__in=demandes).values_list("demande", flat=True))
    lines = BordereauLine.objects.to_pay().filter(demande__in=demandes)
    known = dict(lines.values_list("demande", "bordereau__number"))
    found = {}
    for one in demandes:
        why = "" if left_of(one) > 0 else NOTHING_LEFT
        why = CHANGED if one.mismatches else why
        why = ALREADY.format(number=known[one.pk]) if one.pk in known else why
        why = TO_NOTIFY if one.pk in waiting else why
        found[one.pk] = conflicts[one.pk] or " ".join(FUNDING.refusals(one, "pay")) or why
    return found


def left_of(demande):
    """`demande` read `for_payment`."""
    return (demande.due_amount or 0) - demande.paid


@transaction.atomic
def make_bordereau(demandes, *, by) -> Bordereau:
    """What can be paid of these files; the others stay out. Raises TransitionRefused: nothing, or several OPCOs."""
    pks = sorted(one.pk for one in demandes)
    list(Demande.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=pks).order_by("pk"))
    found = list(Demande.objects.filter(pk__in=pks).for_payment().order_by("number"))
    why = bordereau_refusals(found, by=by)
    ready = [one for one in found if not why[one.pk]]
    refuse_if("" if ready else NOTHING)
    refuse_if(ONE_OPCO if len({one.opco_id for one in ready}) > 1 else "")
    year = timezone.localdate().year
    number = f"BP-{year}-{next_number(f'funding:bordereau:{year}'):05d}"
    made = Bordereau.objects.create(number=number, opco=ready[0].opco, made_by=by)
    BordereauLine.objects.bulk_create(_line(made, one) for one in ready)
    record("funding.make_bordereau", made, by=by, after={"number": number, "demandes": [one.pk for one in ready]})
    return made


def _line(bordereau, demande) -> BordereauLine:
    payee = demande.session.organisation if demande.subrogation else demande.employer
    return BordereauLine(
        bordereau=bordereau,
        demande=demande,
        payee=str(payee),
        siret=payee.siret,
        invoice=demande.invoice.number if demande.invoice else "",
        amount=left_of(demande),
    )


def pay_bordereau(bordereau, *, paid_on, reference, by) -> tuple[int, list[str]]:
    """Record the payment of each line, each apart: how many were, and why the others were not."""
    refuse_if(CANCELLED if bordereau.cancelled_at else "")
    lines = list(bordereau.lines.to_pay().select_related("demande"))
    refuse_if("" if lines else ALL_PAID)
    done, refused = 0, []
    for line in lines:
        try:
            _pay_line(line, paid_on, reference, by)
        except TransitionRefused as refusal:
            refused.append(f"Dossier {line.demande.number} : {' '.join(refusal.sentences)}")
        else:
            done += 1
    return done, refused


@transaction.atomic
def _pay_line(line, paid_on, reference, by):
    """After the row of its bordereau, which whoever cancels it takes too: each sees what the other did."""
    Bordereau.objects.select_for_update(no_key=True).get(pk=line.bordereau_id)
    refuse_if("" if BordereauLine.objects.to_pay().filter(pk=line.pk).exists() else NOT_TO_PAY)
    demande = pay(line.demande, amount=line.amount, paid_on=paid_on, reference=reference, by=by)
    line.payment = demande.payments.order_by("pk").last()
    line.save(update_fields=["payment"])


@transaction.atomic
def cancel_bordereau(bordereau, *, by) -> Bordereau:
    """Before any payment of it is recorded: its files may be in another one."""
    locked = Bordereau.objects.select_for_update(no_key=True).get(pk=bordereau.pk)
    refuse_if(CANCELLED if locked.cancelled_at else "")
    unpaid = locked.lines.to_pay().count()
    refuse_if("" if unpaid == locked.lines.count() else PAID_ALREADY)
    locked.cancelled_at = timezone.now()
    locked.save(update_fields=["cancelled_at"])
    record("funding.cancel_bordereau", locked, by=by)
    return locked
