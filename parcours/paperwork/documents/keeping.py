"""How long the proofs of a session and its accounts are kept; which sessions have outlived that."""

from lms.kernel.terms import define_years, kept_from
from parcours.classroom.models import Session
from parcours.paperwork.lifecycle import PayerKind
from parcours.paperwork.models import Part

PROOFS = define_years(
    "paperwork.proofs_years",
    "durée de conservation des preuves d’une session, en années après sa fin (six, consigne d’OPCO publiée)",
    6,
    least=6,
)
WITH_EUROPE = define_years(
    "paperwork.european_proofs_years",
    "la même durée quand des fonds européens payent en partie (dix, consigne d’OPCO publiée)",
    10,
    least=10,
)
MONEY = define_years(
    "paperwork.accounts_years",
    "durée de conservation des parts et des factures, en années après la session (dix, à confirmer)",
    10,
)


def outlived(today):
    """Those whose proofs nobody may ask for any more."""
    european = Part.objects.filter(payer_kind=PayerKind.EUROPE).values("price__registration__session")
    over = Session.objects.filter(ends_at__date__lt=kept_from(PROOFS.code, today))
    kept = over.filter(pk__in=european, ends_at__date__gte=kept_from(WITH_EUROPE.code, today))
    return over.exclude(pk__in=kept).order_by("pk")


def paid(today):
    return Session.objects.filter(ends_at__date__lt=kept_from(MONEY.code, today)).order_by("pk")
