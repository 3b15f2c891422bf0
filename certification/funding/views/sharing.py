"""Colleagues share the files of their OPCO: who has which in charge, which branches each follows, one’s own views."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.funding import actions
from certification.funding.documents.team import OWN, Team, unassigned_count
from certification.funding.forms.lists import FilterForm, ViewNameForm
from certification.funding.forms.sharing import AssignForm, BranchesForm
from certification.funding.models import Demande, DigestStop
from certification.funding.permissions import (
    assignment_refusals,
    can_decide_somewhere,
    can_read_as_officer,
    can_set_branches,
)
from certification.funding.views.batch import MOST, identifiers
from certification.funding.views.finding import decided
from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.kernel.formats import plural
from lms.organisations.models import Membership


@never_cache
@require_safe
def team(request):
    require(can_decide_somewhere(request.user))
    held = Team(request.user)
    context = {
        "colleagues": [
            (one, one.membership is not None and can_set_branches(request.user, one.membership))
            for one in held.colleagues()
        ],
        "unassigned": unassigned_count(request.user),
        "stopped": DigestStop.objects.filter(person=request.user).exists(),
    }
    return render(request, "funding/team.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def branches(request, membership):
    """Which branches a colleague follows, from a day on."""
    require(can_decide_somewhere(request.user))
    held = [one.pk for one in Team(request.user).memberships]
    found = get_object_or_404(Membership.objects.filter(pk__in=held).select_related("person"), pk=membership)
    require(can_set_branches(request.user, found))
    form = BranchesForm(request.POST if request.method == "POST" else None, membership=found)
    if form.is_valid():
        with refusals_as_errors(form):
            actions.set_branches(found, by=request.user, **form.cleaned_data)
            messages.success(request, f"C’est enregistré pour {found.person.full_name}.")
            return redirect("funding:team")
    context = {"form": form, "membership": found, "history": found.branches_followed.select_related("set_by")}
    return render(request, "funding/branches.html", context, status=422 if form.errors else 200)


@require_POST
def take(request, demande):
    """One file, at once."""
    found = decided(request, demande)
    require(can_read_as_officer(request.user, found))
    _tell(request, *actions.assign([found], to=request.user, by=request.user), request.user)
    return redirect(found)


@never_cache
@require_safe
def share(request):
    """Choose files and a colleague, then see what will move and what will not, and why."""
    require(can_decide_somewhere(request.user))
    mine = Demande.objects.decided_by(request.user)
    filters = FilterForm(request.GET, mine=mine, person=request.user)
    chosen = identifiers(request.GET.getlist("choix"))
    found = list((mine.filter(public_id__in=chosen) if chosen else filters.found_in(mine)).for_list()[:MOST])
    form = AssignForm(request.GET if "a" in request.GET else None, person=request.user)
    context = {"form": form, "found": found}
    if form.is_valid() and chosen:
        return render(request, "funding/share_preview.html", context | _would_move(found, form.recipient))
    if form.is_bound and not chosen:
        messages.error(request, "Aucun dossier n’est choisi\u00a0: cochez-en au moins un.")
    return render(request, "funding/share.html", context)


def _would_move(found, to) -> dict:
    why = assignment_refusals(to, found)
    ready = [one for one in found if not why[one.pk]]
    return {"to": to, "ready": ready, "apart": [(one, why[one.pk]) for one in found if why[one.pk]]}


@require_POST
def assign(request):
    require(can_decide_somewhere(request.user))
    form = AssignForm(request.POST, person=request.user)
    chosen = identifiers(request.POST.getlist("choix"))
    found = list(Demande.objects.decided_by(request.user).filter(public_id__in=chosen)[:MOST])
    if not form.is_valid() or not found:
        messages.error(request, "Choisissez au moins un dossier, et la personne qui le suivra.")
        return redirect("funding:share")
    _tell(request, *actions.assign(found, to=form.recipient, by=request.user), form.recipient)
    return redirect(f"{reverse('funding:home')}?pile=tous&suivi={_address_of(request.user, form.recipient)}")


def _address_of(person, to):
    return OWN if to.pk == person.pk else to.public_id


def _tell(request, done, refused, to):
    if done:
        whose = "vous suivez" if to.pk == request.user.pk else f"{to.full_name} suit"
        messages.success(request, f"C’est noté\u00a0: {whose} {plural(done, 'dossier', 'dossiers')} de plus.")
    for sentence in refused:
        messages.warning(request, sentence)


@require_POST
def save_view(request):
    """The filters on screen, under a name."""
    require(can_decide_somewhere(request.user))
    mine = Demande.objects.decided_by(request.user)
    filters = FilterForm(request.POST, mine=mine, person=request.user)
    form = ViewNameForm(request.POST)
    home = f"{reverse('funding:home')}?{filters.address}"
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["nom"]))
        return redirect(home)
    with refusals_as_messages(request):
        view = actions.save_view(request.user, name=form.cleaned_data["nom"], filters=filters.to_keep)
        messages.success(request, f"La vue « {view.name} » est enregistrée.")
    return redirect(home)


@require_POST
def delete_view(request, view):
    require(can_decide_somewhere(request.user))
    found = get_object_or_404(request.user.funding_views, pk=view)
    actions.delete_view(found)
    messages.success(request, f"La vue « {found.name} » est supprimée.")
    return redirect("funding:home")


@require_POST
def digest(request, wanted):
    """Have the digest of the morning, or no more."""
    require(can_decide_somewhere(request.user))
    if wanted == "arreter":
        actions.stop_digest(request.user, by=request.user)
        messages.success(request, "Vous ne recevrez plus de récapitulatif.")
    elif wanted == "reprendre":
        actions.resume_digest(request.user, by=request.user)
        messages.success(request, "Vous recevrez un récapitulatif chaque matin où quelque chose vous attend.")
    else:
        raise Http404
    return redirect("funding:team")
