from django.db import transaction
from django.utils import timezone

from lms.kernel.jobs import post
from lms.kernel.lifecycle import TransitionRefused
from parcours.paperwork.actions.issuing import issue, refuse_if
from parcours.paperwork.actions.signing import sign
from parcours.paperwork.documents import kinds
from parcours.paperwork.documents.mentions import buyer_refusals, mentions_refusals
from parcours.paperwork.documents.pieces import nbsp
from parcours.paperwork.documents.quotes import quote_content
from parcours.paperwork.lifecycle import QUOTING, Party
from parcours.paperwork.models import Quote, QuoteLine

AGREEMENT = "Bon pour accord : je déclare avoir pouvoir d’engager {party}, et j’accepte le devis {number} tel quel."


@transaction.atomic
def send_quote(session, buyer, *, seats, lines, valid_until, by, note="", replaces=None) -> Quote:
    """Number a devis, freeze it and tell the buyer. `lines`: label, quantity, unit price before VAT, in euros.

    Raises TransitionRefused with all that is missing.
    """
    refuse_if(quote_refusals(session, buyer, valid_until))
    if not lines:
        raise TransitionRefused(["Un devis a au moins une ligne : ajoutez-la."])
    if replaces:
        with QUOTING.moving(replaces, "replace_quote", by=by):
            pass
    quote = Quote.objects.create(
        session=session,
        buyer=buyer,
        seats=seats,
        vat_rate=session.organisation.vat_rate,
        valid_until=valid_until,
        note=note,
        replaces=replaces,
        created_by=by,
    )
    rows = [
        QuoteLine(quote=quote, position=rank, label=label, quantity=quantity, unit_price=price)
        for rank, (label, quantity, price) in enumerate(lines, start=1)
    ]
    QuoteLine.objects.bulk_create(rows)
    about = {"employer": buyer}
    if replaces:
        about |= {"replaces": replaces.session_paper, "reason": "un nouveau devis le remplace."}
    key = f"paperwork.quote:{quote.pk}"
    quote.session_paper = issue(kinds.QUOTE, session, key=key, content=quote_content(quote), by=by, **about)
    quote.save(update_fields=["session_paper"])
    post("paperwork.tell_buyer", "quote", quote.pk, key=f"paperwork.tell_buyer:quote:{quote.pk}")
    return quote


def quote_refusals(session, buyer, valid_until) -> list[str]:
    past = ["La date de validité est passée : choisissez-en une à venir."] if valid_until < timezone.localdate() else []
    return [*mentions_refusals(session.organisation, kinds.QUOTE), *buyer_refusals(buyer), *past]


def agreement(quote) -> str:
    return nbsp(AGREEMENT.format(party=quote.buyer, number=quote.paper.number))


@transaction.atomic
def accept_quote(quote, *, by, name, role, factor="", file=None) -> Quote:
    """Accepted online, or by the signed file. Raises TransitionRefused: no longer valid, already answered."""
    with QUOTING.moving(quote, "accept_quote", by=by) as locked:
        sign(
            locked.session_paper,
            Party.BUYER,
            by=by,
            name=name,
            role=role,
            statement=agreement(quote),
            sha256=quote.paper.sha256,
            factor=factor,
            file=file,
        )
    post("paperwork.tell_issuer", "quote", quote.pk, key=f"paperwork.tell_issuer:quote:{quote.pk}")
    return locked


@transaction.atomic
def decline_quote(quote, *, by, reason) -> Quote:
    with QUOTING.moving(quote, "decline_quote", by=by) as locked:
        locked.decline_reason = reason.strip()[:300]
    post("paperwork.tell_issuer", "quote", quote.pk, key=f"paperwork.tell_issuer:quote:{quote.pk}")
    return locked
