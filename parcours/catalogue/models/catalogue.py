from django.db import models
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from parcours.catalogue.models.edition import Edition
from parcours.catalogue.models.parcours import ParcoursPage


class CataloguePage(Page):
    introduction = models.TextField("introduction", blank=True)

    content_panels = [*Page.content_panels, "introduction"]
    parent_page_types = ["site.HomePage"]
    subpage_types = ["catalogue.ParcoursPage", "catalogue.LibraryPage"]
    max_count = 1
    template = "catalogue/catalogue_page.html"

    class Meta:
        verbose_name = "catalogue"

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"editions": Edition.objects.for_catalogue()}

    def route(self, request, path_components):
        """A parcours is asked for by its type at once: one query less on the page everybody opens."""
        if len(path_components) == 1:
            asked = ParcoursPage.objects.descendant_of(self).live().filter(slug=path_components[0]).first()
            if asked:
                return RouteResult(asked)
        return super().route(request, path_components)
