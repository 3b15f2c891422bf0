"""« Facturation »: what the accountant needs, and the invoices made elsewhere."""

import io

from django.contrib import messages
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.kernel.files import PDF, download
from lms.kernel.tables import CONTENT_TYPES, CSV, write
from parcours.classroom.lifecycle import SEATED
from parcours.classroom.views.session import session_of
from parcours.paperwork import actions
from parcours.paperwork.documents import billing_of
from parcours.paperwork.documents.billing import HEADINGS, as_json, payers_of, price_of
from parcours.paperwork.forms.money import InvoiceForm, PartFormSet, parts_of
from parcours.paperwork.models import Invoice, Part
from parcours.paperwork.permissions import can_keep_papers

JSON = "json"


@never_cache
@require_safe
def billing(request, session):
    found = session_of(request, session)
    require(can_keep_papers(request.user, found))
    lines = billing_of(found)
    context = {
        "session": found,
        "lines": lines,
        "payers": payers_of(lines),
        "unpriced": unpriced(found).count(),
        "invoices": found.invoices.select_related("credit_of").annotate(back=Sum("credits__gross")),
    }
    return render(request, "paperwork/billing.html", context)


def unpriced(session):
    """Seated, and nobody said yet who pays."""
    return session.registrations.filter(state__in=SEATED, price=None).select_related("employer", "session")


@require_POST
def price_all(request, session):
    """Each employer pays all, until somebody says otherwise."""
    found = session_of(request, session)
    require(can_keep_papers(request.user, found))
    with refusals_as_messages(request):
        for registration in unpriced(found):
            actions.price_registration(registration, by=request.user)
        messages.success(request, "Chaque employeur paie le prix entier. Répartissez ceux qui ont d’autres payeurs.")
    return redirect("paperwork:billing", session)


@never_cache
@require_http_methods(["GET", "POST"])
def parts(request, session, registration):
    found = session_of(request, session)
    require(can_keep_papers(request.user, found))
    whose = found.registrations.select_related("person", "employer")
    one = get_object_or_404(whose, public_id=registration)
    one.session = found
    posted = request.method == "POST"
    formset = PartFormSet(request.POST if posted else None, initial=_parts_known(one))
    if formset.is_valid():
        with refusals_as_messages(request):
            actions.set_parts(one, parts_of(formset), by=request.user)
            messages.success(request, f"Les parts de {one.person.full_name} sont enregistrées.")
            return redirect("paperwork:billing", session)
    context = {"session": found, "registration": one, "formset": formset, "price": price_of(one)}
    return render(request, "paperwork/parts.html", context, status=422 if posted else 200)


def _parts_known(registration):
    names = ("payer_kind", "payer_name", "amount", "payer_siret", "agreement", "service_code", "engagement_number")
    known = list(Part.objects.filter(price__registration=registration).values(*names))
    employer = registration.employer
    default = {"payer_kind": "employer", "payer_name": str(employer), "payer_siret": employer.siret}
    return known or [default | {"amount": price_of(registration)}]


@never_cache
@require_http_methods(["GET", "POST"])
def new_invoice(request, session):
    found = session_of(request, session)
    require(can_keep_papers(request.user, found))
    unbilled = [line.part for line in billing_of(found) if line.invoice is None]
    form = InvoiceForm(request.POST or None, request.FILES or None, session=found, parts=unbilled)
    if form.is_valid():
        with refusals_as_errors(form):
            invoice = actions.record_invoice(found, by=request.user, **form.cleaned_data)
            what = "L’avoir" if invoice.is_credit else "La facture"
            messages.success(request, f"{what} {invoice.number} est enregistré{'' if invoice.is_credit else 'e'}.")
            return redirect("paperwork:billing", session)
    context = {"session": found, "form": form}
    return render(request, "paperwork/new_invoice.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def invoice_file(request, invoice):
    found = get_object_or_404(
        Invoice.objects.visible_to(request.user).select_related("session__organisation").exclude(file=""), pk=invoice
    )
    require(can_keep_papers(request.user, found.session))
    with found.file.open() as stored:
        return download(stored.read(), "facture.pdf", PDF)


@require_POST
def export(request, session):
    found = session_of(request, session)
    require(can_keep_papers(request.user, found))
    lines = billing_of(found)
    actions.note_export(found, rows=len(lines), by=request.user)
    if request.POST.get("format") == JSON:
        return download(as_json(found, lines), f"facturation-{found.public_id}.json", "application/json")
    out = io.BytesIO()
    write(out, CSV, HEADINGS, (line.row() for line in lines))
    return download(out.getvalue(), f"facturation-{found.public_id}.csv", CONTENT_TYPES[CSV])
