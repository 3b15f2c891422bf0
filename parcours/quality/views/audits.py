"""Auditors: let in and withdrawn by whoever answers for the training; reading, from their link, what it opens."""

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.kernel.access import keys_in, refusals_as_errors, require
from lms.kernel.formats import number
from lms.kernel.paging import page_of
from parcours.classroom.models import Session
from parcours.quality import actions
from parcours.quality.documents.evidence import Case, Evidence, case_of, evidence_of
from parcours.quality.documents.evidence.pack import INDEX, LOOK, STYLE
from parcours.quality.documents.evidence.piece import HTML
from parcours.quality.documents.homes import managed_homes_of
from parcours.quality.forms.audits import AuditForm, DrawForm
from parcours.quality.models import AuditAccess, AuditView, Pack
from parcours.quality.permissions import can_manage_audits, can_revoke_audit
from parcours.quality.views.doors import opened_by
from parcours.quality.views.packs import zip_of

ALONE = "default-src 'none'; style-src 'self'; sandbox allow-top-navigation-by-user-activation"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def audits(request):
    require(can_manage_audits(request.user))
    homes = managed_homes_of(request.user)
    form = AuditForm(request.POST if request.method == "POST" else None, homes=homes, initial=_asked(request))
    if form.is_bound and form.is_valid():
        with refusals_as_errors(form):
            access = actions.give_audit(form.cleaned_data["organisation"], by=request.user, **form.values)
            messages.success(request, f"L’accès de {access.name} est ouvert.")
            return redirect("quality:audit_access", access.public_id)
    found = AuditAccess.objects.visible_to(request.user).select_related("given_by").prefetch_related("sessions")
    page = page_of(request, found)
    context = {"page": page, "form": form, "title": f"Accès des auditeurs ({number(page.paginator.count)})"}
    return render(request, "quality/audits.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def audit_access(request, public_id):
    """The link, what it opens, and every page that was read."""
    access = _own(request, public_id)
    views = AuditView.objects.filter(access=access).select_related("session__edition")
    context = {
        "access": access,
        "sessions": access.sessions.for_page(),
        "page": page_of(request, views.defer("session__edition__content")),
    }
    return render(request, "quality/audit_access.html", context)


@require_POST
def revoke_audit(request, public_id):
    access = _own(request, public_id)
    actions.revoke_audit(access, by=request.user)
    messages.success(request, f"L’accès de {access.name} est retiré : son lien n’ouvre plus rien.")
    return redirect("quality:audit_access", public_id)


# --- The auditor ------------------------------------------------------------------------------------------------------


@opened_by(actions.AUDITING)
def audit(request, grant, token):
    """What the link opens; a draw is made here, once."""
    access = _opened(grant)
    form = DrawForm(request.POST if request.method == "POST" else None)
    if access.awaits_draw and form.is_bound and form.is_valid():
        with refusals_as_errors(form):
            actions.draw_sessions(access, word=form.cleaned_data["word"])
            return redirect("quality:audit", token)
    actions.note_view(access, what="Liste des sessions ouvertes")
    context = {
        "access": access,
        "form": form,
        "token": token,
        "sessions": access.sessions.for_page().order_by("starts_at"),
        "held": len(actions.held_sessions(access)) if access.awaits_draw else 0,
    }
    return render(request, "quality/audit.html", context, status=422 if form.errors else 200)


@opened_by(actions.AUDITING)
def audit_session(request, grant, token, public_id):
    access, case = _case(grant, public_id)
    actions.note_view(access, what="Index par indicateur", session=case.session)
    context = {
        "access": access,
        "session": case.session,
        "evidence": _open_to(access, case),
        "token": token,
        "pack": _pack(access, case),
    }
    return render(request, "quality/audit_session.html", context)


@opened_by(actions.AUDITING)
def audit_piece(request, grant, token, public_id, path):
    """A page as the pack holds it, or a file to save."""
    access, case = _case(grant, public_id)
    if path == LOOK:
        return HttpResponse(STYLE.read_bytes(), content_type="text/css")
    if path == INDEX:
        return redirect("quality:audit_session", token, public_id)
    filed = _open_to(access, case).file(path)
    if filed is None:
        raise Http404
    actions.note_view(access, what=filed.piece.title, session=case.session)
    return _answer(filed)


@opened_by(actions.AUDITING)
def audit_pack(request, grant, token, public_id):
    access, case = _case(grant, public_id)
    pack = _pack(access, case)
    if pack is None:
        raise Http404
    actions.note_view(access, what="Dossier de preuves, fichier zip", session=case.session)
    actions.note_download(pack, by=None, access=access)
    return zip_of(pack)


def _answer(filed):
    shown = filed.piece.extension == HTML
    response = StreamingHttpResponse(
        filed.piece.chunks(), content_type="text/html" if shown else "application/octet-stream"
    )
    name = filed.path.rpartition("/")[2]
    response.headers["Content-Disposition"] = content_disposition_header(not shown, name)
    response.headers["Content-Security-Policy"] = ALONE
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _opened(grant) -> AuditAccess:
    return AuditAccess.objects.select_related("organisation", "given_by").get(pk=grant.object_ids[0])


def _case(grant, public_id) -> tuple[AuditAccess, Case]:
    """A session of this access; any other one does not exist here."""
    access = _opened(grant)
    session = get_object_or_404(access.sessions.all(), public_id=public_id)
    return access, case_of(session.pk)


def _open_to(access, case) -> Evidence:
    return evidence_of(case).limited_to(access.indicators)


def _pack(access, case) -> Pack | None:
    """It holds every indicator: an access to a few does not open it."""
    if access.indicators:
        return None
    return Pack.objects.ready().filter(session=case.session).exclude(file="").first()


def _own(request, public_id):
    found = AuditAccess.objects.visible_to(request.user).select_related("organisation", "given_by", "grant")
    access = get_object_or_404(found, public_id=public_id)
    require(can_revoke_audit(request.user, access))
    return access


def _asked(request) -> dict:
    """A session is chosen already when one comes from its page."""
    asked = request.GET.get("session", "")
    found = Session.objects.visible_to(request.user).filter(pk__in=keys_in([asked])).first()
    return {"session": found} if found else {}
