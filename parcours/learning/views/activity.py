from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.kernel.access import require
from parcours.learning import actions
from parcours.learning.forms import AnswerForm
from parcours.learning.models import Enrolment
from parcours.learning.permissions import can_follow
from parcours.learning.views.outline import lines, modules
from parcours.learning.views.questions import show_series


def _find(request, pk, slug):
    enrolment = get_object_or_404(Enrolment.objects.visible_to(request.user).for_activity(), pk=pk)
    require(can_follow(request.user, enrolment))
    return enrolment, get_object_or_404(enrolment.edition.activities, slug=slug)


@never_cache
@require_safe
def activity(request, pk, slug):
    enrolment, found = _find(request, pk, slug)
    rows = {row.activity_id: row for row in enrolment.activities.all()}
    row = rows.get(found.activity_id)
    if row is None:
        row = rows[found.activity_id] = actions.open_activity(enrolment, found).activity
    return render(request, "learning/activity.html", _page(request, enrolment, found, rows, row))


def _page(request, enrolment, found, rows, row):
    all_lines = lines(enrolment, rows, found)
    position = next(index for index, line in enumerate(all_lines) if line.current)
    attempt = len(row.attempts) or 1
    traces = list(enrolment.traces.filter(activity_id=found.activity_id, kind="answered")) if found.questions else []
    return {
        "enrolment": enrolment,
        "edition": enrolment.edition,
        "activity": found,
        "row": row,
        "attempt": row.attempts[-1] if row.attempts else None,
        "nodes": [_node(node, traces, attempt) for node in found.nodes],
        "line": all_lines[position],
        "modules": modules(all_lines),
        "previous": all_lines[position - 1] if position else None,
        "following": all_lines[position + 1] if position + 1 < len(all_lines) else None,
        "progress": enrolment.progress,
        "pix_email": request.user.pix_email or request.user.email,
    }


def _node(node, traces, attempt):
    if node["type"] != "questions":
        return node
    return node | {"shown": show_series(node, traces, attempt)}


@require_POST
def answer(request, pk, slug):
    enrolment, found = _find(request, pk, slug)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _refuse(request, enrolment, found, form.sentence)
    try:
        recorded = actions.answer(enrolment, found, **form.cleaned_data)
    except actions.Refused as refused:
        return _refuse(request, enrolment, found, str(refused))
    if request.accepts("text/html"):
        return redirect(_place(enrolment, found, form.cleaned_data["question_id"]))
    return JsonResponse(_acknowledgement(request, enrolment, found, recorded))


def _place(enrolment, found, question_id):
    return reverse("learning:activity", args=[enrolment.pk, found.slug]) + f"#question-{question_id}"


def _refuse(request, enrolment, found, sentence):
    if not request.accepts("text/html"):
        return JsonResponse({"refused": sentence}, status=422)
    messages.error(request, sentence)
    return redirect("learning:activity", enrolment.pk, found.slug)


def _acknowledgement(request, enrolment, found, recorded):
    """What the page shows in place of the form: the same markup as after a reload."""
    trace = recorded.trace
    node = next(node for node in found.series if any(q["id"] == trace.question_id for q in node["questions"]))
    shown = next(one for one in show_series(node, [trace], trace.attempt) if one.id == trace.question_id)
    context = {"enrolment": enrolment, "activity": found, "question": shown, "repeated": not recorded.new}
    return {
        "html": render_to_string("learning/_question.html", context, request),
        "end": render_to_string(
            "learning/_end.html",
            {
                "enrolment": enrolment,
                "activity": found,
                "row": recorded.activity,
                "attempt": recorded.activity.attempts[-1],
                "following": _following(enrolment, found),
                "progress": recorded.progress,
            },
            request,
        ),
        "done": recorded.activity.state == recorded.activity.State.DONE,
        "new": recorded.new,
    }


def _following(enrolment, found):
    all_lines = lines(enrolment, {}, found)
    position = next(index for index, line in enumerate(all_lines) if line.current)
    return all_lines[position + 1] if position + 1 < len(all_lines) else None


@require_POST
def finish_reading(request, pk, slug):
    enrolment, found = _find(request, pk, slug)
    try:
        actions.finish_reading(enrolment, found)
    except actions.Refused as refused:
        return _refuse(request, enrolment, found, str(refused))
    following = _following(enrolment, found)
    return redirect(following.url if following else enrolment.get_absolute_url())


@require_POST
def restart(request, pk, slug):
    enrolment, found = _find(request, pk, slug)
    after = request.POST.get("after", "")
    try:
        if not after.isdigit() or len(after) > 3:
            raise actions.Refused("Cet essai n’existe pas : rechargez la page pour continuer.")
        actions.restart(enrolment, found, after=int(after))
    except actions.Refused as refused:
        return _refuse(request, enrolment, found, str(refused))
    return redirect("learning:activity", enrolment.pk, found.slug)
