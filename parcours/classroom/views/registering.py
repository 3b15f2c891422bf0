"""From a session to a seat in it: on whose behalf, by which funding road, for whom."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from lms.kernel.access import require
from lms.kernel.formats import plural
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.models import Organisation
from parcours.classroom import actions
from parcours.classroom.documents.people import MOST, people_of, ticked_of
from parcours.classroom.documents.seats import seats_of
from parcours.classroom.forms.registering import FundingForm, SomebodyForm, WaitForm
from parcours.classroom.models import Session
from parcours.classroom.models.roads import road_of
from parcours.classroom.permissions import can_have_sessions, can_register_colleagues, can_register_oneself
from parcours.colleagues.views.structure import structure_of

STEPS = ("Le financement", "Les personnes")
OWN_STEPS = ("Le financement", "Confirmer")
FUNDING = ("employeur", "conseiller", "accord", "par")
CHANGING = "changer"


def session_of(request, public_id):
    """A session that was announced to everybody, or that is reserved for a structure of the person."""
    ours = Q(intra_for__in=Organisation.objects.employers_of(request.user))
    known = Session.objects.exclude(published_at=None).filter(Q(intra=False) | ours)
    return get_object_or_404(known.for_finding().select_related("parcours"), public_id=public_id)


@require_safe
def door(request, public_id):
    """On whose behalf: straight on when there is one way only."""
    session = session_of(request, public_id)
    require(can_have_sessions(request.user))
    structures = list(Organisation.objects.answered_for_by(request.user).structures())
    oneself = can_register_oneself(request.user, session)
    if len(structures) == 1 and not oneself:
        return redirect("classroom:road", structures[0].public_id, session.public_id)
    context = {"session": session, "structures": structures, "oneself": oneself}
    return render(request, "classroom/door.html", context)


@require_safe
def road(request, structure, public_id):
    organisation = structure_of(request, structure)
    require(can_register_colleagues(request.user, organisation))
    session = session_of(request, public_id)
    asked = "accord" in request.GET and CHANGING not in request.GET
    form = FundingForm(request.GET if asked else None, employer=organisation, initial=_answered(request))
    if form.is_valid():
        address = reverse("classroom:people", args=[structure, public_id])
        return redirect(f"{address}?{request.GET.urlencode()}")
    context = {"organisation": organisation, "session": session, "form": form, "steps": STEPS}
    context["refusals"] = _closed(session, organisation)
    return render(request, "classroom/road.html", context, status=422 if asked else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def people(request, structure, public_id):
    organisation = structure_of(request, structure)
    require(can_register_colleagues(request.user, organisation))
    session = session_of(request, public_id)
    funding = FundingForm(request.GET, employer=organisation)
    if not funding.is_valid():
        return redirect("classroom:road", structure, public_id)
    answers, posted = funding.answers, request.method == "POST"
    somebody = SomebodyForm(request.POST if posted else None, prefix="nouvelle")
    refusals = actions.registration_refusals(session, organisation, answers)
    if posted and not refusals and somebody.is_valid():
        ticked = ticked_of(organisation, session, request.POST.getlist("personne"))
        chosen = [one.person for one in ticked if one.can_register]
        if chosen or somebody.somebody:
            _register(request, session, organisation, answers, chosen, somebody)
            return redirect("classroom:structure_sessions", structure)
        messages.error(request, "Cochez au moins une personne, ou ajoutez-en une.")
    context = _people(request, organisation, session) | {
        "road": road_of(answers),
        "refusals": refusals,
        "form": somebody,
        "waiting": WaitForm(request.POST if posted else None),
    }
    return render(request, "classroom/people.html", context, status=422 if posted else 200)


def _people(request, organisation, session) -> dict:
    found = people_of(organisation, session, request.GET.get("q", ""))
    return {
        "organisation": organisation,
        "session": session,
        "seats": seats_of(session),
        "people": found,
        "searched": "q" in request.GET or len(found) == MOST,
        "kept": [name for name in FUNDING if name in request.GET],
        "ticked": request.POST.getlist("personne"),
        "steps": STEPS,
        "back": _changed(reverse("classroom:road", args=[organisation.public_id, session.public_id]), request),
    }


def _register(request, session, organisation, answers, chosen, somebody):
    values = {"employer": organisation, "by": request.user, "answers": answers}
    or_wait = "attendre" in request.POST
    outcome = actions.register_people(session, chosen, **values, or_wait=or_wait)
    if somebody.somebody:
        _add(outcome, session, somebody.cleaned_data, values | {"or_wait": or_wait})
    _say(request, outcome)


def _add(outcome, session, given, values):
    name = f"{given['first_name']} {given['last_name']}"
    try:
        one = actions.enlist(given["email"], given["first_name"], given["last_name"], session=session, **values)
    except TransitionRefused as refused:
        outcome.refused.append((name, refused.sentences))
        return
    if one is None:
        outcome.invited.append(name)
    else:
        (outcome.waiting if one.state == one.State.WAITING else outcome.seated).append(one)


def _say(request, outcome):
    if outcome.seated:
        who = plural(len(outcome.seated), "personne a une place", "personnes ont une place")
        messages.success(request, f"{who}. Chacune reçoit un message ; la convocation suivra.")
    if outcome.waiting:
        who = plural(len(outcome.waiting), "personne est", "personnes sont")
        messages.warning(request, f"{who} en liste d’attente : une place libérée leur sera proposée dans l’ordre.")
    for name in outcome.invited:
        messages.info(
            request,
            f"{name} a déjà un compte : un message lui demande de confirmer qu’elle travaille dans votre structure.",
        )
    for who, sentences in outcome.refused:
        messages.error(request, f"{who} : {' '.join(sentences)}")


@require_http_methods(["GET", "HEAD", "POST"])
def register_oneself(request, public_id):
    """One form that says the road, then a button: the answers stay in the address."""
    session = session_of(request, public_id)
    require(can_register_oneself(request.user, session))
    employers = Organisation.objects.employers_of(request.user).order_by("name", "pk")
    employer = employers.filter(public_id=request.GET.get("structure")).first() if _is_uuid(request) else None
    employer = employer or (employers[0] if len(employers) == 1 else None)
    if employer is None:
        return render(request, "classroom/own_employer.html", {"session": session, "employers": employers})
    asked = "accord" in request.GET and CHANGING not in request.GET
    form = FundingForm(request.GET if asked else None, employer=employer, initial=_answered(request))
    answers = form.answers if form.is_valid() else None
    if request.method == "POST" and answers:
        return _register_oneself(request, session, employer, answers)
    context = {
        "session": session,
        "employer": employer,
        "form": form,
        "road": road_of(answers) if answers else None,
        "refusals": actions.registration_refusals(session, employer, answers) if answers else [],
        "seats": seats_of(session),
        "steps": OWN_STEPS,
        "back": _changed(request.path, request, structure=employer.public_id),
    }
    return render(request, "classroom/own_road.html", context, status=422 if asked and not answers else 200)


def _register_oneself(request, session, employer, answers):
    try:
        values = {"employer": employer, "by": request.user, "answers": answers}
        found = actions.register(session, request.user, **values, or_wait="attendre" in request.POST)
    except TransitionRefused as refused:
        for sentence in refused.sentences:
            messages.error(request, sentence)
        return redirect(request.get_full_path())
    waiting = found.state == found.State.WAITING
    messages.success(request, "Vous êtes en liste d’attente." if waiting else "Votre inscription est faite.")
    return redirect("classroom:my_session", found.public_id)


def _answered(request) -> dict:
    """What was said of the funding, to be changed rather than said again."""
    return {name: request.GET[name] for name in FUNDING if name in request.GET}


def _changed(address, request, **values) -> str:
    """The questions of the road, open on the answers given."""
    return f"{address}?{urlencode(values | _answered(request) | {CHANGING: 'oui'})}"


def _is_uuid(request) -> bool:
    try:
        uuid.UUID(request.GET.get("structure", ""))
    except ValueError:
        return False
    return True


def _closed(session, organisation) -> list[str]:
    """What stands against this session whatever the funding."""
    found = (actions.opening_refusal(session), actions.wave_refusal(session, organisation))
    return [sentence for sentence in found if sentence]
