"""A session prepared in five steps, each saved as a draft; the last one shows what is missing, then publishes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.organisations.lifecycle import Role
from lms.organisations.models import Organisation
from parcours.catalogue.models import ParcoursPage
from parcours.classroom import actions
from parcours.classroom.documents.editions import changes_of, newer_edition
from parcours.classroom.documents.facts import facts_of
from parcours.classroom.forms.preparing import HalfDaysForm, ParcoursForm, PlaceForm, SettleForm
from parcours.classroom.lifecycle import SESSION
from parcours.classroom.models import Session
from parcours.classroom.permissions import can_create, can_manage

STEPS = ("Parcours et modalité", "Lieu et dates", "Demi-journées", "Places et tarif", "Relecture")
NO_DATES = "Choisissez d’abord le lieu et les dates."


@require_http_methods(["GET", "HEAD", "POST"])
def create(request):
    require(can_create(request.user))
    form = ParcoursForm(request.POST or None, organisations=managed_by(request.user))
    if form.is_bound and form.is_valid():
        with refusals_as_errors(form):
            session = actions.create_session(by=request.user, **_chosen(form))
            return redirect("classroom:prepare_place", session.public_id)
    return _step(request, None, 1, form, "classroom/prepare_parcours.html")


def managed_by(person):
    """The organismes whose training the person answers for."""
    held = person.memberships.active().filter(role=Role.TRAINING_MANAGER)
    return Organisation.objects.filter(pk__in=held.values("organisation")).order_by("name")


def _chosen(form):
    values = form.cleaned_data
    parcours = get_object_or_404(ParcoursPage, pk=values["parcours"])
    return {"parcours": parcours, "organisation": values["organisation"], "modality": values["modality"]}


@require_http_methods(["GET", "HEAD", "POST"])
def parcours(request, public_id):
    session = draft_of(request, public_id)
    require(can_manage(request.user, session))
    mine = Organisation.objects.filter(pk=session.organisation_id)
    known = {"parcours": session.parcours_id, "modality": session.modality}
    form = ParcoursForm(request.POST or None, initial=known, organisations=mine)
    if form.is_bound and form.is_valid():
        values = _chosen(form)
        values.pop("organisation")
        return _save(request, session, 1, form, actions.choose_parcours, "classroom:prepare_place", **values)
    return _step(request, session, 1, form, "classroom/prepare_parcours.html")


@require_http_methods(["GET", "HEAD", "POST"])
def place(request, public_id):
    session = draft_of(request, public_id)
    require(can_manage(request.user, session))
    form = PlaceForm(request.POST or None, session=session, initial=_where(session))
    if form.is_bound and form.is_valid():
        values = {"slots": form.slots, "zone": form.held_in}
        return _save(request, session, 2, form, actions.set_half_days, "classroom:prepare_half_days", **values)
    return _step(request, session, 2, form, "classroom/prepare_place.html")


@require_http_methods(["GET", "HEAD", "POST"])
def half_days(request, public_id):
    session = draft_of(request, public_id)
    require(can_manage(request.user, session))
    if not session.half_days.all():
        messages.info(request, NO_DATES)
        return redirect("classroom:prepare_place", public_id)
    form = HalfDaysForm(request.POST or None, session=session)
    if form.is_bound and form.is_valid():
        values = {"slots": form.slots, "zone": form.held_in}
        return _save(request, session, 3, form, actions.set_half_days, "classroom:prepare_seats", **values)
    return _step(request, session, 3, form, "classroom/prepare_half_days.html")


@require_http_methods(["GET", "HEAD", "POST"])
def seats(request, public_id):
    session = draft_of(request, public_id)
    require(can_manage(request.user, session))
    form = SettleForm(request.POST or None, session=session)
    if form.is_bound and form.is_valid():
        return _save(request, session, 4, form, actions.settle, "classroom:prepare_review", **form.values)
    return _step(request, session, 4, form, "classroom/prepare_seats.html")


@require_safe
def review(request, public_id):
    session = draft_of(request, public_id)
    require(can_manage(request.user, session))
    context = {
        "session": session,
        "steps": STEPS,
        "facts": facts_of(session),
        "refusals": SESSION.refusals(session, "publish_session"),
        "newer": newer_edition(session),
    }
    context["changes"] = changes_of(session, context["newer"]) if context["newer"] else []
    return render(request, "classroom/prepare_review.html", context)


@require_POST
def take_edition(request, public_id):
    """What changes was read on the page before."""
    session = draft_of(request, public_id)
    require(can_manage(request.user, session))
    with refusals_as_messages(request):
        taken = actions.take_newer_edition(session, by=request.user)
        messages.success(request, f"La session suit maintenant l’édition {taken.edition.number}. Relisez-la.")
    return redirect("classroom:prepare_review", public_id)


def draft_of(request, public_id):
    """A draft; a session already published has no such page."""
    found = Session.objects.visible_to(request.user).for_page().filter(state=Session.State.DRAFT)
    return get_object_or_404(found, public_id=public_id)


def _save(request, session, step, form, act, following, **values):
    """Do what the step asks, go on to the next one; or show the step again with what collides."""
    with refusals_as_errors(form):
        act(session, by=request.user, **values)
        messages.success(request, "Brouillon enregistré.")
        return redirect(following, session.public_id)
    return _step(request, session, step, form, TEMPLATES[step])


TEMPLATES = {
    1: "classroom/prepare_parcours.html",
    2: "classroom/prepare_place.html",
    3: "classroom/prepare_half_days.html",
    4: "classroom/prepare_seats.html",
}


def _step(request, session, step, form, template):
    context = {"session": session, "form": form, "steps": STEPS}
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)


def _where(session):
    """What the draft says already."""
    first = next(iter(session.half_days.all()), None)
    if first is None:
        return {"zone": session.zone}
    return {
        "zone": session.zone,
        "room": first.room_id,
        "link": first.link,
        "first_day": first.day,
        "trainers": [one.pk for one in first.trainers.all()],
    }
