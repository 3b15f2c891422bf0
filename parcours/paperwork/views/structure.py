"""« Documents », in the space of a structure: what to accept, what to sign, the certificats in one file."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.accounts.views.factors import freshly
from lms.kernel.access import refusals_as_messages, require
from lms.kernel.models import Paper
from parcours.colleagues.views.structure import structure_of
from parcours.paperwork import actions
from parcours.paperwork.documents import kinds
from parcours.paperwork.documents.conventions import statement
from parcours.paperwork.forms.agreements import DeclineForm, OnlineForm, SignedFileForm
from parcours.paperwork.lifecycle import AGREEING, QUOTING
from parcours.paperwork.models import Convention, Quote, SessionPaper
from parcours.paperwork.permissions import can_answer_for_buyer, can_read_as_structure
from parcours.paperwork.views.proof import factor_of
from parcours.paperwork.views.session import zipped


@never_cache
@require_safe
def documents(request, structure):
    organisation = structure_of(request, structure)
    require(can_read_as_structure(request.user, organisation))
    addressed = SessionPaper.objects.filter(employer=organisation).current().sealed()
    certificates = addressed.of_kind(kinds.CERTIFICATE.code)
    context = {
        "organisation": organisation,
        "quotes": Quote.objects.offered_to(organisation).for_page()[:50],
        "conventions": Convention.objects.offered_to(organisation).for_page()[:50],
        "certificates": certificates.for_list().select_related("session__edition").order_by("-pk")[:50],
        "count": certificates.count(),
    }
    return render(request, "paperwork/structure.html", context)


@never_cache
@require_safe
def certificates(request, structure):
    organisation = structure_of(request, structure)
    require(can_read_as_structure(request.user, organisation))
    rows = SessionPaper.objects.filter(employer=organisation).of_kind(kinds.CERTIFICATE.code).current()
    papers = Paper.objects.filter(pk__in=rows.values("paper"), state=Paper.State.SEALED)
    return zipped(papers.order_by("pk"), "certificats-de-realisation.zip")


@never_cache
@require_safe
def quote(request, structure, quote):
    organisation, found = _quote(request, structure, quote)
    require(can_read_as_structure(request.user, organisation))
    return render(request, "paperwork/answer_quote.html", _quote_page(request, organisation, found))


def _quote(request, structure, quote):
    organisation = structure_of(request, structure)
    return organisation, get_object_or_404(Quote.objects.offered_to(organisation).for_page(), public_id=quote)


def _quote_page(request, organisation, quote, **forms):
    may = can_answer_for_buyer(request.user, quote)
    return {
        "organisation": organisation,
        "quote": quote,
        "paper": quote.paper,
        "may": may,
        "refusals": QUOTING.refusals(quote, "accept_quote"),
        "online": OnlineForm(initial=_me(request), statement=actions.agreement(quote)),
        "by_file": SignedFileForm(prefix="fichier", initial=_me(request)),
        "decline": DeclineForm(prefix="refus"),
        "signatures": quote.session_paper.signatures.all(),
    } | forms


def _me(request):
    return {"name": request.user.full_name}


@freshly
@never_cache
@require_POST
def accept_quote(request, structure, quote):
    organisation, found = _quote(request, structure, quote)
    require(can_answer_for_buyer(request.user, found))
    form = OnlineForm(request.POST, statement=actions.agreement(found))
    if not form.is_valid():
        page = _quote_page(request, organisation, found, online=form)
        return render(request, "paperwork/answer_quote.html", page, status=422)
    with refusals_as_messages(request):
        actions.accept_quote(found, by=request.user, factor=factor_of(request), **_signatory(form))
        messages.success(request, "Le devis est accepté. L’organisme de formation est prévenu.")
    return redirect("paperwork:structure_quote", structure, quote)


def _signatory(form):
    return {name: form.cleaned_data[name] for name in ("name", "role")}


@freshly
@never_cache
@require_POST
def upload_quote(request, structure, quote):
    organisation, found = _quote(request, structure, quote)
    require(can_answer_for_buyer(request.user, found))
    form = SignedFileForm(request.POST, request.FILES, prefix="fichier")
    if not form.is_valid():
        page = _quote_page(request, organisation, found, by_file=form)
        return render(request, "paperwork/answer_quote.html", page, status=422)
    with refusals_as_messages(request):
        given = _signatory(form) | {"file": form.cleaned_data["file"]}
        actions.accept_quote(found, by=request.user, factor=factor_of(request), **given)
        messages.success(request, "Le devis signé est enregistré. L’organisme de formation est prévenu.")
    return redirect("paperwork:structure_quote", structure, quote)


@never_cache
@require_POST
def decline_quote(request, structure, quote):
    organisation, found = _quote(request, structure, quote)
    require(can_answer_for_buyer(request.user, found))
    form = DeclineForm(request.POST, prefix="refus")
    if not form.is_valid():
        page = _quote_page(request, organisation, found, decline=form)
        return render(request, "paperwork/answer_quote.html", page, status=422)
    with refusals_as_messages(request):
        actions.decline_quote(found, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Votre refus est enregistré. L’organisme de formation est prévenu.")
    return redirect("paperwork:structure_quote", structure, quote)


@never_cache
@require_safe
def convention(request, structure, convention):
    organisation, found = _convention(request, structure, convention)
    require(can_read_as_structure(request.user, organisation))
    return render(request, "paperwork/sign_convention.html", _convention_page(request, organisation, found))


def _convention(request, structure, convention):
    organisation = structure_of(request, structure)
    found = Convention.objects.offered_to(organisation).for_page()
    return organisation, get_object_or_404(found, public_id=convention)


def _convention_page(request, organisation, convention, **forms):
    return {
        "organisation": organisation,
        "convention": convention,
        "paper": convention.paper,
        "may": can_answer_for_buyer(request.user, convention),
        "refusals": AGREEING.refusals(convention, "sign_convention"),
        "online": OnlineForm(initial=_me(request), statement=statement(convention.buyer, convention.paper)),
        "by_file": SignedFileForm(prefix="fichier", initial=_me(request)),
        "signatures": convention.session_paper.signatures.all(),
    } | forms


@freshly
@never_cache
@require_POST
def sign_convention(request, structure, convention):
    organisation, found = _convention(request, structure, convention)
    require(can_answer_for_buyer(request.user, found))
    form = OnlineForm(request.POST, statement=statement(found.buyer, found.paper))
    if not form.is_valid():
        page = _convention_page(request, organisation, found, online=form)
        return render(request, "paperwork/sign_convention.html", page, status=422)
    with refusals_as_messages(request):
        actions.sign_convention(found, by=request.user, factor=factor_of(request), **_signatory(form))
        messages.success(request, "La convention est signée des deux parties. Un exemplaire signé se prépare.")
    return redirect("paperwork:structure_convention", structure, convention)


@freshly
@never_cache
@require_POST
def upload_convention(request, structure, convention):
    organisation, found = _convention(request, structure, convention)
    require(can_answer_for_buyer(request.user, found))
    form = SignedFileForm(request.POST, request.FILES, prefix="fichier")
    if not form.is_valid():
        page = _convention_page(request, organisation, found, by_file=form)
        return render(request, "paperwork/sign_convention.html", page, status=422)
    with refusals_as_messages(request):
        given = _signatory(form) | {"file": form.cleaned_data["file"]}
        actions.sign_convention(found, by=request.user, factor=factor_of(request), **given)
        messages.success(request, "Le fichier signé est enregistré. Un exemplaire des deux signatures se prépare.")
    return redirect("paperwork:structure_convention", structure, convention)
