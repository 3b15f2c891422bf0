"""Lines that nobody could match by themselves: somebody of ANCT says whom each is about."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from certification.habilitation.actions.imports.recording import decide_line, make_person
from certification.habilitation.documents.received import candidates_of, may_be_new
from certification.habilitation.engine.cells import Unclear, day
from certification.habilitation.forms.doubts import DoubtForm, SearchForm
from certification.habilitation.lifecycle import NOBODY_YET
from certification.habilitation.models import ImportedLine
from certification.habilitation.permissions import can_steer
from lms.kernel.access import refusals_as_messages, require
from lms.kernel.formats import date_short, number
from lms.kernel.paging import page_of


@require_safe
def doubts(request):
    require(can_steer(request.user))
    lines = ImportedLine.objects.to_decide().recorded().select_related("file").order_by("file__received_at", "number")
    outcome = request.GET.get("suite", "")
    if outcome in NOBODY_YET:
        lines = lines.filter(outcome=outcome)
    page = page_of(request, lines)
    candidates = candidates_of(page)
    context = {
        "page": page,
        "rows": [(line, candidates[line.pk]) for line in page],
        "caption": f"Lignes à rapprocher ({number(page.paginator.count)})",
        "outcomes": [(code.value, code.label, code == outcome) for code in NOBODY_YET],
        "asked": outcome in NOBODY_YET,
    }
    return render(request, "habilitation/doubts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def doubt(request, pk):
    require(can_steer(request.user))
    line = get_object_or_404(ImportedLine.objects.recorded().select_related("file", "decided_by", "person"), pk=pk)
    search_form, form = _forms(request, line)
    if form.is_valid():
        with refusals_as_messages(request), transaction.atomic():
            person = make_person(line, by=request.user) if form.is_new else form.person
            decide_line(line, person=person, by=request.user)
            messages.success(request, "La ligne est rapprochée." if person else "La ligne est mise de côté.")
        return redirect("habilitation:doubts")
    waits = line.outcome in NOBODY_YET and not line.decided_at
    context = {"line": line, "values": _told(line), "form": form, "search_form": search_form, "open": waits}
    return render(request, "habilitation/doubt.html", context, status=422 if form.is_bound else 200)


def _forms(request, line):
    """One finds people by their name, the other says which of those found the line is about."""
    searching = request.POST.get("faire") == "chercher"
    search_form = SearchForm(request.POST if searching else None)
    people = candidates_of([line])[line.pk] + (search_form.found() if searching else [])
    data = request.POST if request.method == "POST" and not searching else None
    return search_form, DoubtForm(data, people=people, may_be_new=may_be_new(line))


LABELS = {
    "last_name": "Nom",
    "first_name": "Prénom",
    "email": "Adresse",
    "external_id": "Identifiant dans Aidants Connect",
    "structure": "Structure",
    "session": "Session",
    "on": "Date",
}


def _told(line):
    told = line.values | {"on": _day(line.values.get("on", ""))}
    return [(label, told[code]) for code, label in LABELS.items() if told.get(code)]


def _day(cell):
    """As days are written here, however the file wrote it."""
    try:
        found = day(cell, "La date")
    except Unclear:
        return cell
    return date_short(found) if found else ""
