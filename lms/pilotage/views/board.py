import io

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from lms.kernel.files import download
from lms.kernel.tables import CONTENT_TYPES, LABELS
from lms.pilotage.documents.board import Board, axis_table
from lms.pilotage.documents.figures import EVERYTHING, campagne_named, campagnes, is_recounting, territory_of
from lms.pilotage.documents.tables import AXES, Reader
from lms.pilotage.engine import registry
from lms.pilotage.models.reading import Level, level_of
from lms.pilotage.permissions import can_read_boards, can_read_lists
from lms.site.menus import entries_of

SPACE = "Espace pilotage"


@never_cache
@require_safe
def board(request):
    require(can_read_boards(request.user))
    reader, known = reader_of(request)
    context = {
        "board": Board(reader),
        "recounting": is_recounting(),
        "choices": campagne_choices(request, known, reader),
        "entries": [_entry(one, request) for one in entries_of(SPACE, request.user)],
        "campagne": code_of(reader.campagne),
        "forms": LABELS.items(),
    }
    return render(request, "pilotage/board.html", context)


@never_cache
@require_safe
def breakdown(request, axis):
    require(can_read_boards(request.user))
    reader, known = reader_of(request)
    chosen = axis_of(axis)
    unit = unit_of(request)
    context = {
        "axis": chosen,
        "recounting": is_recounting(),
        "lead": Board(reader).lead,
        "table": axis_table(reader, chosen, unit),
        "axes": [_item(one.title, f"../{one.code}/{_query(reader, unit)}", one == chosen) for one in AXES.values()],
        "units": [_item(label, _query(reader, code), code == unit) for code, label in registry.UNITS.items()],
        "unit": unit,
        "choices": campagne_choices(request, known, reader),
        "campagne": code_of(reader.campagne),
        "forms": LABELS.items(),
    }
    return render(request, "pilotage/breakdown.html", context)


@never_cache
@require_safe
def table(request, axis, form):
    """The table on screen, to be kept: figures only, masked as they are shown."""
    require(can_read_boards(request.user))
    reader, _ = reader_of(request)
    if form not in LABELS:
        raise Http404
    out = io.BytesIO()
    axis_table(reader, axis_of(axis), unit_of(request)).write(out, form)
    name = f"{code_of(reader.campagne)}-par-{axis}.{form}"
    return download(out.getvalue(), name, CONTENT_TYPES[form])


@require_safe
def definitions(request):
    require(can_read_boards(request.user))
    facts = {one.code: _facts(one) for one in registry.indicators()}
    shared = [one for one in next(iter(facts.values()), []) if all(one in each for each in facts.values())]
    groups = [
        (label, [_defined(one, facts, shared) for one in registry.indicators() if one.unit == unit])
        for unit, label in registry.UNITS.items()
    ]
    context = {"groups": groups, "shared": shared, "opens": can_read_lists(request.user)}
    return render(request, "pilotage/definitions.html", context)


def _facts(one):
    source = registry.source_of(one)
    return [("Qui en répond", one.owner), ("Mis à jour", one.freshness), ("D’où vient la liste", source.described)]


def _defined(one, facts, shared):
    """With what is its own alone."""
    own = [each for each in facts[one.code] if each not in shared]
    return one, own, f"Voir la liste : {one.label} ({one.unit})"


# --- What the address asks --------------------------------------------------------------------------------------------


def reader_of(request) -> tuple[Reader, list]:
    """Whose figures, of which campagne; one that does not exist is not found."""
    known = campagnes()
    try:
        campagne = campagne_named(request.GET.get("campagne", ""), known)
    except KeyError as error:
        raise Http404 from error
    level = level_of(request.user)
    if campagne is None and known and level == Level.FIGURES:
        raise Http404  # all of them, less each, would give what one of them hides
    return Reader(request.user, level, campagne, territory_of(request.user, campagne)), known


def axis_of(code):
    if code not in AXES:
        raise Http404
    return AXES[code]


def unit_of(request) -> str:
    asked = request.GET.get("unite", registry.PEOPLE)
    return asked if asked in registry.UNITS else registry.PEOPLE


def code_of(campagne) -> str:
    return campagne.code if campagne else EVERYTHING


def campagne_choices(request, known, reader) -> list[dict]:
    """The other campagnes of the same page."""
    rest = "".join(f"&{name}={request.GET[name]}" for name in ("unite",) if request.GET.get(name) in registry.UNITS)
    found = [(one.code, str(one), one == reader.campagne) for one in known]
    if reader.level != Level.FIGURES:
        found.append((EVERYTHING, "Toutes les campagnes", reader.campagne is None))
    return [_item(label, f"?campagne={code}{rest}", current) for code, label, current in found]


def _entry(one, request):
    """A page of the space, with what waits there."""
    return _item(one.label, one.url, one.url == request.path) | {"detail": one.beside(request.user)}


def _item(label, url, current):
    return {"label": label, "url": url, "current": current}


def _query(reader, unit):
    return f"?campagne={code_of(reader.campagne)}&unite={unit}"
