"""The déroulé of each half-day: that of the edition, or its copy adapted to this session, to print or to keep."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.kernel.formats import NBSP
from parcours.classroom import actions
from parcours.classroom.documents.deroule_file import deroule_file, file_name
from parcours.classroom.documents.deroules import shown
from parcours.classroom.forms.deroules import NotesForm, PauseForm, SequenceForm
from parcours.classroom.lifecycle import SessionState
from parcours.classroom.models import Deroule
from parcours.classroom.permissions import can_run
from parcours.classroom.views.session import session_of


@never_cache
@require_safe
def deroules(request, public_id):
    session = session_of(request, public_id)
    require(can_run(request.user, session))
    adapted = {one.half_day_id: one for one in Deroule.objects.filter(half_day__session=session)}
    rows = [(one, adapted.get(one.pk)) for one in session.half_days.all()]
    return render(request, "classroom/deroules.html", {"session": session, "rows": rows})


@never_cache
@require_safe
def deroule(request, public_id, position):
    session, half_day = _half_day(request, public_id, position)
    require(can_run(request.user, session))
    context = {"session": session, "may_adapt": _may_adapt(session), **shown(half_day)}
    return render(request, "classroom/deroule.html", context)


@require_safe
def keep(request, public_id, position):
    """One file that is read and printed without network."""
    session, half_day = _half_day(request, public_id, position)
    require(can_run(request.user, session))
    named = {"Content-Disposition": f'attachment; filename="{file_name(half_day)}"', "Cache-Control": "no-store"}
    return HttpResponse(deroule_file(half_day), content_type="text/html; charset=utf-8", headers=named)


@require_POST
def adapt(request, public_id, position):
    session, half_day = _half_day(request, public_id, position)
    require(can_run(request.user, session))
    with refusals_as_messages(request):
        actions.adapt(half_day, by=request.user)
        return redirect("classroom:edit_deroule", public_id, position)
    return redirect("classroom:deroule", public_id, position)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, public_id, position):
    session, half_day = _half_day(request, public_id, position)
    require(can_run(request.user, session))
    found = _copy(half_day)
    form = NotesForm(request.POST or None, initial={"notes": found.notes})
    if _saved(form, actions.change_notes, found, request):
        messages.success(request, "Notes enregistrées.")
        return redirect("classroom:edit_deroule", public_id, position)
    context = {"session": session, "form": form, **shown(half_day)}
    return render(request, "classroom/edit_deroule.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sequence(request, public_id, position, key):
    session, half_day = _half_day(request, public_id, position)
    require(can_run(request.user, session))
    found = _copy(half_day)
    rank = found.rank(key)
    if rank is None:
        messages.info(request, f"Cette séquence a été retirée entre-temps{NBSP}: relisez le déroulé.")
        return redirect("classroom:edit_deroule", public_id, position)
    row = found.sequences[rank]
    form = _form(row["kind"])(request.POST or None, initial=row)
    if _saved(form, actions.change_sequence, found, request, key=key):
        return _back(half_day, key)
    context = {"session": session, "half_day": half_day, "form": form, "title": row["title"]}
    return render(request, "classroom/sequence.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, public_id, position):
    """`?apres=` names the sequence it follows, `?pause=1` asks for a pause."""
    session, half_day = _half_day(request, public_id, position)
    require(can_run(request.user, session))
    found = _copy(half_day)
    kind = "pause" if request.GET.get("pause") else "sequence"
    form = _form(kind)(request.POST or None, initial={"title": "Pause", "minutes": 15} if kind == "pause" else None)
    after = request.GET.get("apres", "")
    if _saved(form, actions.add_sequence, found, request, after=after, kind=kind):
        return _back(half_day, after)
    title = "Ajouter une pause" if kind == "pause" else "Ajouter une séquence"
    context = {"session": session, "half_day": half_day, "form": form, "title": title}
    return render(request, "classroom/sequence.html", context, status=422 if form.is_bound else 200)


@require_POST
def move(request, public_id, position, key):
    session, half_day = _half_day(request, public_id, position)
    require(can_run(request.user, session))
    with refusals_as_messages(request):
        actions.move_sequence(_copy(half_day), key, up=request.POST.get("sens") == "haut", by=request.user)
    return _back(half_day, key)


@require_POST
def remove(request, public_id, position, key):
    session, half_day = _half_day(request, public_id, position)
    require(can_run(request.user, session))
    with refusals_as_messages(request):
        actions.remove_sequence(_copy(half_day), key, by=request.user)
        messages.success(request, "La séquence est retirée.")
    return redirect("classroom:edit_deroule", public_id, position)


@require_POST
def restore(request, public_id, position):
    session, half_day = _half_day(request, public_id, position)
    require(can_run(request.user, session))
    with refusals_as_messages(request):
        actions.restore(_copy(half_day), by=request.user)
        messages.success(request, "Le déroulé est de nouveau celui du parcours. Vos notes sont gardées.")
    return redirect("classroom:edit_deroule", public_id, position)


def _half_day(request, public_id, position):
    session = session_of(request, public_id)
    found = next((one for one in session.half_days.all() if one.position == position), None)
    if found is None:
        raise Http404
    return session, found


def _copy(half_day):
    """The one adapted for this session; there is nothing to change before."""
    return get_object_or_404(Deroule.objects.select_related("half_day__session"), half_day=half_day)


def _may_adapt(session):
    return session.state in (SessionState.DRAFT, SessionState.PUBLISHED)


def _form(kind):
    return PauseForm if kind == "pause" else SequenceForm


def _saved(form, act, found, request, **values) -> bool:
    """Whether what the form says was done; if it was refused, the form says why."""
    if form.is_bound and form.is_valid():
        with refusals_as_errors(form):
            act(found, by=request.user, **values, **form.cleaned_data)
            return True
    return False


def _back(half_day, key):
    page = reverse("classroom:edit_deroule", args=[half_day.session.public_id, half_day.position])
    return redirect(f"{page}#sequence-{key}" if key else page)
