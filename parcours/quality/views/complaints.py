"""Anybody complains, from the foot of every page; whoever answers for the organisme reads, answers, closes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.access import public, refusals_as_errors, refusals_as_messages, require
from lms.kernel.formats import number
from lms.kernel.paging import page_of
from lms.kernel.tables import LABELS
from lms.kernel.throttle import throttled
from lms.organisations.models.organisation import working_days
from parcours.quality import actions
from parcours.quality.documents.complaints import write_complaints
from parcours.quality.forms.complaints import AnswerForm, ComplaintFilterForm, ComplaintForm, FollowUpForm
from parcours.quality.lifecycle import COMPLAINING
from parcours.quality.models import Complaint
from parcours.quality.permissions import can_answer_complaint, can_read_complaints
from parcours.quality.views.doors import WAIT, opened_by
from parcours.quality.views.lists import table_file

CLOSING = "clore"
RECEIVED = "quality.received"


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("quality.complain", amount=10, seconds=3600, methods=("POST",), template=WAIT)
def complain(request):
    person = request.user if request.user.is_authenticated else None
    form = ComplaintForm(request.POST if request.method == "POST" else None, initial=_known(person))
    if form.is_bound and form.is_valid():
        complaint = actions.complain(person=person, **form.values)
        request.session[RECEIVED] = complaint.pk
        return redirect("quality:received")
    context = {"form": form, "delay": working_days(actions.delay_days())}
    return render(request, "quality/complain.html", context, status=422 if form.errors else 200)


@public
@never_cache
@require_safe
def received(request):
    """The number and the delay, once more on screen: for whoever has just written, and nobody else."""
    complaint = get_object_or_404(Complaint.objects.for_list(), pk=request.session.get(RECEIVED, 0))
    return render(request, "quality/received.html", {"complaint": complaint})


@sensitive_post_parameters()
@opened_by(actions.FOLLOWING)
def followed(request, grant, token):
    """The thread as the person who complained reads it, and adds to it."""
    complaint = Complaint.objects.for_page().get(pk=grant.object_ids[0])
    form = FollowUpForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusals_as_messages(request):
            values = {name: form.cleaned_data[name] for name in ("text", "client_id")}
            actions.complain_again(complaint, **values)
            messages.success(request, "Votre message est envoyé.")
        return redirect("quality:followed", token)
    context = {"complaint": complaint, "form": form, "conversation": complaint.messages.all()}
    return render(request, "quality/followed.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def complaints(request):
    require(can_read_complaints(request.user))
    filters = ComplaintFilterForm(request.GET)
    search = filters.search
    page = page_of(request, _found(request.user, search).for_list())
    context = {
        "page": page,
        "filters": filters,
        "asked": bool(search["q"] or search["state"]),
        "title": f"Réclamations ({number(page.paginator.count)})",
        "forms": LABELS.items(),
        "exported": [(name, value) for name, value in request.GET.items() if name in filters.fields],
    }
    return render(request, "quality/complaints.html", context)


@require_POST
def export_complaints(request):
    require(can_read_complaints(request.user))
    found = _found(request.user, ComplaintFilterForm(request.POST).search).for_list()
    actions.note_export(request.user, register="reclamations", rows=found.count())
    return table_file(request, "reclamations", lambda out, form: write_complaints(out, form, found))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request, public_id):
    found = _find(request, public_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusals_as_errors(form):
            values = {name: form.cleaned_data[name] for name in ("text", "client_id")}
            actions.answer_complaint(found, by=request.user, close=CLOSING in request.POST, **values)
            messages.success(request, f"Votre réponse à la réclamation {found.number} est envoyée.")
            return redirect(found)
    context = {
        "complaint": found,
        "form": form,
        "conversation": found.messages.all(),
        "improvements": found.improvements.standing(),
        "closing": CLOSING,
        "close_refusals": COMPLAINING.refusals(found, "close_complaint"),
        "may_improve": found.organisation_id is not None,
    }
    return render(request, "quality/complaint.html", context, status=422 if form.errors else 200)


@require_POST
def close_complaint(request, public_id):
    found = _find(request, public_id)
    with refusals_as_messages(request):
        actions.close_complaint(found, by=request.user)
        messages.success(request, f"La réclamation {found.number} est close.")
    return redirect(found)


def _find(request, public_id):
    found = get_object_or_404(Complaint.objects.visible_to(request.user).for_page(), public_id=public_id)
    require(can_answer_complaint(request.user, found))
    return found


def _found(person, search):
    found = Complaint.objects.visible_to(person).matching(search["q"])
    found = found.filter(state=search["state"]) if search["state"] else found
    return found.sorted_by(search["sort"])


def _known(person) -> dict:
    return {"name": person.full_name, "email": person.email} if person else {}
