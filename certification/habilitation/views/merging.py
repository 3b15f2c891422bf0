"""Records that look alike: seen side by side, made one, made two again; and who goes on in another structure."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.habilitation.actions.merging import merge_people, merge_structures, transfer, undo
from certification.habilitation.documents.duplicates import (
    last_merges,
    people_groups,
    people_in,
    preview,
    structure_groups,
    structures_in,
)
from certification.habilitation.documents.side_by_side import compared
from certification.habilitation.forms.merging import PairForm, PlaceForm, TransferForm
from certification.habilitation.models import Habilitation, Merge
from certification.habilitation.permissions import can_steer, can_transcribe
from lms.accounts.models import Person
from lms.kernel.access import refusals_as_messages, require
from lms.kernel.formats import number
from lms.kernel.paging import page_of
from lms.organisations.models import Organisation

KINDS = {"structures": (Organisation, merge_structures), "personnes": (Person, merge_people)}


@require_safe
def duplicates(request):
    require(can_steer(request.user))
    groups = {"structures": (structure_groups, structures_in), "personnes": (people_groups, people_in)}
    asked = request.GET.get("nature", "structures")
    asked = asked if asked in groups else "structures"
    find, shown = groups[asked]
    found = find()
    page = page_of(request, found)
    context = {
        "asked": asked,
        "tabs": [(name, name.capitalize(), name == asked) for name in groups],
        "count": number(len(found)),
        "page": page,
        "groups": shown(page),
        "past": last_merges(),
    }
    return render(request, "habilitation/duplicates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request, kind):
    """Those of the address, side by side; a preview first, then the merge itself."""
    require(can_steer(request.user))
    members = _members(request, kind)
    if len(members) < 2:
        messages.info(request, "Ces fiches n’en font déjà plus qu’une.")
        return redirect("habilitation:duplicates")
    form = PairForm(request.POST if request.method == "POST" else None, members=members)
    chosen = request.method == "POST" and form.is_valid()
    if chosen and request.POST.get("faire") == "fusionner" and _is_previewed(request, *form.pair):
        with refusals_as_messages(request):
            KINDS[kind][1](*form.pair, by=request.user)
            messages.success(request, "Les deux fiches n’en font plus qu’une. La fusion se défait ci-dessous.")
            return redirect("habilitation:duplicates")
    context = {"members": members, "compared": compared(members), "form": form}
    if chosen:
        kept, merged = form.pair
        context |= {"kept": kept, "merged": merged, "moves": preview(merged), "chosen": True}
    status = 422 if request.method == "POST" and not chosen else 200
    return render(request, "habilitation/merge.html", context, status=status)


def _is_previewed(request, kept, merged):
    """Whether the page that asks for the merge showed what would move for these two, in this order."""
    told = request.POST.get("vu") == f"{kept.public_id} {merged.public_id}"
    if not told:
        messages.warning(request, "Votre choix a changé\u00a0: relisez ce qui va se passer, puis confirmez.")
    return told


def _members(request, kind):
    if kind not in KINDS:
        raise Http404
    model = KINDS[kind][0]
    try:
        asked = [UUID(one) for one in request.GET.getlist("fiche")[:10]]
    except ValueError:
        raise Http404 from None
    known = list(model.objects.filter(public_id__in=asked).order_by("pk"))
    if len(known) < 2:
        raise Http404
    return [one for one in known if one.merged_into_id is None]


@require_POST
def undo_merge(request, public_id):
    require(can_steer(request.user))
    found = get_object_or_404(Merge, public_id=public_id)
    with refusals_as_messages(request):
        undo(found, by=request.user)
        messages.success(request, "La fusion est défaite : chaque fiche a retrouvé ce qui était à elle.")
    return redirect("habilitation:duplicates")


@require_http_methods(["GET", "HEAD", "POST"])
def move(request, public_id):
    """Somebody changes structure: found first by POST, then chosen."""
    one = get_object_or_404(Habilitation.objects.visible_to(request.user).for_list(), public_id=public_id)
    require(can_transcribe(request.user, one))
    place = PlaceForm(request.POST or None)
    offered = place.found(besides=one.organisation) if request.POST and place.is_valid() else []
    choosing = bool(request.POST.get("organisation")) or request.POST.get("faire") == "transferer"
    form = TransferForm(request.POST if choosing else None, offered=offered)
    if choosing and form.is_valid():
        with refusals_as_messages(request):
            following = transfer(one, form.chosen, by=request.user, on=form.cleaned_data["on"])
            messages.success(request, f"La personne est suivie pour « {following.organisation} ».")
            return redirect(following)
        return redirect(one)
    context = {"one": one, "place": place, "offered": offered, "form": form}
    bad = request.method == "POST" and (not place.is_valid() or (choosing and form.errors))
    return render(request, "habilitation/move.html", context, status=422 if bad else 200)
