from django.db import models
from django.shortcuts import redirect
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from parcours.catalogue.models.parcours import ParcoursPage


class CataloguePage(Page):
    """The words above the public list; the list itself is a page of its own, `catalogue:catalogue`."""

    introduction = models.TextField("introduction", blank=True)

    content_panels = [*Page.content_panels, "introduction"]
    parent_page_types = ["site.HomePage"]
    subpage_types = ["catalogue.ParcoursPage", "catalogue.LibraryPage"]
    preview_modes: list = []
    max_count = 1

    class Meta:
        verbose_name = "catalogue"

    def serve(self, request, *args, **kwargs):
        return redirect("catalogue:catalogue")

    def route(self, request, path_components):
        """A parcours is asked for by its type at once: one query less on the page everybody opens."""
        if len(path_components) == 1:
            asked = ParcoursPage.objects.descendant_of(self).live().filter(slug=path_components[0]).first()
            if asked:
                return RouteResult(asked)
        return super().route(request, path_components)
