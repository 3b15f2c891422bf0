from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Revision, TaskState, WorkflowState
from wagtail.signals import (
    page_published,
    page_unpublished,
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from lms.accounts.events import person_erased
from lms.organisations.events import members_added, membership_changed
from parcours.catalogue import actions
from parcours.catalogue.models import ModulePage, ParcoursPage, SeancePage


@receiver(page_published, sender=ParcoursPage)
def freeze_published_parcours(instance, revision=None, **kwargs):
    if instance.live:  # not what is only promised for a date
        actions.freeze(instance, by=revision.user if revision else None)


@receiver(page_published, sender=ModulePage)
@receiver(page_published, sender=SeancePage)
def refuse_what_is_unfinished(instance, **kwargs):
    if instance.live:
        actions.check(instance)


@receiver(page_published, sender=ModulePage)
@receiver(page_unpublished, sender=ModulePage)
def list_what_may_be_taken_up(instance, **kwargs):
    page = ModulePage.objects.get(pk=instance.pk)
    actions.list_questions(page, page.get_latest_revision_as_object())


@receiver(post_save, sender=Revision)
def list_what_a_draft_asks(instance, **kwargs):
    """Wagtail announces what is published, not what is kept as a draft."""
    page = ModulePage.objects.filter(pk=instance.object_id).first() if is_of_module(instance) else None
    if page:
        actions.list_questions(page, instance.as_object())


def is_of_module(revision) -> bool:
    return revision.content_type_id == ContentType.objects.get_for_model(ModulePage).pk


@receiver(membership_changed)
def follow_the_mandate(membership, by, **kwargs):
    actions.settle_access(membership.person, by=by)


@receiver(members_added)
def follow_the_mandates(memberships, by, **kwargs):
    actions.settle_access(*(membership.person for membership in memberships), by=by)


@receiver(person_erased)
def take_the_keys_back(person, by, **kwargs):
    actions.settle_access(person, by=by)


# Wagtail mails by itself, at once and in its own words, under these names: the first receiver to bear one is kept.
SUBMITTED = "group_approval_task_submitted_email_notification"
STARTED = "workflow_state_submitted_email_notification"
APPROVED = "workflow_state_approved_email_notification"
REJECTED = "workflow_state_rejected_email_notification"


@receiver(task_submitted, sender=TaskState, dispatch_uid=SUBMITTED)
def on_submission(instance, user, **kwargs):
    actions.tell_reviewers(instance, by=user)


@receiver(workflow_submitted, sender=WorkflowState, dispatch_uid=STARTED)
def on_start(**kwargs):
    """Nobody else is told: administrators do not follow each review."""


@receiver(workflow_approved, sender=WorkflowState, dispatch_uid=APPROVED)
def on_approval(instance, user, **kwargs):
    actions.tell_published(instance, by=user)


@receiver(workflow_rejected, sender=WorkflowState, dispatch_uid=REJECTED)
def on_rejection(instance, user, **kwargs):
    actions.tell_changes(instance, by=user)
