"""One person on the way for one structure: the facts, the moves, the papers, and what may be said of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.habilitation import actions
from certification.habilitation.documents.standing import standpoints
from certification.habilitation.forms.declaring import LeaveForm, NoteForm, PixForm, StatusForm
from certification.habilitation.models import Fact, Habilitation
from certification.habilitation.permissions import (
    can_declare_now,
    can_move_out,
    can_read,
    can_read_since_departure,
    can_steer,
    can_take_up_again,
    can_transcribe,
    can_withdraw,
)
from certification.habilitation.views.giving import given
from certification.habilitation.views.reading import frame_of, page_of_person
from lms.kernel.access import refusals_as_errors, refusals_as_messages, require


@never_cache
@require_safe
def person(request, public_id):
    found = _found(request, public_id)
    require(can_read(request.user, found))
    here = standpoints([found])[0]
    if not can_read_since_departure(request.user, found):
        here = here.until_departure()
    context = page_of_person(here, request.user) | frame_of(found, request.user)
    return render(request, "habilitation/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def declare_for(request, public_id):
    found = _found(request, public_id)
    require(can_declare_now(request.user, found))
    form = PixForm(*given(request), reader=request.user)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        with refusals_as_errors(form):
            actions.declare_pix(found.person, cleaned["on"], proof=cleaned["proof"], by=request.user)
            messages.success(request, f"Le test Pix de {found.person.full_name} est déclaré : il reste à le confirmer.")
            return redirect(found)
    context = {"form": form, "habilitation": found} | frame_of(found, request.user)
    return render(request, "habilitation/declare_for.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, public_id):
    found = _found(request, public_id)
    require(can_move_out(request.user, found))
    form = LeaveForm(*given(request))
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        with refusals_as_messages(request):
            values = {"on": cleaned["on"], "note": cleaned["note"]}
            actions.leave(found, form.step, cleaned["reason"], by=request.user, **values)
            messages.success(request, "La sortie est enregistrée. La formation et le test Pix restent à la personne.")
        return redirect(found)
    context = {"form": form, "habilitation": found} | frame_of(found, request.user)
    return render(request, "habilitation/leave.html", context, status=422 if form.errors else 200)


@require_POST
def come_back(request, public_id):
    found = _found(request, public_id)
    require(can_take_up_again(request.user, found))
    with refusals_as_messages(request):
        actions.come_back(found, by=request.user)
        messages.success(request, "La personne est de nouveau suivie, là où les faits la placent.")
    return redirect(found)


@require_http_methods(["GET", "HEAD", "POST"])
def transcribe(request, public_id):
    """The status that Aidants Connect shows, written down with the day it was read."""
    found = _found(request, public_id)
    require(can_transcribe(request.user, found))
    form = StatusForm(*given(request))
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        with refusals_as_messages(request):
            actions.transcribe_status(found, cleaned["status"], seen_on=cleaned["on"], by=request.user)
            messages.success(request, "Le statut lu est enregistré. Aidants Connect reste seul à en décider.")
        return redirect(found)
    context = {"form": form, "habilitation": found} | frame_of(found, request.user)
    return render(request, "habilitation/transcribe.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, public_id):
    fact = get_object_or_404(Fact.objects.visible_to(request.user).for_page(), public_id=public_id)
    require(can_withdraw(request.user, fact))
    form = NoteForm(*given(request))
    back = _after(request, fact)
    if request.method == "POST" and form.is_valid():
        with refusals_as_messages(request):
            actions.withdraw_fact(fact, by=request.user, note=form.cleaned_data["note"])
            messages.success(request, "Le fait est retiré : il reste en vue avec son motif, et ne compte plus.")
        return redirect(back)
    context = {"form": form, "fact": fact, "back": back}
    return render(request, "habilitation/withdraw.html", context, status=422 if form.errors else 200)


def _found(request, public_id):
    return get_object_or_404(Habilitation.objects.visible_to(request.user).for_page(), public_id=public_id)


def _after(request, fact):
    """The page of the person for ANCT; for the organisme, which may read it no more then, its list of presences."""
    one = Habilitation.objects.filter(person=fact.person_id).order_by("pk").first()
    national = one is not None and can_steer(request.user)
    return one.get_absolute_url() if national else reverse("habilitation:presences")
