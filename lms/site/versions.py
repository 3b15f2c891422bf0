"""Two people write the same page: whose version came meanwhile, and how it is said."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Revision

from lms.kernel.formats import date_short, time_short

AGAIN = "Reprenez ce qu’il faut de l’autre version, puis enregistrez de nouveau pour garder la vôtre."


def newer_version(page, data, *, by) -> Revision | None:
    """The last version somebody else saved since this form was opened; the form shown again knows it, and passes."""
    since = opened_at(page, data)
    if since is None:
        return None
    others = page.revisions.filter(created_at__gt=since).exclude(user=by).select_related("user")
    return others.order_by("-created_at", "-pk").first()


def opened_on(data) -> str:
    """The version a form was opened on, or the one it last saved by itself."""
    return data.get("overwrite_revision_id") or data.get("loaded_revision_id") or ""


def opened_at(page, data) -> datetime.datetime | None:
    known = None if data.get("overwrite_revision_id") else parse_datetime(data.get("loaded_revision_created_at") or "")
    if known or not opened_on(data).isdigit():
        return known
    return page.revisions.filter(pk=opened_on(data)).values_list("created_at", flat=True).first()


def warning(newer: Revision) -> str:
    who = newer.user.get_full_name() if newer.user else "le site"
    at = timezone.localtime(newer.created_at)
    day = "" if at.date() == timezone.localdate() else f"le {date_short(at)} "
    return (
        f"Cette page a été enregistrée par {who} {day}à {time_short(at)}, pendant que vous écriviez. Rien n’est "
        "perdu : votre texte est encore ici, l’autre version reste dans l’historique."
    )


def comparison_url(newer: Revision, opened: str) -> str:
    if opened.isdigit() and opened != str(newer.pk):
        return reverse("wagtailadmin_pages:revisions_compare", args=[newer.object_id, opened, newer.pk])
    return reverse("wagtailadmin_pages:history", args=[newer.object_id])
