from django.dispatch import receiver
from wagtail.signals import page_published

from lms.accounts.events import person_erased
from lms.organisations.events import membership_changed
from parcours.catalogue import actions
from parcours.catalogue.models import ParcoursPage


@receiver(page_published, sender=ParcoursPage)
def freeze_published_parcours(instance, revision=None, **kwargs):
    actions.freeze(instance, by=revision.user if revision else None)


@receiver(membership_changed)
def follow_the_mandate(membership, by, **kwargs):
    actions.settle_access(membership.person, by=by)


@receiver(person_erased)
def take_the_keys_back(person, by, **kwargs):
    actions.settle_access(person, by=by)
