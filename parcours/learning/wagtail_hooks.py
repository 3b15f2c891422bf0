from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages

from parcours.catalogue.models import ParcoursPage
from parcours.learning.actions.spread import followers


@hooks.register("after_publish_page")
def offer_to_spread(request, page):
    """Publishing moves nobody; whoever publishes is told how many keep an older edition, and where to decide."""
    if not isinstance(page, ParcoursPage) or not page.live or not (edition := page.current_edition):
        return
    count = followers(edition).count()
    if not count:
        return
    people = "1 personne suit" if count == 1 else f"{count} personnes suivent"
    button = messages.button(reverse("learning:spread", args=[edition.pk]), "Diffuser aux parcours en cours")
    messages.info(request, f"{people} encore une édition plus ancienne : rien ne change pour elles.", buttons=[button])
