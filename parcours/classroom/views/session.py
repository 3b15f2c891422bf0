"""One session, as those who run it see it."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from parcours.classroom.models import Session
from parcours.classroom.permissions import can_run


@require_safe
def session(request, public_id):
    found = get_object_or_404(Session.objects.visible_to(request.user).for_page(), public_id=public_id)
    require(can_run(request.user, found))
    return render(request, "classroom/session.html", {"session": found})
