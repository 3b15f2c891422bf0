import io
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.kernel.access import require
from lms.kernel.files import download
from lms.kernel.formats import number, plural
from lms.kernel.paging import page_of
from lms.kernel.stopped import mark_stops, take_up_asked
from lms.kernel.tables import AT_ONCE, CONTENT_TYPES, LABELS, form_asked
from lms.pilotage import actions
from lms.pilotage.documents.figures import campagne_named, campagnes, territory_of
from lms.pilotage.documents.lists import Listing, Search, file_name, people_of, structures_on, write_list
from lms.pilotage.engine.registry import INDICATORS, UNITS
from lms.pilotage.forms import ListForm
from lms.pilotage.models import ListExport
from lms.pilotage.permissions import can_fetch, can_read_lists, can_read_people


@never_cache
@require_safe
def listing(request, code):
    require(can_read_lists(request.user))
    found, form = listing_asked(request, code, request.GET)
    page = page_of(request, *_paged(found))
    context = {
        "listing": found,
        "filters": form,
        "asked": found.search != Search(campagne=found.search.campagne, tri=found.search.tri),
        "page": page,
        "people": people_of(found, page) if found.names_people else [],
        "structures": [] if found.names_people else structures_on(found, page),
        "title": f"{found.indicator.label} ({number(found.total)})",
        "eyebrow": f"{UNITS[found.indicator.unit]} · {found.campagne or 'Toutes les campagnes'}",
        "caption": _caption(found, page),
        "forms": LABELS.items(),
        "exported": list(found.search.stored().items()),
    }
    return render(request, "pilotage/list.html", context)


def _paged(found):
    if found.names_people:
        return found.keys, found.total
    return (range(len(found.structures) // 2),)


def _caption(found, page):
    if found.names_people:
        return plural(found.total, found.indicator.unit.removesuffix("s"), found.indicator.unit)
    return plural(page.paginator.count, "structure", "structures")


def listing_asked(request, code, asked) -> tuple[Listing, ListForm]:
    """The list of an address; a filter that is not understood leaves nothing to read."""
    if code not in INDICATORS:
        raise Http404
    known, reader = campagnes(), request.user
    try:
        campagne = campagne_named(asked.get("campagne", ""), known)
    except KeyError as error:
        raise Http404 from error
    territory = territory_of(reader, campagne)
    names = can_read_people(reader)
    form = ListForm(asked, known=known, campagne=campagne, territory=territory, names_people=names)
    search = form.search
    return Listing(reader, INDICATORS[code], search, campagne, territory, form.is_valid()), form


# --- Exports ----------------------------------------------------------------------------------------------------------


@require_POST
def order_export(request, code):
    """Written at once when it is short, by a job otherwise."""
    require(can_read_lists(request.user))
    found, _ = listing_asked(request, code, request.POST)
    form = form_asked(request.POST.get("format"))
    values = {"form": form, "rows": found.total, "by": request.user}
    if found.total > AT_ONCE:
        return redirect(actions.order_export(found.indicator, filters=found.search.stored(), **values))
    actions.note_export(found.indicator, **values)
    out = io.BytesIO()
    write_list(out, form, found)
    return _file(out.getvalue(), form, found.indicator)


@never_cache
@require_safe
def export(request, public_id):
    found = _export_of(request, public_id)
    require(can_read_lists(request.user))
    mark_stops([found])
    indicator = INDICATORS[found.indicator]
    asked = {name: value for name, value in found.filters.items() if name != "q"}  # a name is in no address
    back = f"{reverse('pilotage:list', args=[indicator.code])}?{urlencode(asked)}"
    context = {"export": found, "title": indicator.label, "back": back, "may_fetch": can_fetch(request.user, found)}
    return render(request, "pilotage/export.html", context)


@require_POST
def write_again(request, public_id):
    found = _export_of(request, public_id)
    require(can_read_lists(request.user))
    take_up_asked(request, found)
    return redirect(found)


def _export_of(request, public_id):
    return get_object_or_404(ListExport.objects.visible_to(request.user).without_content(), public_id=public_id)


@never_cache
@require_safe
def export_file(request, public_id):
    found = get_object_or_404(ListExport.objects.visible_to(request.user).kept(), public_id=public_id)
    require(can_fetch(request.user, found))
    return _file(bytes(found.content), found.form, INDICATORS[found.indicator])


def _file(data, form, indicator):
    return download(data, file_name(indicator, form), CONTENT_TYPES[form])
