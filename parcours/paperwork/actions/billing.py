"""Who pays what of each registration, and the invoices made elsewhere."""

import hashlib
import uuid
from decimal import Decimal

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Sum

from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.classroom.models import Registration
from parcours.paperwork.documents.billing import price_of
from parcours.paperwork.documents.pieces import euros
from parcours.paperwork.engine.money import ZERO
from parcours.paperwork.lifecycle import PayerKind
from parcours.paperwork.models import Invoice, Part, Price

BILLED = "Une facture est déjà enregistrée pour cette inscription : passez d’abord un avoir."
KNOWN = "Une facture de ce numéro est déjà enregistrée : vérifiez le numéro."


@transaction.atomic
def set_parts(registration, parts, *, by, amount=None) -> Price:
    """`parts`: values of Part without price nor position. They add up to `amount`, or to the price of the session.

    Raises TransitionRefused with the difference, to the cent.
    """
    registration = Registration.objects.select_for_update(of=("self",), no_key=True).get(pk=registration.pk)
    amount = price_of(registration) if amount is None else amount
    total = sum((part["amount"] for part in parts), ZERO)
    if total != amount:
        raise TransitionRefused([difference(amount, total)])
    known = Price.objects.filter(registration=registration).first()
    if known and Invoice.objects.filter(parts__price=known).standing().exists():
        raise TransitionRefused([BILLED])
    if known:
        _release(known)
    price, _ = Price.objects.update_or_create(
        registration=registration, defaults={"amount": amount, "parts_total": total}
    )
    price.parts.all().delete()
    rows = [Part(price=price, position=rank, **values) for rank, values in enumerate(parts, start=1)]
    Part.objects.bulk_create(rows)
    record("paperwork.set_parts", registration, by=by, after={"amount": str(amount), "parts": len(rows)})
    return price


def _release(price):
    """Parts that were billed and credited are billed no more."""
    for invoice in Invoice.objects.filter(parts__price=price).distinct():
        invoice.parts.remove(*invoice.parts.filter(price=price))


def difference(amount, total) -> str:
    gap = amount - total
    way = f"Il manque {euros(gap)}" if gap > 0 else f"Il y a {euros(-gap)} de trop"
    return f"{way} : la somme des parts est de {euros(total)}, le prix est de {euros(amount)}."


@transaction.atomic
def price_registration(registration, *, by) -> Price | None:
    """Until somebody says otherwise, the employer pays all."""
    amount = price_of(registration)
    if Price.objects.filter(registration=registration).exists():
        return None
    employer = registration.employer
    part = {
        "payer_kind": PayerKind.EMPLOYER,
        "payer_name": str(employer),
        "payer_siret": employer.siret,
        "amount": amount,
    }
    return set_parts(registration, [part] if amount else [], by=by)


@transaction.atomic
def record_invoice(session, *, parts, by, file=None, credit_of=None, **values) -> Invoice:
    """An invoice or, with `credit_of`, a credit note; `values`: number, issued_on, payer_name, net, vat.

    Raises TransitionRefused.
    """
    gross = values["net"] + values["vat"]
    if refusals := _invoice_refusals(gross, parts, credit_of, session):
        raise TransitionRefused(refusals)
    invoice = Invoice(
        session=session,
        organisation=session.organisation,
        gross=gross,
        credit_of=credit_of,
        recorded_by=by,
        **values,
    )
    if file is not None:
        invoice.file_sha256 = hashlib.sha256(file.data).hexdigest()
        invoice.file.save(f"{uuid.uuid4()}.pdf", ContentFile(file.data), save=False)
    try:
        with transaction.atomic():
            invoice.save(force_insert=True)
    except IntegrityError as error:
        raise TransitionRefused([KNOWN]) from error
    invoice.parts.set(parts)
    codes = {"gross": str(gross), "credit_of": credit_of and credit_of.pk, "parts": [part.pk for part in parts]}
    record("paperwork.record_invoice", invoice, by=by, after=codes)
    return invoice


def _invoice_refusals(gross, parts, credit_of, session) -> list[str]:
    if credit_of is None:
        return _overbilled(gross, parts)
    if credit_of.session_id != session.pk or credit_of.is_credit:
        return ["Un avoir porte sur une facture de cette session."]
    left = credit_of.gross - credited(credit_of)
    if gross > left:
        return [f"Un avoir ne dépasse pas ce qui reste de la facture : {euros(left)}."]
    return []


def _overbilled(gross, parts) -> list[str]:
    """What is billed is what the parts say, and no part is billed twice."""
    billed = [part for part in parts if part.invoices.standing().exists()]
    if billed:
        return [f"Déjà facturé : {part.payer_name}, {euros(part.amount)}." for part in billed]
    total = sum((part.amount for part in parts), Decimal(0))
    if parts and total != gross:
        return [f"La facture est de {euros(gross)} et les parts choisies font {euros(total)} : corrigez-les."]
    return []


def credited(invoice) -> Decimal:
    return invoice.credits.aggregate(total=Sum("gross"))["total"] or ZERO


def note_export(session, *, rows, by):
    """Whoever takes out who is billed for what leaves a line in the journal."""
    record("paperwork.export_billing", session, by=by, after={"rows": rows})
