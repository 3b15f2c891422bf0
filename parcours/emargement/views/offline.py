"""« Émarger hors ligne » : a page opened beforehand goes on without network; what it kept is sent once."""

import json

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.kernel.access import require
from lms.kernel.lifecycle import TransitionRefused
from parcours.emargement import actions
from parcours.emargement.forms import SentSignature
from parcours.emargement.lifecycle import Way
from parcours.emargement.models import Attendance
from parcours.emargement.views.finding import keeps, lines_of, sheet_of

MOST = 500
UNREADABLE = "Cette signature n’a pas pu être lue : faites signer la personne de nouveau."
SOMEONE_ELSE = "Cette personne n’est pas sur la feuille : rechargez la page."


@never_cache
@require_safe
def offline(request, public_id):
    sheet = sheet_of(request, public_id)
    require(keeps(request, sheet))
    context = {"sheet": sheet, "session": sheet.session, "lines": lines_of(sheet)}
    return render(request, "emargement/offline.html", context)


@require_POST
def receive(request, public_id):
    """Twice sent is once signed; each signature has its own answer, which the device may forget it by."""
    sheet = sheet_of(request, public_id)
    require(keeps(request, sheet))
    try:
        sent = json.loads(request.POST.get("signatures", "[]"))
    except ValueError:
        sent = None
    if not isinstance(sent, list) or len(sent) > MOST:
        return JsonResponse({"refused": UNREADABLE}, status=422)
    known = {str(one.public_id): one for one in sheet.attendances.for_signing()}
    return JsonResponse({"results": [_receive(request, known, one) for one in sent]})


def _receive(request, known, one) -> dict:
    form = SentSignature(one if isinstance(one, dict) else {})
    answer = {"client_id": one.get("client_id", "") if isinstance(one, dict) else ""}
    if not form.is_valid():
        return answer | {"state": "refused", "sentence": UNREADABLE}
    line: Attendance | None = known.get(str(form.cleaned_data["attendance"]))
    if line is None:
        return answer | {"state": "refused", "sentence": SOMEONE_ELSE}
    try:
        signed = actions.sign(line, _entry(request, form))
    except TransitionRefused as refused:
        return answer | {"state": "refused", "sentence": str(refused)}
    return answer | {"state": "signed" if signed.new else "already", "sentence": ""}


def _entry(request, form):
    return actions.Entry(
        Way.TABLET,
        by=request.user,
        reason=actions.OFFLINE_WHY,
        claimed_at=form.cleaned_data["claimed_at"],
        client_id=form.cleaned_data["client_id"],
    )
