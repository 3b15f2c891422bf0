"""The evidence of a session, for whoever answers for its training: the pack, and the auditors who read it."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lms.kernel.access import refusals_as_messages, require
from parcours.classroom.models import Session
from parcours.quality import actions
from parcours.quality.models import AuditAccess, Pack
from parcours.quality.permissions import can_show_evidence

SHOWN = 10


@never_cache
@require_safe
def packs(request, public_id):
    session = _find(request, public_id)
    found = list(session.packs.select_related("asked_by")[:SHOWN])
    context = {
        "session": session,
        "packs": found,
        "preparing": next((one for one in found if not one.is_ready), None),
        "accesses": AuditAccess.objects.visible_to(request.user).filter(sessions=session)[:SHOWN],
    }
    return render(request, "quality/packs.html", context)


@require_POST
def order_pack(request, public_id):
    session = _find(request, public_id)
    with refusals_as_messages(request):
        actions.order_pack(session, by=request.user)
        messages.success(request, "Le dossier se constitue. Vous pouvez quitter cette page et y revenir.")
    return redirect("quality:packs", public_id)


@never_cache
@require_safe
def pack_file(request, public_id, pack_id):
    session = _find(request, public_id)
    ready = Pack.objects.visible_to(request.user).ready().exclude(file="")
    pack = get_object_or_404(ready, session=session, public_id=pack_id)
    actions.note_download(pack, by=request.user)
    return zip_of(pack)


def zip_of(pack) -> FileResponse:
    return FileResponse(
        pack.file.open("rb"), as_attachment=True, filename=pack.file_title, content_type="application/zip"
    )


def _find(request, public_id):
    session = get_object_or_404(Session.objects.visible_to(request.user).for_page(), public_id=public_id)
    require(can_show_evidence(request.user, session))
    return session
