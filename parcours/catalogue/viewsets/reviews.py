"""The pages to read again: the list, its export, and the act of saying that a page still holds."""

import io

import django_filters
from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Length, Substr
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page

from lms.kernel.access import require
from lms.kernel.files import download
from lms.kernel.formats import date_long
from lms.kernel.tables import CONTENT_TYPES, write
from parcours.catalogue import actions
from parcours.catalogue.forms import ReviewedForm
from parcours.catalogue.models import LibraryPage
from parcours.catalogue.permissions import can_review, can_write_modules, worked_pages
from parcours.catalogue.viewsets.desk import date_of, edit_url
from parcours.catalogue.viewsets.due import DATED, SOON, lateness, with_due_date
from parcours.catalogue.viewsets.tables import CardColumn

LATE, NEAR, LATER, UNDATED = "retard", "bientot", "plus-tard", "sans-date"
HEADINGS = ("Page", "Type", "Bibliothèque", "En ligne", "Relue le", "À relire avant le", "État")


class DueFilter(WagtailFilterSet):
    etat = django_filters.ChoiceFilter(
        label="État",
        method="in_state",
        empty_label="Toutes les pages datées",
        choices=[
            (LATE, "En retard"),
            (NEAR, "Dans les trente jours"),
            (LATER, "Plus tard"),
            (UNDATED, "Sans date de relecture"),
        ],
    )
    sorte = django_filters.ChoiceFilter(
        label="Type",
        method="of_kind",
        empty_label="Tous",
        choices=[(model._meta.model_name, model._meta.verbose_name.capitalize()) for model in DATED],
    )
    live = django_filters.BooleanFilter(label="En ligne")

    class Meta:
        model = Page
        fields = []

    def in_state(self, pages, name, state):
        today = timezone.localdate()
        return {
            LATE: pages.filter(due_on__lt=today),
            NEAR: pages.filter(due_on__range=(today, today + SOON)),
            LATER: pages.filter(due_on__gt=today + SOON),
            UNDATED: pages.filter(due_on=None),
        }[state]

    def of_kind(self, pages, name, kind):
        return pages.filter(content_type__app_label="catalogue", content_type__model=kind)


class ReviewList(ReportView):
    model = Page
    page_title = "Pages à revoir"
    header_icon = "calendar-check"
    index_url_name = "workshop:reviews"
    index_results_url_name = "workshop:reviews_results"
    results_template_name = "catalogue/cms/reviews_results.html"
    filterset_class = DueFilter
    default_ordering = "due_on"
    is_searchable = True
    search_backend_name = None
    search_fields = ["title", "draft_title"]
    list_export = HEADINGS
    paginate_by = 25
    table_classname = "listing workshop-table"
    columns = [
        TitleColumn("title", label="Page", accessor="draft_title", sort_key="draft_title", get_url=edit_url),
        CardColumn("kind", label="Type", accessor=lambda page: kind_of(page)),
        CardColumn("library", label="Bibliothèque", accessor=lambda page: library_of(page), sort_key="library_title"),
        CardColumn("read_on", label="Relue le", accessor=lambda page: date_of(page.read_on), sort_key="read_on"),
        CardColumn("due_on", label="À relire avant le", accessor=lambda page: date_of(page.due_on), sort_key="due_on"),
        CardColumn("state", label="État", accessor=lambda page: lateness(page.due_on)),
        TitleColumn("act", label="Relecture", accessor=lambda page: page.act[0], get_url=lambda page: page.act[1]),
    ]

    def dispatch(self, request, *args, **kwargs):
        require(can_write_modules(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        pages = with_due_date(worked_pages(self.request.user)).select_related("content_type")
        above = LibraryPage.objects.filter(path=Substr(OuterRef("path"), 1, Length("path")))
        pages = pages.annotate(library_title=Subquery(above.values("title")[:1]))
        return pages if self.request.GET.get("etat") == UNDATED else pages.exclude(due_on=None)

    def decorate_paginated_queryset(self, pages):
        for page in pages:
            allowed = can_review(self.request.user, page)
            url = reverse("workshop:mark_reviewed", args=[page.pk])
            page.act = ("Marquer comme relue", url) if allowed else ("par un relecteur", None)
        return pages

    def as_spreadsheet(self, queryset, spreadsheet_format):
        out = io.BytesIO()
        write(out, spreadsheet_format, HEADINGS, map(exported, queryset), title=self.page_title)
        name = f"pages-a-revoir-{timezone.localdate():%Y-%m-%d}.{spreadsheet_format}"
        return download(out.getvalue(), name, CONTENT_TYPES[spreadsheet_format])


def kind_of(page: Page) -> str:
    return page.content_type.model_class()._meta.verbose_name


def library_of(page) -> str:
    return page.library_title or "Catalogue national"


def exported(page) -> tuple:
    live = "oui" if page.live else "non"
    return (page.draft_title, kind_of(page), library_of(page), live, page.read_on, page.due_on, lateness(page.due_on))


@require_http_methods(["GET", "HEAD", "POST"])
def mark_reviewed(request, pk):
    page = get_object_or_404(worked_pages(request.user).type(*DATED), pk=pk).specific
    require(can_review(request.user, page))
    form = ReviewedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.mark_reviewed(page, by=request.user, due_on=form.cleaned_data["due_on"])
        messages.success(request, f"« {page.draft_title} » est relue : prochaine relecture avant le {due(form)}.")
        return redirect("workshop:reviews")
    return render(request, "catalogue/cms/mark_reviewed.html", {"page": page, "form": form, "media": form.media})


@require_safe
def moved(request, rest=""):
    """The address these pages had before."""
    require(can_write_modules(request.user))
    query = request.META.get("QUERY_STRING", "")
    return redirect(f"{reverse('workshop:reviews')}{rest}{'?' if query else ''}{query}", permanent=True)


def due(form) -> str:
    return date_long(form.cleaned_data["due_on"])
