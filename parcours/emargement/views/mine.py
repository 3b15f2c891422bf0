"""My half-days: when I sign, with which code, and what I have signed."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.kernel.access import refusals_as_messages, require
from lms.kernel.formats import ZONES, instant, time_short
from parcours.classroom.lifecycle import RegistrationState
from parcours.emargement import actions
from parcours.emargement.engine.codes import spaced
from parcours.emargement.lifecycle import Way
from parcours.emargement.models import Attendance
from parcours.emargement.permissions import can_sign, signs_from_account
from parcours.learning.permissions import can_enrol

CODE_SHOWN = timedelta(hours=24)
NOT_FROM_HERE = "Cette demi-journée se signe sur place : avec votre code, ou comme le formateur vous le propose."


@never_cache
@require_safe
def mine(request):
    require(can_enrol(request.user))
    found = Attendance.objects.of(request.user).for_signing().select_related("signature", "sheet__half_day__room")
    lines = [_line(request.user, one) for one in found.order_by("-sheet__half_day__starts_at", "pk")[:200]]
    coming = [one for one in reversed(lines) if not one["over"]]
    return render(request, "emargement/mine.html", {"coming": coming, "past": [one for one in lines if one["over"]]})


def _line(person, attendance) -> dict:
    sheet, now = attendance.sheet, timezone.now()
    seated = attendance.registration.state == RegistrationState.REGISTERED
    waits = seated and not attendance.is_signed and not sheet.is_locked
    shown = waits and sheet.opens_at - CODE_SHOWN <= now < sheet.closes_at
    here = str(timezone.get_current_timezone()) == sheet.session.zone
    return {
        "attendance": attendance,
        "sheet": sheet,
        "session": sheet.session,
        "over": now >= sheet.closes_at,
        "code": spaced(attendance.code) if shown else "",
        "signs": waits and sheet.is_open() and can_sign(person, attendance) and signs_from_account(sheet),
        "when_here": "" if here else instant(sheet.half_day.starts_at),
        "zone": ZONES.get(sheet.session.zone, sheet.session.zone),
        "signed_at": instant(attendance.signature.said_at) if attendance.is_signed else "",
        "window": f"de {time_short(sheet.local(sheet.opens_at))} à {time_short(sheet.local(sheet.closes_at))}",
        "waits": waits,
    }


@require_POST
def sign(request, line_id):
    require(can_enrol(request.user))
    found = get_object_or_404(Attendance.objects.of(request.user).for_signing(), public_id=line_id)
    require(can_sign(request.user, found))
    with refusals_as_messages(request):
        if not signs_from_account(found.sheet):
            raise actions.Refused(NOT_FROM_HERE)
        signed = actions.sign(found, actions.Entry(Way.ACCOUNT))
        said = "Votre présence est signée." if signed.new else "Vous aviez déjà signé cette demi-journée."
        messages.success(request, said)
    return redirect("emargement:mine")
