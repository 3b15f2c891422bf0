import tempfile

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from lms.kernel.formats import date_long
from lms.kernel.jobs import renew, task
from lms.kernel.mail import post_mail
from parcours.quality import actions
from parcours.quality.documents.evidence import case_of, evidence_of, write_pack
from parcours.quality.models import AuditAccess, Pack

TOLD_EVERY = 5  # pieces


@task("quality.build_pack", attempts=4)
def build_pack(pack_pk, attempt):
    """Written to a file on disk, piece by piece; twice gives one pack."""
    pack = Pack.objects.select_related("session", "asked_by").get(pk=pack_pk)
    if pack.is_ready:
        return None
    with tempfile.TemporaryFile() as out:
        written = write_pack(out, evidence_of(case_of(pack.session_id)), told=lambda *how_far: _tell(pack, *how_far))
        renew()
        stored = actions.store_pack(pack, out)
    return lambda: actions.finish_pack(pack, written=written, stored=stored)


def _tell(pack, done, total):
    if done % TOLD_EVERY == 1 or done == total:
        renew()
        actions.note_progress(pack, done, total)


@task("quality.send_audit_link", atomic=True)
def send_audit_link(access_pk):
    access = AuditAccess.objects.select_related("organisation", "grant", "given_by").get(pk=access_pk)
    if not access.email or not access.grant_id or access.revoked_at:
        return
    link = settings.BASE_URL + reverse("quality:audit", args=[access.grant.token])
    post_mail(
        to=access.email,
        subject=f"Accès aux preuves de {access.organisation}"[:250],
        body=render_to_string(
            "quality/mail_audit.txt", {"access": access, "link": link, "until": date_long(access.until)}
        ),
        reason=f"Vous recevez ce message parce que {access.given_by} vous ouvre cet accès pour un audit.",
        key=f"quality.audit:{access.pk}",
    )
