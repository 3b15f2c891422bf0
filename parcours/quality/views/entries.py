"""The registers of an organisme: listed, written, corrected, withdrawn, exported."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.access import refusals_as_errors, require
from lms.kernel.files import download
from lms.kernel.formats import number
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.paging import page_of
from lms.kernel.tables import LABELS
from parcours.assistance.views.writing import writing
from parcours.quality import actions
from parcours.quality.documents import registers
from parcours.quality.documents.homes import homes_of
from parcours.quality.forms.entries import FORMS, DoneForm, MeasureForm, RegisterFilterForm, WithdrawForm
from parcours.quality.lifecycle import IMPROVING
from parcours.quality.models import Improvement
from parcours.quality.permissions import can_change_entry, can_read_register
from parcours.quality.views.lists import table_file

MOVES = {"faite": ("do_improvement", DoneForm), "effet": ("measure_improvement", MeasureForm)}


@dataclass(frozen=True)
class Line:
    entry: object
    url: str
    cells: list
    state: tuple | None


@never_cache
@require_safe
def register(request, slug):
    kept = _register(slug)
    require(can_read_register(request.user, kept))
    filters = RegisterFilterForm(request.GET, register=kept)
    search = filters.search
    page = page_of(request, registers.search_in(kept, kept.visible_to(request.user), **search))
    context = {
        "register": kept,
        "page": page,
        "lines": [_line(kept, one) for one in page],
        "headings": [column.heading for column in kept.columns],
        "filters": filters,
        "asked": bool(search["q"] or search["chosen"]),
        "title": f"{kept.label} ({number(page.paginator.count)})",
        "forms": LABELS.items(),
        "exported": [(name, value) for name, value in request.GET.items() if name in filters.fields],
    }
    return render(request, "quality/register.html", context)


@require_POST
def export(request, slug):
    kept = _register(slug)
    require(can_read_register(request.user, kept))
    search = RegisterFilterForm(request.POST, register=kept).search
    found = registers.search_in(kept, kept.visible_to(request.user), **search)
    actions.note_export(request.user, register=slug, rows=found.count())
    return table_file(request, slug, lambda out, form: registers.write_register(out, form, kept, found))


@writing
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, slug):
    kept = _register(slug)
    require(can_read_register(request.user, kept))
    form = _form(request, kept, initial={name: request.GET[name] for name in request.GET})
    if form.is_bound and form.is_valid():
        with refusals_as_errors(form):
            entry = actions.record_entry(kept.model, values=form.values, piece=form.piece, by=request.user)
            messages.success(request, "C’est enregistré, à votre nom et à la date d’aujourd’hui.")
            return redirect("quality:entry", slug, entry.public_id)
    context = {"register": kept, "form": form, "entry": None}
    return render(request, "quality/entry_form.html", context, status=422 if form.errors else 200)


@writing
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, slug, public_id):
    kept, entry = _find(request, slug, public_id)
    require(can_change_entry(request.user, entry))
    form = _form(request, kept, instance=entry)
    if form.is_bound and form.is_valid():
        with refusals_as_errors(form):
            actions.correct_entry(entry, values=form.values, piece=form.piece, by=request.user)
            messages.success(request, "La correction est enregistrée ; ce qui était écrit avant reste au journal.")
            return redirect("quality:entry", slug, public_id)
    context = {"register": kept, "form": form, "entry": entry}
    return render(request, "quality/entry_form.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def entry(request, slug, public_id):
    kept, found = _find(request, slug, public_id)
    context = {
        "register": kept,
        "entry": found,
        "line": _line(kept, found),
        "facts": [(column.heading, registers.shown(column.value(found)) or "–") for column in kept.columns],
        "may_change": can_change_entry(request.user, found),
        "moves": _moves(found) if kept.model is Improvement else [],
        "dropping": IMPROVING.refusals(found, "drop_improvement") if kept.model is Improvement else None,
    }
    return render(request, "quality/entry.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, slug, public_id):
    kept, found = _find(request, slug, public_id)
    require(can_change_entry(request.user, found))
    form = WithdrawForm(request.POST or None)
    if form.is_bound and form.is_valid():
        actions.withdraw_entry(found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "La ligne est retirée : elle ne compte plus.")
        return redirect("quality:register", slug)
    context = {"register": kept, "entry": found, "form": form}
    return render(request, "quality/withdraw.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def piece(request, slug, public_id):
    """Always saved, never opened inside the site."""
    kept, found = _find(request, slug, public_id)
    if not kept.has_files or not found.file:
        raise Http404
    with found.file.open() as stored:
        return download(stored.read(), found.file_name, found.content_type)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def advance(request, public_id, move):
    """An improvement is done, then measured."""
    kept, found = _find(request, "ameliorations", public_id)
    require(can_change_entry(request.user, found))
    if move not in MOVES:
        raise Http404
    name, form_class = MOVES[move]
    form = form_class(request.POST or None)
    if form.is_bound and form.is_valid():
        act = actions.finish if move == "faite" else actions.measure
        with refusals_as_errors(form):
            act(found, by=request.user, **form.cleaned_data)
            messages.success(request, "C’est noté.")
            return redirect("quality:entry", kept.slug, public_id)
    context = {"register": kept, "entry": found, "form": form, "label": IMPROVING.transitions[name].label}
    return render(request, "quality/advance.html", context, status=422 if form.errors else 200)


@require_POST
def drop(request, public_id):
    kept, found = _find(request, "ameliorations", public_id)
    require(can_change_entry(request.user, found))
    try:
        actions.drop(found, by=request.user)
    except TransitionRefused as refused:
        messages.error(request, " ".join(refused.sentences))
    return redirect("quality:entry", kept.slug, public_id)


def _register(slug):
    if slug not in registers.REGISTERS:
        raise Http404
    return registers.REGISTERS[slug]


def _find(request, slug, public_id):
    """A line that this person may read: trainers read the registers that concern teaching."""
    kept = _register(slug)
    require(can_read_register(request.user, kept))
    return kept, get_object_or_404(kept.visible_to(request.user), public_id=public_id)


def _form(request, kept, **values):
    homes = homes_of(request.user)
    if request.method == "POST":
        values.pop("initial", None)
        return FORMS[kept.slug](request.POST, request.FILES, homes=homes, too_big=request.too_big, **values)
    return FORMS[kept.slug](homes=homes, **values)


def _line(kept, one):
    cells = [(column.heading, registers.shown(column.value(one))) for column in kept.columns]
    return Line(one, reverse("quality:entry", args=[kept.slug, one.public_id]), cells, kept.state and kept.state(one))


def _moves(found):
    """What may be said next of an improvement: a label and an address."""
    return [
        (IMPROVING.transitions[name].label, reverse("quality:advance", args=[found.public_id, move]))
        for move, (name, _) in MOVES.items()
        if not IMPROVING.refusals(found, name)
    ]
