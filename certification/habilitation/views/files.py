"""Files in: deposit, what it would do line by line, confirm; for ANCT, and for the organisme that keeps lists."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.habilitation.actions.imports import receiving, recording
from certification.habilitation.documents.received import KINDS, ORDER, facts_of, summary_of, tabs_of
from certification.habilitation.forms.files import ColumnForm, DepositForm
from certification.habilitation.lifecycle import ACTING, ATTENDANCES, FileKind, FileState
from certification.habilitation.models import ImportedFile
from certification.habilitation.permissions import (
    can_deposit,
    can_deposit_everything,
    can_lift_refusals,
    home_of_files,
)
from lms.kernel.access import refusals_as_messages, require
from lms.kernel.formats import number, plural
from lms.kernel.paging import page_of
from lms.kernel.stopped import mark_stops, take_up_asked

SPACES = {"pilotage": "Espace pilotage", "formation": "Espace formation"}
STOPPED = {FileState.READING: "la lecture a échoué", FileState.RUNNING: "l’enregistrement a échoué"}
STATES = {FileState.UNREADABLE: "error", FileState.DONE: "success", FileState.CHECKED: "warning"}


@require_safe
def files(request, space):
    require(can_deposit(request.user))
    found = ImportedFile.objects.visible_to(request.user).for_list()
    kind = request.GET.get("nature", "")
    if kind in FileKind.values:
        found = found.filter(kind=kind)
    page = page_of(request, found)
    mark_stops(page)
    rows = [(one, summary_of(one), *_state(one)) for one in page]
    context = about(space) | {
        "page": page,
        "rows": rows,
        "caption": f"Fichiers reçus ({number(page.paginator.count)})",
        "kinds": FileKind.choices if can_deposit_everything(request.user) else [],
        "asked": kind,
        "may_lift": can_lift_refusals(request.user),
    }
    return render(request, "habilitation/files.html", context)


def _state(found) -> tuple[str, str]:
    """What its badge says, and its colour."""
    return (STOPPED[found.state], "error") if found.stop else (found.get_state_display(), STATES.get(found.state, ""))


@require_http_methods(["GET", "HEAD", "POST"])
def deposit(request, space):
    require(can_deposit(request.user))
    kinds = tuple(FileKind) if can_deposit_everything(request.user) else ATTENDANCES
    posted = request.method == "POST"
    form = DepositForm(request.POST or None, request.FILES or None, kinds=kinds)
    if posted and form.is_valid():
        values = {name: form.cleaned_data.get(name) for name in ("kind", "dated_on", "held_on", "status")}
        organisation = home_of_files(request.user)
        found = receiving.receive(form.cleaned_data["file"], organisation=organisation, by=request.user, **values)
        return redirect(f"habilitation:{space}_file", found.public_id)
    context = about(space) | {"form": form}
    return render(request, "habilitation/deposit.html", context, status=422 if posted else 200)


@require_safe
def file(request, public_id, space):
    found = file_of(request, public_id)
    require(can_deposit(request.user))
    mark_stops([found])
    state, state_kind = _state(found)
    context = about(space) | {
        "file": found,
        "facts": facts_of(found),
        "summary": summary_of(found),
        "state": state,
        "state_kind": state_kind,
        "column_form": ColumnForm(found=found) if ColumnForm.is_for(found) and found.can_be_read_again else None,
    }
    return render(request, "habilitation/file.html", context | _advance(found) | _lines_asked(request, found))


def _advance(found) -> dict:
    acting = sum(found.counts.get(code, 0) for code in ACTING)
    done = plural(found.lines_done, "ligne enregistrée", "lignes enregistrées")
    return {"acting": acting, "advance": f"{done} sur {number(acting)}"}


def _lines_asked(request, found) -> dict:
    asked = request.GET.get("suite", "")
    lines = found.lines.filter(outcome=asked) if asked in ORDER else found.lines.all()
    page = page_of(request, lines.order_by("number").select_related("person", "habilitation"))
    rows = [(line, KINDS.get(line.outcome, "")) for line in page]
    return {"tabs": tabs_of(found, asked), "asked": asked, "page": page, "rows": rows}


@require_POST
def confirm(request, public_id, space):
    found = file_of(request, public_id)
    require(can_deposit(request.user))
    with refusals_as_messages(request):
        recording.confirm(found, by=request.user)
        messages.success(request, "L’enregistrement commence. Vous pouvez quitter cette page : il continue sans vous.")
    return redirect(f"habilitation:{space}_file", found.public_id)


@require_POST
def take_up_again(request, public_id, space):
    found = file_of(request, public_id)
    require(can_deposit(request.user))
    take_up_asked(request, found)
    return redirect(f"habilitation:{space}_file", found.public_id)


@require_POST
def abandon(request, public_id, space):
    found = file_of(request, public_id)
    require(can_deposit(request.user))
    with refusals_as_messages(request):
        receiving.abandon(found, by=request.user)
        messages.success(request, "Ce fichier est abandonné : rien n’en a été enregistré.")
    return redirect(f"habilitation:{space}_files")


@require_POST
def choose_column(request, public_id, space):
    found = file_of(request, public_id)
    require(can_deposit(request.user))
    form = ColumnForm(request.POST, found=found)
    if not form.is_valid():
        messages.error(request, "Choisissez une des colonnes du fichier.")
        return redirect(f"habilitation:{space}_file", found.public_id)
    with refusals_as_messages(request):
        receiving.read_again(found, mapping=form.cleaned_data, by=request.user)
    return redirect(f"habilitation:{space}_file", found.public_id)


def file_of(request, public_id) -> ImportedFile:
    found = ImportedFile.objects.visible_to(request.user).for_page()
    return get_object_or_404(found, public_id=public_id)


def about(space) -> dict:
    """The space one stands in, and the beginning of the names of its addresses."""
    return {"space": SPACES[space], "prefix": space}
