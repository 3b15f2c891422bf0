"""What follows a submission: the reviewers know, then the author knows; and a page that is still right says so."""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from lms.accounts.models import Person
from lms.kernel.journal import record
from lms.kernel.mail import post_mail
from lms.kernel.quiet import next_quiet_end

ABOUT_YOURS = "Vous recevez ce message parce que vous avez soumis cette page à relecture."


@transaction.atomic
def tell_reviewers(task_state, *, by) -> None:
    """A page waits: each reviewer of its library is told, save the one who submits."""
    page, groups = task_state.workflow_state.content_object, task_state.task.specific.groups.all()
    record("catalogue.submitted", page, by=by, after={"revision": task_state.revision_id})
    who = by.full_name if by else "Un auteur"
    for reviewer in Person.objects.filter(groups__in=groups, is_active=True).exclude(pk=by and by.pk).distinct():
        tell(
            reviewer,
            f"« {page.draft_title} » attend votre relecture",
            f"{who} soumet « {page.draft_title} » à votre relecture.\n\n"
            f"Relisez la page, puis publiez-la ou demandez des changements :\n{address(page)}",
            "Vous recevez ce message parce que vous relisez les pages de cette bibliothèque.",
            key=f"catalogue.review:{task_state.pk}:{reviewer.pk}",
        )


@transaction.atomic
def tell_published(workflow_state, *, by) -> None:
    page = workflow_state.content_object
    record("catalogue.approved", page, by=by)
    answer_author(
        workflow_state,
        by,
        f"« {page.draft_title} » est publié",
        f"{named(by)} a publié « {page.draft_title} », que vous aviez soumis.\n\nRevoir la page :\n{address(page)}",
    )


@transaction.atomic
def tell_changes(workflow_state, *, by) -> None:
    page, state = workflow_state.content_object, workflow_state.current_task_state
    record("catalogue.changes_asked", page, by=by)
    comment = state.comment.strip() if state else ""
    said = f"Ce qu’il faut changer :\n\n{comment}\n\n" if comment else ""
    answer_author(
        workflow_state,
        by,
        f"« {page.draft_title} » : des changements sont demandés",
        f"{named(by)} a relu « {page.draft_title} », que vous aviez soumis, et demande des changements.\n\n{said}"
        f"Reprendre la page, puis la soumettre de nouveau :\n{address(page)}",
    )


def answer_author(workflow_state, by, subject, body) -> None:
    author, state = workflow_state.requested_by, workflow_state.current_task_state
    if author and author.is_active and author != by:
        tell(author, subject, body, ABOUT_YOURS, key=f"catalogue.reviewed:{state.pk if state else workflow_state.pk}")


def tell(person, subject, body, reason, *, key) -> None:
    if person.email:
        due_at = next_quiet_end(timezone.now(), person.time_zone)
        post_mail(to=person.email, subject=subject, body=body, reason=reason, key=key, due_at=due_at)


def named(person) -> str:
    return person.full_name if person else "Un relecteur"


def address(page) -> str:
    return settings.BASE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])


@transaction.atomic
def mark_reviewed(page: Page, *, by, due_on: datetime.date, on: datetime.date | None = None) -> Page:
    """Somebody read the page again and it still holds: only its two dates change, published and draft alike."""
    page = type(page).objects.select_for_update(of=("self",)).get(pk=page.pk)
    before = page.review_due_on
    dates = {"reviewed_on": on or timezone.localdate(), "review_due_on": due_on}
    draft = page.get_latest_revision_as_object()
    unpublished, live = page.has_unpublished_changes, page.live
    type(page).objects.filter(pk=page.pk).update(**dates)
    for name, value in dates.items():
        setattr(draft, name, value)
    revision = draft.save_revision(user=by, changed=False, clean=False, log_action="wagtail.edit")
    if live and not unpublished:
        Page.objects.filter(pk=page.pk).update(live_revision=revision)
    record("catalogue.reviewed", page, by=by, before={"due_on": before}, after={"due_on": due_on})
    page.refresh_from_db()
    return page
