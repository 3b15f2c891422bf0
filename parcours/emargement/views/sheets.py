"""One half-day, as the trainer keeps it: who signed, how one signs, and its end."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.kernel.access import refusals_as_messages, require
from lms.kernel.formats import duration, time_short
from lms.kernel.paging import page_of
from parcours.classroom.documents.addresses import address_around
from parcours.classroom.permissions import can_run
from parcours.emargement import actions
from parcours.emargement.documents import countersign_of
from parcours.emargement.forms import WayForm, WindowForm
from parcours.emargement.lifecycle import OFFERED_WAYS, SHEETS, Way
from parcours.emargement.views.finding import keeps, sheet_of

PAGES = {
    Way.CODE: ("Codes personnels à lire ou à imprimer", "emargement:codes"),
    Way.SCREEN: ("Afficher le code QR sur l’écran de la salle", "emargement:screen"),
    Way.TABLET: ("Faire signer sur cette tablette", "emargement:tablet"),
    Way.PAPER: ("Imprimer la feuille papier, ou la saisir", "emargement:paper"),
}
SAYS = {
    Way.CODE: "Chaque personne saisit ses six chiffres à l’adresse {address}, depuis n’importe quel téléphone.",
    Way.SCREEN: "Chaque personne vise le code QR de l’écran avec son téléphone ; il change toutes les 30 secondes.",
    Way.TABLET: "Chaque personne trouve son nom sur votre tablette et confirme d’un appui. Rien à dessiner.",
    Way.ACCOUNT: "Chaque personne signe depuis son compte, dans « Mon espace », « Mes émargements ».",
    Way.PAPER: "Chaque personne signe la feuille imprimée ; vous la saisissez ensuite, avec sa photographie.",
}


@never_cache
@require_safe
def sheet(request, public_id):
    found = sheet_of(request, public_id)
    require(can_run(request.user, found.session))
    return render(request, "emargement/sheet.html", context_of(request, found))


def context_of(request, found, *, window=None) -> dict:
    tally = found.tally
    lines = found.attendances.for_sheet() if found.is_locked else found.attendances.for_open_sheet()
    return {
        "sheet": found,
        "session": found.session,
        "page": page_of(request, lines, count=tally["total"]),
        "signed": tally["signed"],
        "total": tally["total"],
        "left": tally["left"],
        "changes": _changes(found),
        "is_open": found.is_open(),
        "opens_later": timezone.now() < found.opens_at,
        "ways": _ways(request, found),
        "keeps": keeps(request, found),
        "lock_refusals": SHEETS.refusals(found, "lock") if not found.is_locked else [],
        "countersign": found.countersign or countersign_of(found, request.user).text,
        "window": window or WindowForm(sheet=found),
        "scans": list(found.scans.all()),
        "total_minutes": duration(tally["minutes"] or 0),
        "locked_at": time_short(found.local(found.locked_at)) if found.is_locked else "",
    }


def _changes(found) -> tuple[tuple[str, str, str], ...]:
    """What the trainer does of a line: in a word, with what its address begins and ends with."""
    return (("Corriger" if found.is_locked else "Noter", *address_around("emargement:person", found.public_id)),)


def _ways(request, found) -> list[dict]:
    """The one that is proposed first."""
    address = request.build_absolute_uri(reverse("emargement:enter")).split("//", 1)[1]
    return [_way(found, way, address) for way in sorted(OFFERED_WAYS, key=lambda way: way != found.way)]


def _way(found, way, address) -> dict:
    label, name = PAGES.get(way, ("", ""))
    return {
        "code": way.value,
        "label": way.label,
        "says": SAYS[way].format(address=address),
        "page": label,
        "url": reverse(name, args=[found.public_id]) if name else "",
        "chosen": way == found.way,
    }


def _kept(request, public_id):
    found = sheet_of(request, public_id)
    require(keeps(request, found))
    return found


@require_POST
def open_sheet(request, public_id):
    found = _kept(request, public_id)
    with refusals_as_messages(request):
        found = actions.open_now(found, by=request.user)
        messages.success(request, f"La signature est ouverte jusqu’à {time_short(found.local(found.closes_at))}.")
    return redirect(found)


@require_POST
def close_sheet(request, public_id):
    found = _kept(request, public_id)
    with refusals_as_messages(request):
        actions.close_now(found, by=request.user)
        messages.success(request, "La signature est fermée. Vous pouvez la rouvrir.")
    return redirect(found)


@require_POST
def set_window(request, public_id):
    found = _kept(request, public_id)
    form = WindowForm(request.POST, sheet=found)
    if not form.is_valid():
        return render(request, "emargement/sheet.html", context_of(request, found, window=form), status=422)
    with refusals_as_messages(request):
        found = actions.set_window(found, **form.bounds, by=request.user)
        messages.success(request, f"On signe cette demi-journée {found.window}.")
    return redirect(found)


@require_POST
def choose_way(request, public_id):
    found = _kept(request, public_id)
    form = WayForm(request.POST)
    with refusals_as_messages(request):
        found = actions.choose_way(found, form.data.get("way", ""), by=request.user)
        messages.success(request, f"Façon de signer proposée : {found.get_way_display()}.")
    return redirect(found)


@require_POST
def mark_the_rest(request, public_id):
    """Whoever has not signed is noted absent, one by one: each may still sign until the sheet is locked."""
    found = _kept(request, public_id)
    with refusals_as_messages(request):
        count = actions.mark_rest_absent(found, by=request.user)
        messages.success(request, f"Notées absentes : {count}. Chacune peut encore signer avant le verrouillage.")
    return redirect(found)


@require_POST
def lock(request, public_id):
    found = _kept(request, public_id)
    with refusals_as_messages(request):
        actions.lock(found, by=request.user)
        messages.success(request, "La feuille est contresignée et verrouillée. Une correction portera son motif.")
    return redirect(found)
