from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from lms.kernel import grants
from lms.kernel.access import public, require, unlisted
from lms.kernel.throttle import throttled
from parcours.learning import actions
from parcours.learning.models import Enrolment
from parcours.learning.permissions import can_follow


@require_POST
def reminders(request, pk):
    """Stop the reminders of a course, or have them again: from the page one is on, and back to it."""
    enrolment = get_object_or_404(Enrolment.objects.visible_to(request.user).followed().for_dates(), pk=pk)
    require(can_follow(request.user, enrolment))
    title = enrolment.edition.title
    if "resume" in request.POST:
        actions.resume_reminders(enrolment, by=request.user)
        messages.success(request, f"Les rappels de « {title} » reprennent.")
    else:
        actions.stop_reminders(enrolment, by=request.user)
        messages.success(request, f"Vous ne recevrez plus de rappel pour « {title} ».")
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe else reverse("learning:calendar") + "#rappels")


@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("learning.stop_reminders", amount=60, seconds=60, template="learning/wait.html")
def stop_reminders(request, token):
    """From a mail, without signing in: a page with one button; mail programs post by themselves (RFC 8058).

    Exempt from the CSRF check: the token is the right to stop, no session is read.
    """
    try:
        grant = grants.use(token, actions.REMINDERS)
        enrolment = Enrolment.objects.for_dates().get(pk=grant.object_ids[0])
    except grants.GrantRefused:
        return unlisted(render(request, "learning/stop_reminders.html", {"enrolment": None}, status=404), "no-referrer")
    if request.method == "POST":
        enrolment.reminders_stopped_at = actions.stop_reminders(enrolment, by=None).reminders_stopped_at
    return unlisted(render(request, "learning/stop_reminders.html", {"enrolment": enrolment}), "no-referrer")
