"""The rooms an organisme holds its half-days in."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.kernel.formats import NBSP, number
from lms.kernel.paging import page_of
from parcours.classroom import actions
from parcours.classroom.forms.rooms import RoomForm
from parcours.classroom.models import Room
from parcours.classroom.permissions import can_create, can_list_sessions, can_manage_room
from parcours.classroom.views.preparing import managed_by


@require_safe
def rooms(request):
    require(can_list_sessions(request.user))
    archived = request.GET.get("voir") == "retirees"
    found = Room.objects.visible_to(request.user).for_list(archived=archived)
    if asked := request.GET.get("q", "").strip():
        found = found.matching(asked)
    page = page_of(request, found)
    plural = "s" if page.paginator.count > 1 else ""
    context = {
        "page": page,
        "caption": f"{number(page.paginator.count)}{NBSP}salle{plural}{f' retirée{plural}' if archived else ''}",
        "archived": archived,
        "asked": asked,
        "may_change": can_create(request.user),
    }
    return render(request, "classroom/rooms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request):
    require(can_create(request.user))
    form = RoomForm(request.POST or None, organisations=managed_by(request.user))
    return _edit(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request, public_id):
    found = _room(request, public_id)
    require(can_manage_room(request.user, found))
    mine = managed_by(request.user).filter(pk=found.organisation_id)
    return _edit(request, RoomForm(request.POST or None, instance=found, organisations=mine), found)


def _edit(request, form, room):
    if form.is_bound and form.is_valid():
        with refusals_as_errors(form):
            saved = actions.save_room(form.save(commit=False), by=request.user)
            messages.success(request, f"La salle «{NBSP}{saved}{NBSP}» est enregistrée.")
            return redirect("classroom:rooms")
    context = {"form": form, "room": room}
    return render(request, "classroom/room.html", context, status=422 if form.is_bound and form.errors else 200)


@require_POST
def archive(request, public_id):
    found = _room(request, public_id)
    require(can_manage_room(request.user, found))
    with refusals_as_messages(request):
        actions.archive_room(found, by=request.user)
        messages.success(request, f"La salle «{NBSP}{found}{NBSP}» n’est plus proposée.")
        return redirect("classroom:rooms")
    return redirect("classroom:room", public_id)


@require_POST
def restore(request, public_id):
    found = _room(request, public_id)
    require(can_manage_room(request.user, found))
    with refusals_as_messages(request):
        actions.restore_room(found, by=request.user)
        messages.success(request, f"La salle «{NBSP}{found}{NBSP}» est proposée de nouveau.")
    return redirect("classroom:room", public_id)


def _room(request, public_id):
    return get_object_or_404(Room.objects.visible_to(request.user).select_related("organisation"), public_id=public_id)
