"""One session, as those who run it see it."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from parcours.classroom.documents.attending import attending
from parcours.classroom.documents.coming import next_step
from parcours.classroom.documents.facts import practical_facts
from parcours.classroom.engine.remarks import remarks_on
from parcours.classroom.lifecycle import SESSION
from parcours.classroom.models import Session
from parcours.classroom.permissions import can_manage, can_run


def session_of(request, public_id):
    """One of those the person's organisme runs."""
    return get_object_or_404(Session.objects.visible_to(request.user).for_page(), public_id=public_id)


@never_cache
@require_safe
def session(request, public_id):
    found = session_of(request, public_id)
    require(can_run(request.user, found))
    context = {
        "session": found,
        "is_manager": can_manage(request.user, found),
        "step": next_step(found),
        "remarks": remarks_on(found),
        "attending": attending(found),
        "facts": practical_facts(found),
        "is_over": not SESSION.refusals(found, "close_session"),
        "may_change": not SESSION.refusals(found, "reschedule_session"),
    }
    return render(request, "classroom/session.html", context)
