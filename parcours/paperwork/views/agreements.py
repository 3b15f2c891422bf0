"""Devis and conventions, on the side of the organisme de formation."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.accounts.views.factors import freshly
from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.kernel.lifecycle import TransitionRefused
from parcours.classroom.views.session import session_of
from parcours.paperwork import actions
from parcours.paperwork.forms.agreements import ConventionForm, QuoteForm
from parcours.paperwork.lifecycle import AGREEING, ConventionState
from parcours.paperwork.permissions import can_keep_papers, can_sign_for_issuer
from parcours.paperwork.views.finding import convention_of, quote_of
from parcours.paperwork.views.proof import factor_of

S = ConventionState


@never_cache
@require_http_methods(["GET", "POST"])
def new_quote(request, session):
    found = session_of(request, session)
    require(can_keep_papers(request.user, found))
    form = QuoteForm(request.POST or None, session=found, initial=QuoteForm.start_for(found))
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("seats", "valid_until", "note")}
        with refusals_as_errors(form):
            quote = actions.send_quote(found, form.cleaned_data["buyer"], lines=form.lines, by=request.user, **told)
            messages.success(request, f"Devis {quote.paper.number} envoyé à {quote.buyer}.")
            return redirect("paperwork:session", session)
    context = {"session": found, "form": form}
    return render(request, "paperwork/new_quote.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def quote(request, quote):
    found = quote_of(request, quote)
    require(can_keep_papers(request.user, found.session))
    return render(request, "paperwork/quote.html", {"quote": found, "session": found.session, "paper": found.paper})


@never_cache
@require_http_methods(["GET", "POST"])
def new_convention(request, session):
    found = session_of(request, session)
    require(can_keep_papers(request.user, found))
    start = {"payment_terms": found.organisation.payment_terms}
    form = ConventionForm(request.POST or None, session=found, initial=start)
    if form.is_valid():
        with refusals_as_errors(form):
            convention = actions.draft_convention(
                found,
                form.buyer,
                seats=form.cleaned_data["seats"],
                totals=form.totals,
                quote=form.cleaned_data["quote"],
                by=request.user,
                **form.terms_given,
            )
            return redirect("paperwork:convention", convention.public_id)
    context = {"session": found, "form": form}
    return render(request, "paperwork/new_convention.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def convention(request, convention):
    """A draft is changed here; what was sent is read, and followed by a new version."""
    found = convention_of(request, convention)
    require(can_keep_papers(request.user, found.session))
    form = _form_of(request, found) if found.state == S.DRAFT else None
    if form is not None and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("seats", "quote")}
        with refusals_as_messages(request):
            actions.amend_convention(found, totals=form.totals, by=request.user, **told, **form.terms_given)
            messages.success(request, "Le brouillon est enregistré.")
        return redirect("paperwork:convention", convention)
    refused = form is not None and form.errors
    return render(request, "paperwork/convention.html", _convention_page(found, form), status=422 if refused else 200)


def _convention_page(found, form):
    return {
        "convention": found,
        "session": found.session,
        "form": form,
        "trainees": actions.trainees_of(found),
        "send_refusals": actions.sending_refusals(found) if found.state == S.DRAFT else [],
        "changed": found.state in (S.SENT, S.SIGNED) and not found.has_next and actions.has_changed(found),
        "signatures": found.session_paper.signatures.all() if found.session_paper else [],
        "may_follow": found.state in (S.SENT, S.SIGNED) and not found.has_next,
        "may_cancel": found.state in AGREEING.transitions["cancel_convention"].sources,
    }


def _form_of(request, convention):
    names = ("seats", "net", "payment_terms", "service_code", "engagement_number", "terms", "buyer_siret", "quote")
    start = {name: getattr(convention, name) for name in names}
    return ConventionForm(request.POST or None, session=convention.session, buyer=convention.buyer, initial=start)


@freshly
@require_POST
def send_convention(request, convention):
    found = convention_of(request, convention)
    require(can_sign_for_issuer(request.user, found))
    with refusals_as_messages(request):
        actions.send_convention(found, by=request.user, factor=factor_of(request))
        messages.success(request, f"Convention signée et envoyée à {found.buyer}.")
    return redirect("paperwork:convention", convention)


@require_POST
def next_version(request, convention):
    found = convention_of(request, convention)
    require(can_keep_papers(request.user, found.session))
    try:
        following = actions.next_convention(found, by=request.user)
    except TransitionRefused as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
        return redirect("paperwork:convention", convention)
    return redirect("paperwork:convention", following.public_id)


@require_POST
def cancel_convention(request, convention):
    found = convention_of(request, convention)
    require(can_keep_papers(request.user, found.session))
    with refusals_as_messages(request):
        actions.cancel_convention(found, by=request.user)
        messages.success(request, "La convention est abandonnée.")
    return redirect("paperwork:session", found.session.public_id)
