"""What a link received by mail opens, without signing in: a seat, a proposal, a few questions."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.kernel import grants
from lms.kernel.access import public, refusals_as_errors, unlisted
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.throttle import throttled
from parcours.classroom import actions
from parcours.classroom.documents.hours import hours_lines
from parcours.classroom.forms.surveying import NeedsForm
from parcours.classroom.lifecycle import REGISTRATION
from parcours.classroom.models import Registration, Survey
from parcours.classroom.models.questions import questions_for

LIMIT = {"amount": 60, "seconds": 60, "template": "learning/wait.html"}


def over(request):
    return unlisted(render(request, "classroom/link_over.html", status=404))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("classroom.offer", **LIMIT)
def offer(request, token):
    try:
        grant = grants.use(token, actions.OFFER)
        registration = Registration.objects.for_pages().get(pk=grant.object_ids[0])
    except (grants.GrantRefused, Registration.DoesNotExist):
        return over(request)
    if request.method == "POST":
        answer_offer(request, registration, by=grant.person)
        return unlisted(redirect(request.path))
    return unlisted(render(request, "classroom/offer.html", offered(registration)))


def offered(registration) -> dict:
    return {
        "registration": registration,
        "session": registration.session,
        "hours": hours_lines(registration.session, registration.person.time_zone),
        "refusals": REGISTRATION.refusals(registration, "accept_seat"),
        "waits": registration.state == Registration.State.OFFERED,
    }


def answer_offer(request, registration, *, by):
    """Take the seat or leave it, and say what follows."""
    try:
        if request.POST.get("reponse") == "oui":
            actions.accept_offer(registration, by=by)
            messages.success(request, "La place est à vous. Un message le confirme.")
        else:
            actions.decline_offer(registration, by=by)
            messages.success(request, "La place est laissée : elle est proposée à la personne suivante.")
    except TransitionRefused as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("classroom.join", **LIMIT)
def join(request, token):
    try:
        grant = grants.use(token, actions.JOIN)
    except grants.GrantRefused:
        return over(request)
    proposal = actions.proposal_of(grant)
    if request.method == "POST":
        return unlisted(_answer_proposal(request, grant))
    context = proposal | {"hours": hours_lines(proposal["session"], grant.person.time_zone)}
    return unlisted(render(request, "classroom/join.html", context))


def _answer_proposal(request, grant):
    try:
        if request.POST.get("reponse") == "oui":
            registration = actions.join(grant)
            waiting = registration.state == Registration.State.WAITING
            messages.success(request, "Vous êtes en liste d’attente." if waiting else "Votre inscription est faite.")
        else:
            actions.refuse_to_join(grant)
            messages.success(request, "Votre refus est enregistré. Rien d’autre n’a été fait.")
    except TransitionRefused as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
    return redirect("classroom:find")


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("classroom.needs", **LIMIT)
def needs(request, token):
    try:
        grant = grants.use(token, actions.NEEDS)
        survey = Survey.objects.for_page().get(pk=grant.object_ids[0])
    except (grants.GrantRefused, Survey.DoesNotExist):
        return over(request)
    return unlisted(answer_needs(request, survey, by=grant.person, back=request.path))


def answer_needs(request, survey, *, by, back):
    """The questions of one audience, already answered or not; saved whole."""
    posted = request.method == "POST"
    questions = questions_for(survey.audience)
    form = NeedsForm(request.POST if posted else None, questions=questions, answers=survey.answers)
    if form.is_valid():
        with refusals_as_errors(form):
            actions.answer(survey, form.answers, by=by)
            messages.success(request, "Vos réponses sont enregistrées. Vous pouvez les corriger jusqu’à la session.")
            return redirect(back)
    context = {"survey": survey, "session": survey.session, "form": form, "done": survey.answered_at}
    return render(request, "classroom/needs.html", context, status=422 if posted else 200)
