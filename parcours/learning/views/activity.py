from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST

from lms.kernel.access import require
from parcours.adaptations.actions import note_use
from parcours.adaptations.documents import granted_to, was_granted
from parcours.adaptations.models import Occasion
from parcours.assessment.engine.kinds import ORDERING
from parcours.assistance.documents import has_asked
from parcours.catalogue.models import EditionActivity
from parcours.catalogue.models.edition import activity_of
from parcours.learning import actions
from parcours.learning.forms import AnswerForm, RestartForm
from parcours.learning.models import ActivityProgress, Enrolment
from parcours.learning.permissions import can_follow
from parcours.learning.views.activity_page import ending_of, page_of
from parcours.learning.views.light import asked_of, light_nodes, light_of
from parcours.learning.views.outline import lines
from parcours.learning.views.questions import Refusal, show_series


def _find(request, pk, slug):
    own = Enrolment.objects.visible_to(request.user).followed().for_activity()
    beside = {"has_asked": has_asked(request.user, slug), "was_granted": was_granted(request.user)}
    enrolment = get_object_or_404(own.annotate(**beside), pk=pk)
    require(can_follow(request.user, enrolment))
    enrolment.without_images = enrolment.was_granted and _without_images(request.user)
    try:
        found = activity_of(enrolment.edition_id, slug)
    except EditionActivity.DoesNotExist:
        raise Http404 from None
    enrolment.edition = found.edition
    return enrolment, found


def _without_images(person) -> bool:
    """As it was granted, at once; whatever is in force for étapes has served today."""
    measures = granted_to(person, occasion=Occasion.ETAPES, fresh=True)
    note_use(person, occasion=Occasion.ETAPES)
    return measures.without_images


@never_cache
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def activity(request, pk, slug):
    enrolment, found = _find(request, pk, slug)
    if request.method == "POST":
        return _answer(request, enrolment, found)
    return _show(request, enrolment, found)


def _show(request, enrolment, found, refusal=None):
    rows = {row.activity_id: row for row in enrolment.activities.all()}
    if found.activity_id not in rows:
        recorded = actions.open_activity(enrolment, found)
        rows, enrolment.progress = recorded.rows, recorded.progress
    light = light_of(request, enrolment)
    nodes = light_nodes(enrolment.edition, found, asked_of(request)) if light else found.nodes
    orders = any(question["type"] == ORDERING for question in found.questions)
    page = page_of(enrolment, found, rows, person=request.user, nodes=nodes, refusal=refusal)
    page |= {"light": light, "orders": orders}
    return render(request, "learning/activity.html", page, status=422 if refusal else 200)


def _answer(request, enrolment, found):
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _refuse(request, enrolment, found, form.sentence)
    try:
        recorded = actions.answer(enrolment, found, **form.cleaned_data)
    except actions.Refused as refused:
        return _refuse(request, enrolment, found, str(refused))
    if request.accepts("text/html"):
        return redirect(f"{request.path}#question-{recorded.trace.question_id}")
    return JsonResponse(_acknowledgement(request, enrolment, found, recorded))


def _refuse(request, enrolment, found, sentence):
    """The page again with the sentence beside the question and what was chosen; a script gets the sentence."""
    if not request.accepts("text/html"):
        return JsonResponse({"refused": sentence}, status=422)
    question_id = request.POST.get("question_id", "")
    given = tuple(request.POST.getlist("given"))
    refusal = Refusal(question_id, sentence, given, on_page=found.question(question_id) is not None)
    return _show(request, enrolment, found, refusal)


def _acknowledgement(request, enrolment, found, recorded):
    """What the page shows in place of the form: the same markup as after a reload."""
    trace = recorded.trace
    node = next(node for node in found.series if any(one["id"] == trace.question_id for one in node["questions"]))
    shown = next(one for one in show_series(node, [trace], trace.attempt) if one.id == trace.question_id)
    enrolment.progress = recorded.progress
    question = {"enrolment": enrolment, "activity": found, "question": shown, "repeated": not recorded.new}
    end = ending_of(enrolment, found, recorded.activity, lines(enrolment, recorded.rows, found))
    return {
        "html": render_to_string("learning/_question.html", question, request),
        "end": render_to_string("learning/_end.html", end, request),
        "saved": shown.saved,
        "done": recorded.activity.state == ActivityProgress.State.DONE,
        "new": recorded.new,
    }


@require_POST
def finish_reading(request, pk, slug):
    enrolment, found = _find(request, pk, slug)
    try:
        actions.finish_reading(enrolment, found)
    except actions.Refused as refused:
        messages.error(request, str(refused))
        return redirect("learning:activity", enrolment.pk, found.slug)
    return redirect(reverse("learning:activity", args=[enrolment.pk, found.slug]) + "#fin")


@require_POST
def restart(request, pk, slug):
    enrolment, found = _find(request, pk, slug)
    form = RestartForm(request.POST)
    try:
        if not form.is_valid():
            raise actions.Refused("Cet essai n’existe pas : rechargez la page pour continuer.")
        actions.restart(enrolment, found, after=form.cleaned_data["after"])
    except actions.Refused as refused:
        messages.error(request, str(refused))
    first = found.questions[0]["id"] if found.questions else ""
    return redirect(reverse("learning:activity", args=[enrolment.pk, found.slug]) + f"#question-{first}")
