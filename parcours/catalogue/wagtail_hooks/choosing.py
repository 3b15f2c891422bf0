"""What is offered to be chosen, opened or named: one's own, and what is national."""

from django.contrib.auth import get_user_model
from django.http import Http404
from wagtail import hooks
from wagtail.admin.views.pages.listing import GenericPageFilterSet
from wagtail.models import Page

from parcours.catalogue.permissions import can_open_document, readable_pages, worked_pages


@hooks.register("construct_page_chooser_queryset")
def offer_what_may_be_read(pages, request):
    return pages.filter(pk__in=readable_pages(request.user).values("pk"))


@hooks.register("before_serve_document", order=-1)
def open_to_its_own_people(document, request):
    if not can_open_document(request.user, document):
        raise Http404


def colleagues(request):
    """Whoever wrote in the libraries the reader works in: the filters of the explorer name nobody else."""
    pages = Page.objects.filter(pk__in=worked_pages(request.user).values("pk"))
    people = get_user_model().objects.order_by("last_name", "first_name")
    return people.filter(pk__in=pages.values("owner")) | people.filter(pk__in=pages.values("latest_revision__user"))


for name in ("owner", "edited_by"):
    GenericPageFilterSet.base_filters[name].queryset = colleagues
