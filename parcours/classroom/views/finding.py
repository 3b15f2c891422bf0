"""What anybody finds: the sessions to come, and each of them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lms.kernel import calendars
from lms.kernel.access import public
from lms.kernel.paging import page_of
from parcours.catalogue.models import Edition
from parcours.classroom.documents.addresses import address_around
from parcours.classroom.documents.calendar import events_of_session
from parcours.classroom.documents.finding import Line, find, lines_of
from parcours.classroom.documents.hours import hours_lines
from parcours.classroom.documents.seats import seats_of
from parcours.classroom.forms.finding import FindForm
from parcours.classroom.models import Session


@public
@require_safe
def find_session(request):
    form = FindForm(request.GET)
    search = form.search
    page = page_of(request, find(search).for_finding())
    context = {
        "form": form,
        "search": search,
        "page": page,
        "lines": lines_of(page),
        "address": address_around("classroom:found"),
        "title": _title(page.paginator.count),
        "asked": not search.is_empty,
        "more": any((search.zone, search.modalite, search.du, search.libres)),
        "query": request.GET.urlencode(),
    }
    return render(request, "classroom/find.html", context)


def _title(count):
    if not count:
        return "Aucune session à venir"
    return f"{count} session{'s' if count > 1 else ''} à venir"


@public
@require_safe
def found(request, public_id):
    session = _session(public_id)
    zone = request.user.time_zone if request.user.is_authenticated else ""
    context = {
        "session": session,
        "line": Line(session, seats_of(session)),
        "hours": hours_lines(session, zone),
        "rooms": list(dict.fromkeys(one.room for one in session.half_days.all() if one.room_id)),
        "remote": any(not one.room_id for one in session.half_days.all()),
        "offered": Edition.objects.offered().filter(parcours=session.parcours_id).exists(),
    }
    return render(request, "classroom/found.html", context)


@public
@require_safe
def found_calendar(request, public_id):
    session = _session(public_id)
    written = calendars.written(session.title, events_of_session(session))
    return calendar_file(written, f"session-{session.starts_at:%Y-%m-%d}.ics")


def calendar_file(content, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _session(public_id):
    """One that was announced: its page stays when it is over or cancelled."""
    known = Session.objects.ever_public().for_finding().select_related("parcours")
    return get_object_or_404(known, public_id=public_id)
