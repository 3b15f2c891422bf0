"""The campagnes of ANCT and their waves: objective and dates, changed with a line in the journal."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.habilitation.forms.campagnes import CampagneForm, ObjectivesForm, WaveForm
from certification.habilitation.permissions import can_steer
from certification.habilitation.views.giving import given
from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.organisations import actions
from lms.organisations.models import Campagne, Wave
from lms.pilotage import actions as pilotage
from lms.pilotage.documents.objectives import listed, regions_that_differ, summed
from lms.pilotage.models.objectives import Grain

TITLES = {Grain.REGION: "Objectifs par région", Grain.DEPARTEMENT: "Objectifs par département"}
SET = "Les objectifs sont enregistrés, valables à partir d’aujourd’hui. Le journal garde ceux d’avant."
UNCHANGED = "Rien n’a changé : ces objectifs étaient déjà enregistrés."


@never_cache
@require_safe
def campagnes(request):
    require(can_steer(request.user))
    found = Campagne.objects.prefetch_related("waves")
    return render(request, "habilitation/campagnes.html", {"campagnes": found})


@never_cache
@require_safe
def campagne(request, code):
    require(can_steer(request.user))
    found = get_object_or_404(Campagne, code=code)
    context = {
        "campagne": found,
        "waves": found.waves.prefetch_related("regions"),
        "objectives": [(one.value, TITLES[one], listed(found, one), summed(found, one)) for one in Grain],
        "differences": regions_that_differ(found),
        "as_read": {"close": "oui" if found.closed else "non"},
    }
    return render(request, "habilitation/campagne.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_campagne(request, code):
    require(can_steer(request.user))
    found = get_object_or_404(Campagne, code=code)
    return _change(request, found, found, CampagneForm, actions.change_campagne)


@require_http_methods(["GET", "HEAD", "POST"])
def change_wave(request, code, number):
    require(can_steer(request.user))
    found = get_object_or_404(Wave.objects.select_related("campagne"), campagne__code=code, number=number)
    return _change(request, found, found.campagne, WaveForm, actions.change_wave)


@require_http_methods(["GET", "HEAD", "POST"])
def set_objectives(request, code, grain):
    require(can_steer(request.user))
    found = get_object_or_404(Campagne, code=code)
    if grain not in list(Grain):
        raise Http404
    grain = Grain(grain)
    form = ObjectivesForm(*given(request), campagne=found, grain=grain)
    if request.method == "POST" and form.is_valid():
        with refusals_as_errors(form):
            changed = pilotage.set_objectives(found, grain, form.values, by=request.user)
            messages.success(request, SET if changed else UNCHANGED)
            return redirect("habilitation:campagne", found.code)
    context = {"form": form, "campagne": found, "title": TITLES[grain]}
    return render(request, "habilitation/objectives_form.html", context, status=422 if form.errors else 200)


@require_POST
def close_campagne(request, code):
    """Closed, it is read as it was; opened again, it may be corrected."""
    require(can_steer(request.user))
    found = get_object_or_404(Campagne, code=code)
    if request.POST.get("close") == ("non" if found.closed else "oui"):
        messages.info(request, "C’était déjà fait.")
        return redirect("habilitation:campagne", found.code)
    with refusals_as_messages(request):
        if found.closed:
            actions.reopen_campagne(found, by=request.user)
            messages.success(request, "La campagne est rouverte : son objectif et ses dates se modifient de nouveau.")
        else:
            actions.close_campagne(found, by=request.user)
            messages.success(request, "La campagne est close : elle se lit telle qu’elle était.")
    return redirect("habilitation:campagne", found.code)


def _change(request, found, campagne, form_class, act):
    form = form_class(*given(request), instance=found)
    if request.method == "POST" and form.is_valid():
        with refusals_as_errors(form):
            act(found, form.cleaned_data, by=request.user)
            messages.success(request, "La modification est enregistrée, et le journal en garde la trace.")
            return redirect("habilitation:campagne", campagne.code)
    context = {"form": form, "campagne": campagne, "wave": found if found != campagne else None}
    return render(request, "habilitation/campagne_form.html", context, status=422 if form.errors else 200)
