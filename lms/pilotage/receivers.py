from django.dispatch import receiver

from lms.kernel.jobs import post
from lms.organisations.events import campagne_dated


@receiver(campagne_dated)
def on_campagne_dated(campagne, **kwargs):
    post("pilotage.recount_campagne", campagne.pk)
