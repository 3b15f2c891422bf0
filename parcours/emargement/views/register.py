"""The register of a session: who signed which half-day."""

from collections import defaultdict
from dataclasses import dataclass

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.kernel.access import refusals_as_messages, require
from lms.kernel.formats import date_short, duration, time_short
from lms.kernel.paging import page_of
from parcours.classroom.models import Session
from parcours.emargement import actions
from parcours.emargement.documents import sheets_of
from parcours.emargement.models import Attendance
from parcours.emargement.permissions import can_keep, can_read_register


@dataclass(frozen=True)
class Row:
    """One person; `cells` hold an Attendance or nothing, in the order of the half-days."""

    registration: object
    cells: list
    names: list

    @property
    def named(self):
        return zip(self.names, self.cells, strict=True)

    @property
    def total(self):
        return duration(sum(one.minutes or 0 for one in self.cells if one))


@never_cache
@require_safe
def register(request, public_id):
    session = _session(request, public_id)
    sheets = {sheet.half_day_id: sheet for sheet in sheets_of(session)}
    half_days = list(session.half_days.all())
    for half_day in half_days:
        half_day.session = session
    names = [f"{date_short(one.local_start)}, {time_short(one.local_start)}" for one in half_days]
    signing = Attendance.objects.filter(sheet__in=sheets.values()).values("registration")
    people = session.registrations.filter(pk__in=signing).for_names().by_name()
    page = None if "tout" in request.GET else page_of(request, people)
    columns = [(name, one, sheets.get(one.pk)) for name, one in zip(names, half_days, strict=True)]
    context = {
        "session": session,
        "columns": columns,
        "rows": _rows(people if page is None else page.object_list, sheets, half_days, names),
        "page": page,
        "prepared": len(sheets) == len(half_days),
        "keeps": can_keep(request.user, session),
    }
    return render(request, "emargement/register.html", context)


@require_POST
def prepare(request, public_id):
    session = _session(request, public_id)
    require(can_keep(request.user, session))
    with refusals_as_messages(request):
        actions.prepare(session, by=request.user)
    return redirect("emargement:register", session.public_id)


def _session(request, public_id) -> Session:
    session = get_object_or_404(Session.objects.visible_to(request.user).for_frame(), public_id=public_id)
    require(can_read_register(request.user, session))
    return session


def _rows(registrations, sheets, half_days, names) -> list[Row]:
    by_pk = {sheet.pk: sheet for sheet in sheets.values()}
    noted: dict = defaultdict(dict)
    for one in Attendance.objects.filter(registration__in=list(registrations)).for_register():
        one.sheet = by_pk[one.sheet_id]
        noted[one.registration_id][one.sheet.half_day_id] = one
    return [Row(person, [noted[person.pk].get(one.pk) for one in half_days], names) for person in registrations]
