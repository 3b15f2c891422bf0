"""Two people write the same page: whose version came meanwhile, and how it is said."""

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from lms.kernel.formats import date_short, time_short

AGAIN = "Reprenez ce qu’il faut de l’autre version, puis enregistrez de nouveau pour garder la vôtre."


def newer_version(page, data) -> Revision | None:
    """The version saved since this form was opened, if any. The form shown again knows it, and is then let through."""
    latest = Revision.objects.filter(pk=page.latest_revision_id).select_related("user").first()
    if latest is None or not opened_on(data):
        return None
    if "overwrite_revision_id" in data:
        return latest if opened_on(data) != str(latest.pk) else None
    opened = opened_on(data), data.get("loaded_revision_created_at")
    return latest if opened != (str(latest.pk), latest.created_at.isoformat()) else None


def opened_on(data) -> str:
    """The version a form was opened on, or the one it last saved by itself."""
    return data.get("overwrite_revision_id") or data.get("loaded_revision_id") or ""


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
