"""The tab « Stagiaires » of a session."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.access import refusals_as_errors, require
from lms.kernel.formats import plural
from lms.kernel.paging import page_of
from parcours.classroom import actions
from parcours.classroom.documents.seats import seats_of
from parcours.classroom.documents.trainees import asked_of, changes_of, summary_of, trainees_of, waiting_of
from parcours.classroom.forms.registering import MessageForm, MoveForm, OverrideForm
from parcours.classroom.lifecycle import SessionState
from parcours.classroom.models import Registration, Session
from parcours.classroom.permissions import can_manage, can_move, can_run


@never_cache
@require_safe
def trainees(request, public_id):
    session = _session(request, public_id)
    require(can_run(request.user, session))
    return _page(request, session)


def _page(request, session, *, message=None, override=None, status=200):
    page = page_of(request, session.registrations.seated().by_name().for_trainer(), count=session.seats_taken)
    context = {
        "session": session,
        "seats": seats_of(session) if session.starts_at else None,
        "page": page,
        "trainees": trainees_of(session, page),
        "waiting": waiting_of(session),
        "caption": f"{plural(page.paginator.count, 'stagiaire', 'stagiaires')} sur {session.capacity}",
        "summary": summary_of(session),
        "asked": asked_of(session),
        "message_form": message or MessageForm(),
        "override_form": override or OverrideForm(),
        "override": getattr(session, "opening_override", None),
        "can_override": can_manage(request.user, session) and session.state == SessionState.PUBLISHED,
        "changes": changes_of(session),
    }
    return render(request, "classroom/trainees.html", context, status=status)


@require_POST
def write_to_all(request, public_id):
    session = _session(request, public_id)
    require(can_run(request.user, session))
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _page(request, session, message=form, status=422)
    count = actions.write_to_all(session, by=request.user, **form.cleaned_data)
    messages.success(request, f"{plural(count, 'personne reçoit', 'personnes reçoivent')} votre message.")
    return redirect("classroom:trainees", public_id)


@require_POST
def override(request, public_id):
    session = _session(request, public_id)
    require(can_manage(request.user, session))
    form = OverrideForm(request.POST)
    if not form.is_valid():
        return _page(request, session, override=form, status=422)
    actions.override_opening(session, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, "Les inscriptions sont ouvertes jusqu’au début de la session.")
    return redirect("classroom:trainees", public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request, public_id):
    seen = Registration.objects.visible_to(request.user).for_pages()
    registration = get_object_or_404(seen, public_id=public_id)
    require(can_move(request.user, registration))
    posted = request.method == "POST"
    form = MoveForm(request.POST if posted else None, sessions=_destinations(registration.session))
    if form.is_valid():
        with refusals_as_errors(form):
            actions.move(registration, by=request.user, **form.cleaned_data)
            messages.success(request, f"{registration.person} a une place dans l’autre session.")
            return redirect("classroom:trainees", registration.session.public_id)
    context = {"registration": registration, "session": registration.session, "form": form}
    return render(request, "classroom/move.html", context, status=422 if posted else 200)


def _destinations(session):
    same = Session.objects.filter(parcours=session.parcours_id, organisation=session.organisation_id)
    coming = same.filter(state=SessionState.PUBLISHED, starts_at__gt=session.created_at).exclude(pk=session.pk)
    return coming.order_by("starts_at")


def _session(request, public_id):
    known = Session.objects.visible_to(request.user).for_frame().for_trainees()
    return get_object_or_404(known, public_id=public_id)
