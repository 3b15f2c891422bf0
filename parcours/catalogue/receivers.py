from django.dispatch import receiver
from wagtail.signals import page_published

from parcours.catalogue import actions
from parcours.catalogue.models import ParcoursPage


@receiver(page_published, sender=ParcoursPage)
def freeze_published_parcours(instance, revision=None, **kwargs):
    actions.freeze(instance, by=revision.user if revision else None)
