"""My sessions: where I stand in each, what is left to do before, and how to leave."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.accounts.models import Person
from lms.kernel import calendars
from lms.kernel.access import refusals_as_errors, require
from lms.organisations.models import Membership
from parcours.classroom import actions
from parcours.classroom.documents.calendar import events_of_session
from parcours.classroom.documents.goes import goes_of
from parcours.classroom.documents.hours import hours_lines, place_line
from parcours.classroom.documents.mine import cards_of
from parcours.classroom.forms.registering import ReasonForm, ReplaceForm
from parcours.classroom.lifecycle import ACTIVE, REGISTRATION, SEATED
from parcours.classroom.models import Registration, Survey
from parcours.classroom.permissions import (
    can_answer_offer,
    can_answer_survey,
    can_have_sessions,
    can_leave,
    can_replace,
    can_run,
)
from parcours.classroom.views.finding import calendar_file
from parcours.classroom.views.links import answer_needs, answer_offer


@never_cache
@require_safe
def my_sessions(request):
    require(can_have_sessions(request.user))
    cards = cards_of(request.user)
    coming = [card for card in cards if not card.is_over]
    context = {"coming": coming, "past": [card for card in cards if card.is_over]}
    return render(request, "classroom/my_sessions.html", context)


@never_cache
@require_safe
def my_session(request, public_id):
    """The convocation, as it stands now, and what one may do."""
    registration = _mine(request, public_id)
    require(can_answer_offer(request.user, registration))
    session = registration.session
    half_days = list(session.half_days.all())
    seated = registration.state == Registration.State.REGISTERED
    context = {
        "registration": registration,
        "session": session,
        "seated": seated,
        "waits": registration.state == Registration.State.WAITING,
        "hours": hours_lines(session, request.user.time_zone),
        "places": list(dict.fromkeys(place_line(one) for one in half_days)),
        "rooms": list(dict.fromkeys(one.room for one in half_days if one.room_id)),
        "links": list(dict.fromkeys(one.link for one in half_days if one.link)) if seated else [],
        "survey": Survey.objects.filter(registration=registration).first(),
        "goes": goes_of(registration),
        "offered": registration.state == Registration.State.OFFERED,
        "refusals": REGISTRATION.refusals(registration, "accept_seat"),
        "can_leave": registration.state in ACTIVE and not REGISTRATION.refusals(registration, "withdraw_registration"),
    }
    return render(request, "classroom/my_session.html", context)


@require_safe
def my_session_calendar(request, public_id):
    registration = _mine(request, public_id)
    require(can_answer_offer(request.user, registration))
    session = registration.session
    with_links = registration.state in SEATED
    written = calendars.written(session.title, events_of_session(session, with_links=with_links))
    return calendar_file(written, f"convocation-{session.starts_at:%Y-%m-%d}.ics")


@require_POST
def my_offer(request, public_id):
    registration = _mine(request, public_id)
    require(can_answer_offer(request.user, registration))
    answer_offer(request, registration, by=request.user)
    return redirect("classroom:my_session", public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_needs(request, public_id):
    survey = get_object_or_404(Survey.objects.visible_to(request.user).for_page(), public_id=public_id)
    require(can_answer_survey(request.user, survey))
    return answer_needs(request, survey, by=request.user, back=request.path)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, public_id):
    """The trainee, their référent or the trainer: each goes back where they came from."""
    registration = _seen(request, public_id)
    require(can_leave(request.user, registration))
    posted = request.method == "POST"
    form = ReasonForm(request.POST if posted else None)
    if form.is_valid():
        with refusals_as_errors(form):
            actions.withdraw(registration, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, "Le désistement est enregistré.")
            return redirect(_back(request, registration))
    context = _framed(request, registration) | {"form": form}
    return render(request, "classroom/leave.html", context, status=422 if posted else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request, public_id):
    registration = _seen(request, public_id)
    require(can_replace(request.user, registration))
    posted = request.method == "POST"
    form = ReplaceForm(request.POST if posted else None, people=_others(registration))
    if form.is_valid():
        with refusals_as_errors(form):
            actions.replace(registration, by=request.user, **form.cleaned_data)
            messages.success(request, f"{form.cleaned_data['person']} prend la place de {registration.person}.")
            return redirect(_back(request, registration))
    context = _framed(request, registration) | {"form": form}
    return render(request, "classroom/replace.html", context, status=422 if posted else 200)


def _others(registration):
    """The colleagues who are not in this session."""
    members = Membership.objects.filter(organisation=registration.employer).active().employing()
    there = registration.session.registrations.active().values("person")
    people = Person.objects.known().filter(memberships__in=members).exclude(pk__in=there)
    return people.exclude(last_name="").distinct().order_by("last_name", "first_name", "pk")


def _mine(request, public_id):
    mine = Registration.objects.visible_to(request.user).filter(person=request.user)
    return get_object_or_404(mine.for_pages(), public_id=public_id)


def _seen(request, public_id):
    return get_object_or_404(Registration.objects.visible_to(request.user).for_pages(), public_id=public_id)


def _back(request, registration) -> str:
    if registration.person_id == request.user.pk:
        return reverse("classroom:my_sessions")
    if can_run(request.user, registration.session):
        return reverse("classroom:trainees", args=[registration.session.public_id])
    return reverse("classroom:structure_sessions", args=[registration.employer.public_id])


def _framed(request, registration) -> dict:
    return {
        "registration": registration,
        "session": registration.session,
        "own": registration.person_id == request.user.pk,
        "back": _back(request, registration),
        "queue": registration.session.registrations.queued().count(),
    }
