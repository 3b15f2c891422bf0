"""Publication at a date: each page by itself, so that one that is refused keeps no other waiting."""

from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, Revision

from lms.kernel.jobs import post
from lms.kernel.journal import record
from parcours.catalogue.actions.publishing import PublicationRefused
from parcours.catalogue.actions.reviewing import address, tell


def expect(page: Page) -> None:
    """Have the clock look at the very minute a page was promised for; each hour, it looks at all of them."""
    for at in filter(None, (page.go_live_at, page.expire_at)):
        if at > timezone.now():
            post("catalogue.publish_due", key=f"catalogue.publish_due:{page.pk}:{at.isoformat()}", due_at=at)


def publish_due(now=None) -> int:
    """Publish and withdraw what is due; how many pages changed."""
    now = now or timezone.now()
    pages = Page.objects.filter(expire_at__lt=now, live=True)
    changed = sum(withdraw(page) for page in pages.specific())
    for revision in Revision.page_revisions.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"):
        changed += publish(revision)
    return changed


@transaction.atomic
def withdraw(page: Page) -> bool:
    UnpublishPageAction(page, set_expired=True, log_action="wagtail.unpublish.scheduled").execute(
        skip_permission_checks=True
    )
    record("catalogue.withdrawn_on_time", page)
    return True


def publish(revision: Revision) -> bool:
    """Whether it was published; a refusal is sent to whoever promised the date, and the promise is dropped."""
    page = revision.content_object
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
            record("catalogue.published_on_time", page, after={"revision": revision.pk})
    except PublicationRefused as refused:
        drop(revision, page, refused.sentences)
        return False
    return True


@transaction.atomic
def drop(revision, page, sentences) -> None:
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    record("catalogue.refused_on_time", page, after={"revision": revision.pk})
    if revision.user:
        tell(
            revision.user,
            f"« {page.draft_title} » n’a pas pu être publié à la date prévue",
            "La publication prévue n’a pas eu lieu :\n\n"
            + "\n".join(f"- {sentence}" for sentence in sentences)
            + f"\n\nCorrigez la page, puis publiez-la :\n{address(page)}",
            "Vous recevez ce message parce que vous aviez prévu cette publication.",
            key=f"catalogue.refused_on_time:{revision.pk}",
        )
