"""The faults with which pages were published: what was let pass, by whom and why. Read only."""

import io

import django_filters
from django.utils import timezone
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import TitleColumn
from wagtail.admin.views.reports import ReportView

from lms.kernel.access import require
from lms.kernel.files import download
from lms.kernel.tables import CONTENT_TYPES, write
from parcours.catalogue.models import PublicationException
from parcours.catalogue.permissions import can_write_modules, worked_pages
from parcours.catalogue.viewsets.desk import date_of, edit_url
from parcours.catalogue.viewsets.tables import CardColumn

HEADINGS = ("Page", "Défaut accepté", "Motif", "Accepté par", "Le")


class ExceptionFilter(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label="Accepté le", widget=DateRangePickerWidget)
    by = django_filters.ModelChoiceFilter(label="Accepté par", queryset=lambda request: answering(request.user))

    class Meta:
        model = PublicationException
        fields = ["at", "by"]


def exceptions_read_by(person):
    """Those of the libraries the person works in."""
    return PublicationException.objects.filter(page__in=worked_pages(person).values("pk"))


def answering(person):
    people = PublicationException._meta.get_field("by").related_model.objects.order_by("last_name", "first_name")
    return people.filter(pk__in=exceptions_read_by(person).values("by"))


class ExceptionList(ReportView):
    model = PublicationException
    page_title = "Exceptions de publication"
    header_icon = "warning"
    index_url_name = "workshop:exceptions"
    index_results_url_name = "workshop:exceptions_results"
    results_template_name = "catalogue/cms/exceptions_results.html"
    filterset_class = ExceptionFilter
    default_ordering = "-at"
    is_searchable = True
    search_backend_name = None
    search_fields = ["page__title", "page__draft_title", "fault", "reason"]
    list_export = HEADINGS
    paginate_by = 25
    table_classname = "listing workshop-table"
    columns = [
        TitleColumn(
            "page", label="Page", accessor="page.draft_title", get_url=lambda row: edit_url(row.page), width="22%"
        ),
        CardColumn("fault", label="Défaut accepté", width="35%"),
        CardColumn("reason", label="Motif"),
        CardColumn("by", label="Accepté par", accessor="by.full_name"),
        CardColumn("at", label="Le", accessor=lambda row: date_of(accepted_on(row)), sort_key="at"),
    ]

    def dispatch(self, request, *args, **kwargs):
        require(can_write_modules(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return exceptions_read_by(self.request.user).select_related("page", "by")

    def as_spreadsheet(self, queryset, spreadsheet_format):
        out = io.BytesIO()
        write(out, spreadsheet_format, HEADINGS, map(exported, queryset), title=self.page_title)
        name = f"exceptions-de-publication-{timezone.localdate():%Y-%m-%d}.{spreadsheet_format}"
        return download(out.getvalue(), name, CONTENT_TYPES[spreadsheet_format])


def accepted_on(row):
    return timezone.localdate(row.at)


def exported(row) -> tuple:
    return (row.page.draft_title, row.fault, row.reason, row.by.full_name, accepted_on(row))
