"""The code on the room's screen: another one each half-minute, good for a minute and a half."""

import segno
from django.conf import settings
from django.core import signing
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import public, require
from parcours.emargement.actions import window_refusal
from parcours.emargement.engine.turning import EVERY, turn_of, turns_that_stand
from parcours.emargement.models import Sheet
from parcours.emargement.views.entering import remember_room
from parcours.emargement.views.finding import keeps, sheet_of

SALT = "emargement.screen"


def token_of(sheet, at) -> str:
    return signing.dumps([sheet.pk, turn_of(at)], salt=SALT)


def sheet_shown_by(token, at) -> Sheet | None:
    """The sheet whose screen shows this token, or showed it less than a minute and a half ago."""
    try:
        pk, turn = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Sheet.objects.filter(pk=pk).first() if turn in turns_that_stand(at) else None


@never_cache
@require_safe
def screen(request, public_id):
    sheet = sheet_of(request, public_id)
    require(keeps(request, sheet))
    address = settings.BASE_URL + reverse("emargement:scan_screen", args=[token_of(sheet, timezone.now())])
    context = {
        "sheet": sheet,
        "session": sheet.session,
        "qr": segno.make(address, error="m", micro=False).svg_data_uri(scale=8, border=2, light="#fff"),
        "address": request.build_absolute_uri(reverse("emargement:enter")).split("//", 1)[1],
        "refusal": window_refusal(sheet),
        "still": "fixe" in request.GET,
        "every": EVERY,
    }
    return render(request, "emargement/screen.html", context)


@public
@never_cache
@require_safe
def scan_screen(request, token):
    """Who points a phone at the screen: proves being in the room for ten minutes, then signs or gives the code."""
    sheet = sheet_shown_by(token, timezone.now())
    if sheet is None:
        return render(request, "emargement/screen_over.html", status=410)
    remember_room(request, sheet)
    return redirect("emargement:enter")
