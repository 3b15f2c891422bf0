"""A demande is kept whole, then goes whole: ten years after its last payment, as the accounts it belongs to."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from certification.funding.lifecycle import CLOSED
from certification.funding.models import Batch, Bordereau, BordereauLine, Decision, Demande, Payment, Piece
from lms.kernel.files import gone_with_commit
from lms.kernel.journal import record
from lms.kernel.terms import define_years, kept_from

KEPT = define_years(
    "funding.demandes_years",
    "durée de conservation d’une demande de prise en charge, en années après son dernier paiement (dix, comme les "
    "pièces comptables ; à confirmer)",
    10,
)
BATCH_DAYS = 30


def forget_outlived(today) -> int:
    """How many demandes went; one that still waits for a decision or a payment is never among them."""
    Batch.objects.filter(ordered_at__date__lt=today - timedelta(days=BATCH_DAYS)).delete()
    before = kept_from(KEPT.code, today)
    paid_since = Payment.objects.filter(demande=OuterRef("pk"), paid_on__gte=before)
    over = Demande.objects.filter(
        Q(state__in=CLOSED) | Q(settled=True),
        ~Exists(paid_since),
        session__ends_at__date__lt=before,
        waiting_since__date__lt=before,
    )
    found = list(over.order_by("pk").values_list("pk", flat=True))
    for pk in found:
        _forget(pk)
    return len(found)


@transaction.atomic
def _forget(pk):
    """The journal keeps its number; its files go once it is gone."""
    demande = Demande.objects.select_for_update().get(pk=pk)
    files = [one.file for one in Piece.objects.filter(demande=demande)] + [demande.agreement_file]
    record("funding.forget_demande", demande, after={"number": demande.number, "state": demande.state})
    BordereauLine.objects.filter(demande=demande).delete()
    Bordereau.objects.filter(lines=None).delete()
    for payment in Payment.objects.filter(demande=demande).order_by("-pk"):
        payment.delete()  # what corrects another goes before it
    Decision.objects.filter(demande=demande).delete()
    Piece.objects.filter(demande=demande).delete()
    demande.delete()
    for file in files:
        gone_with_commit(file)
