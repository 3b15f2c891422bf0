"""When one means to learn, in one's own agenda; and the reminders of what was left aside."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel import calendars, grants
from lms.kernel.access import public, refusals_as_messages, require
from lms.kernel.throttle import throttled
from parcours.learning import actions
from parcours.learning.forms import MomentForm
from parcours.learning.models import Enrolment, Moment
from parcours.learning.permissions import can_enrol

WAIT = "learning/wait.html"
OVER = "Cette adresse de calendrier ne vaut plus. Reprenez-en une dans « Mon espace », « Calendrier et rappels »."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request):
    require(can_enrol(request.user))
    form = MomentForm(request.POST or None)
    if form.is_valid():
        with refusals_as_messages(request):
            actions.choose_moment(request.user, **form.cleaned_data)
            messages.success(request, "Ce moment est enregistré.")
        return redirect("learning:calendar")
    context = {
        "form": form,
        "moments": request.user.moments.all(),
        "courses": Enrolment.objects.visible_to(request.user).active().for_dates(),
        **_address(request.user),
    }
    return render(request, "learning/calendar.html", context, status=422 if form.errors else 200)


def _address(person) -> dict:
    grant = grants.current(actions.CALENDAR, person=person)
    if grant is None:
        return {"address": "", "subscribe": "", "ends_at": None}
    address = settings.BASE_URL + reverse("learning:calendar_feed", args=[grant.token])
    return {
        "address": address,
        "subscribe": urlsplit(address)._replace(scheme="webcal").geturl(),
        "ends_at": grant.expires_at,
    }


@require_POST
def calendar_address(request):
    require(can_enrol(request.user))
    actions.open_calendar(request.user, by=request.user)
    messages.success(
        request, "Voici votre nouvelle adresse de calendrier. La précédente, s’il y en avait une, est fermée."
    )
    return redirect(reverse("learning:calendar") + "#agenda")


@require_POST
def give_up_moment(request, pk):
    moment = get_object_or_404(Moment.objects.filter(person=request.user), pk=pk)
    require(can_enrol(request.user))
    actions.give_up_moment(moment)
    messages.success(request, "Ce moment est retiré.")
    return redirect("learning:calendar")


@public
@never_cache
@require_safe
@throttled("learning.calendar", amount=300, seconds=60, template=WAIT)
def calendar_feed(request, token):
    """What an agenda asks for by itself, several times a day, with nothing but its address."""
    try:
        person = grants.use(token, actions.CALENDAR).person
    except grants.GrantRefused:
        return HttpResponse(OVER, content_type="text/plain; charset=utf-8", status=404)
    found = calendars.events_of(person)
    named = {"Content-Disposition": 'inline; filename="me-former.ics"', "X-Robots-Tag": "noindex"}
    body = calendars.written(f"Me former – {settings.SITE_NAME}", found)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=named)
