"""A demande once it is filed, as the employer and the organisme de formation follow it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from certification.funding import actions
from certification.funding.documents.comparison import comparison_of
from certification.funding.documents.history import history_of
from certification.funding.documents.pieces import pieces_of
from certification.funding.documents.steps import step_of
from certification.funding.forms.keeping import AnswerForm, AnswerWithBillForm, CancelForm, ExplainForm, ServiceForm
from certification.funding.lifecycle import FUNDING, State
from certification.funding.views.finding import keeper_of, kept
from certification.funding.views.preparing import STEPS
from lms.kernel.access import refusals_as_errors, require


@never_cache
@require_safe
def demande(request, demande, structure=None, session=None):
    keeper = keeper_of(request, structure, session)
    require(keeper.allowed)
    found = kept(request, keeper, demande)
    comparison = comparison_of(found)
    context = keeper.context(
        demande=found,
        steps=STEPS,
        comparison=comparison,
        state=State(found.announced_state).label,
        pieces=pieces_of(found),
        history=history_of(found, found.decisions.for_history(), announced_only=True),
        payments=found.payments.filter(decision__notified_at__isnull=False),
        filing_refusals=actions.filing_refusals(found) if found.is_draft else [],
        next=step_of(found, keeper.side),
        urls={name: keeper.url(name, found.public_id) for name in URLS},
        service_url=keeper.url("service", found.public_id) if keeper.is_training else "",
        explain_name="funding:training_explain" if keeper.is_training else "",
        may_cancel=found.is_announced and not FUNDING.refusals(found, "cancel"),
    )
    return render(request, "funding/demande.html", context)


URLS = ("people", "action", "pieces", "file", "cancel", "answer")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request, demande, structure=None, session=None):
    keeper = keeper_of(request, structure, session)
    require(keeper.allowed)
    found = kept(request, keeper, demande)
    form = CancelForm(request.POST if request.method == "POST" else None)

    def act():
        actions.cancel(found, by=request.user, **form.cleaned_data)

    told = {"heading": "Annuler la demande", "button": "Annuler la demande", "said": "La demande est annulée."}
    return _form(request, keeper, found, form, act, **told)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, demande, structure=None, session=None):
    """To a complement or an anomaly; with the bill once the service was declared."""
    keeper = keeper_of(request, structure, session)
    require(keeper.allowed)
    found = kept(request, keeper, demande)
    form = _answer_form(request, keeper, found)

    def act():
        given = form.cleaned_data.get("file")
        piece = {"file": given, "kind": form.cleaned_data["kind"], "side": keeper.side} if given else None
        actions.answer(found, by=request.user, piece=piece, **form.values)

    asked = found.decisions.announced().order_by("pk").last()
    told = {"heading": "Répondre à l’OPCO", "button": "Envoyer la réponse", "said": "Votre réponse est envoyée."}
    return _form(request, keeper, found, form, act, asked=asked, **told)


def _answer_form(request, keeper, demande):
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if keeper.is_training and demande.service_declared_at:
        return AnswerWithBillForm(*data, demande=demande, lines=comparison_of(demande).lines)
    return AnswerForm(*data)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def service(request, demande, session):
    keeper = keeper_of(request, session=session)
    require(keeper.allowed)
    found = kept(request, keeper, demande)
    lines = comparison_of(found).lines
    form = ServiceForm(request.POST if request.method == "POST" else None, demande=found, lines=lines)

    def act():
        actions.declare_service(found, by=request.user, **form.values)

    told = {
        "heading": "Déclarer le service fait",
        "button": "Déclarer le service fait",
        "said": "Le service fait est déclaré.",
    }
    return _form(request, keeper, found, form, act, lines=lines, **told)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def explain(request, demande, beneficiary, session):
    keeper = keeper_of(request, session=session)
    require(keeper.allowed)
    found = kept(request, keeper, demande)
    whose = get_object_or_404(found.beneficiaries.for_file(), pk=beneficiary)
    line = next(one for one in comparison_of(found).lines if one.beneficiary.pk == whose.pk)
    form = ExplainForm(request.POST if request.method == "POST" else None)

    def act():
        actions.explain(whose, by=request.user, **form.cleaned_data)

    told = {"heading": f"Expliquer l’écart de {line.person.full_name}", "button": "Enregistrer l’explication"}
    return _form(request, keeper, found, form, act, line=line, said="L’explication est jointe au dossier.", **told)


def _form(request, keeper, demande, form, act, *, said, **more):
    if form.is_valid():
        with refusals_as_errors(form):
            act()
            messages.success(request, said)
            return redirect(keeper.url("demande", demande.public_id))
    back = keeper.url("demande", demande.public_id)
    context = keeper.context(demande=demande, form=form, back=back, **{"asked": None, "line": None, "lines": []} | more)
    return render(request, "funding/form.html", context, status=422 if form.errors else 200)
