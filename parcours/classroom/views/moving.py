"""What happens to a session once it is prepared: published, changed, copied, cancelled, closed, thrown away."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from lms.kernel.access import refusals_as_errors, refusals_as_messages, require
from lms.kernel.formats import NBSP
from parcours.classroom import actions
from parcours.classroom.engine.remarks import remarks_on
from parcours.classroom.forms.moving import CancelForm, DuplicateForm
from parcours.classroom.forms.preparing import HalfDaysForm, SettleForm
from parcours.classroom.lifecycle import SESSION, SessionState
from parcours.classroom.permissions import can_manage, can_run
from parcours.classroom.views.session import session_of


@require_POST
def publish(request, public_id):
    session = session_of(request, public_id)
    require(can_manage(request.user, session))
    with refusals_as_messages(request):
        actions.publish(session, by=request.user)
        messages.success(request, "La session est publiée : les inscriptions peuvent commencer.")
        return redirect(session)
    return redirect("classroom:prepare_review", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
def reschedule(request, public_id):
    session = session_of(request, public_id)
    require(can_manage(request.user, session))
    if session.state != SessionState.PUBLISHED:
        return redirect(session)
    form = HalfDaysForm(request.POST or None, session=session)
    done = (
        "Les demi-journées sont enregistrées. Si les dates ou le lieu changent, les personnes inscrites sont prévenues."
    )
    refusals = SESSION.refusals(session, "reschedule_session")
    context = {"session": session, "form": form, "refusals": refusals, "told": session.registrations.active().count()}
    values = {"slots": form.slots} if form.is_bound and form.is_valid() else None
    return _ask(request, "classroom/reschedule.html", context, actions.reschedule, values, done)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request, public_id):
    session = session_of(request, public_id)
    require(can_manage(request.user, session))
    if session.state != SessionState.PUBLISHED:
        return redirect(session)
    form = SettleForm(request.POST or None, session=session)
    values = form.values if form.is_bound and form.is_valid() else None
    context = {"session": session, "form": form}
    return _ask(request, "classroom/settings.html", context, actions.settle, values, "Modifications enregistrées.")


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request, public_id):
    session = session_of(request, public_id)
    require(can_manage(request.user, session))
    form = CancelForm(request.POST or None)
    refusals = SESSION.refusals(session, "cancel_session")
    context = {"session": session, "form": form, "refusals": refusals, "told": session.registrations.active().count()}
    values = form.cleaned_data if form.is_bound and form.is_valid() else None
    done = "La session est annulée. Les personnes inscrites et leurs référents reçoivent le motif."
    return _ask(request, "classroom/cancel.html", context, actions.cancel, values, done)


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request, public_id):
    session = session_of(request, public_id)
    require(can_manage(request.user, session))
    form = DuplicateForm(request.POST or None)
    values = form.cleaned_data if form.is_bound and form.is_valid() else None
    context = {"session": session, "form": form}
    done = f"Voici la copie, en brouillon{NBSP}: relisez-la, puis publiez-la."
    return _ask(request, "classroom/duplicate.html", context, actions.duplicate, values, done)


@require_POST
def close(request, public_id):
    session = session_of(request, public_id)
    require(can_run(request.user, session))
    with refusals_as_messages(request):
        closed = actions.close(session, by=request.user)
        messages.success(request, "La session est terminée.")
        for remark in remarks_on(closed):
            messages.warning(request, remark)
    return redirect(session)


@require_POST
def discard(request, public_id):
    session = session_of(request, public_id)
    require(can_manage(request.user, session))
    with refusals_as_messages(request):
        actions.discard(session, by=request.user)
        messages.success(request, "Le brouillon est supprimé.")
        return redirect("classroom:sessions")
    return redirect(session)


def _ask(request, template, context, act, values, done):
    """A page with one form: act when it is right and go to the session, or say what is wrong."""
    form = context["form"]
    if values is not None:
        with refusals_as_errors(form):
            session = act(context["session"], by=request.user, **values)
            messages.success(request, done)
            return redirect(session)
    return render(request, template, context, status=422 if form.is_bound and form.errors else 200)
