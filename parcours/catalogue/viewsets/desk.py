"""What waits for a trainer when the CMS opens: to review, drafts, pages to read again, publications promised."""

import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from laces.components import Component
from wagtail.models import Page, Revision, TaskState, WorkflowState

from lms.kernel.formats import date_short, instant
from parcours.catalogue.permissions import worked_pages
from parcours.catalogue.viewsets.due import SOON, lateness, with_due_date

SHOWN = 10


class DeskPanel(Component):
    """A heading and a table of pages; `rows` gives (page, detail, when), or None when the panel has no meaning here."""

    template_name = "catalogue/cms/panel.html"
    id = heading = detail = when = empty = ""
    order = 100
    more_url = more_label = ""

    def rows(self, person):
        raise NotImplementedError

    def render_html(self, parent_context=None):
        rows = self.rows(parent_context["request"].user)
        return "" if rows is None else super().render_html({"panel": self, "found": rows})

    def get_context_data(self, parent_context):
        found = parent_context["found"]
        lines = [
            {"title": page.draft_title, "url": edit_url(page), "detail": detail, "when": when}
            for page, detail, when in found[:SHOWN]
        ]
        more = reverse(self.more_url) if self.more_url and len(found) > SHOWN else ""
        return {"panel": self, "lines": lines, "count": len(found), "more": more}


class ToReview(DeskPanel):
    id, order = "a-relire", 10
    heading, detail, when = "À relire", "Soumis par", "Depuis"
    empty = "Aucune page n’attend votre relecture."

    def rows(self, person):
        states = TaskState.objects.reviewable_by(person).select_related("revision__user").order_by("started_at")
        found = [(state.revision.content_object, state) for state in states]
        rows = [
            (page, f"soumis par {name_of(state.revision.user)}", instant(state.started_at))
            for page, state in found
            if page
        ]
        return rows or ([] if reviews(person) else None)


class Drafts(DeskPanel):
    id, order = "brouillons", 20
    heading, detail, when = "Mes brouillons", "Où il en est", "Enregistré le"
    empty = "Vous n’avez pas de brouillon. Ouvrez « Mes modules » pour en commencer un."

    def rows(self, person):
        unpublished = Q(live=False) | Q(has_unpublished_changes=True)
        mine = worked_pages(person).filter(unpublished, latest_revision__user=person)
        pages = mine.prefetch_workflow_states().order_by("-latest_revision_created_at")
        return [(page, where(page), f"enregistré {instant(page.latest_revision_created_at)}") for page in pages]


class ToRevise(DeskPanel):
    id, order = "a-revoir", 30
    heading, detail, when = "Pages à revoir", "État", "À relire avant le"
    empty = "Aucune page n’est à revoir dans les trente jours."
    more_url, more_label = "workshop:reviews", "Toutes les pages à revoir"

    def rows(self, person):
        before = timezone.localdate() + SOON
        pages = with_due_date(worked_pages(person)).filter(due_on__lte=before).order_by("due_on")
        return [(page, lateness(page.due_on), f"à relire avant le {date_of(page.due_on)}") for page in pages]


class Scheduled(DeskPanel):
    id, order = "programmees", 40
    heading, detail, when = "Publications programmées", "Prévue par", "Le"
    empty = "Aucune publication n’est programmée."

    def rows(self, person):
        mine = {str(pk) for pk in worked_pages(person).values_list("pk", flat=True)}
        revisions = Revision.page_revisions.filter(approved_go_live_at__isnull=False, object_id__in=mine)
        found = revisions.select_related("user").order_by("approved_go_live_at")
        return [
            (one.content_object, f"prévue par {name_of(one.user)}", instant(one.approved_go_live_at)) for one in found
        ]


PANELS = (ToReview, Drafts, ToRevise, Scheduled)


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def name_of(person) -> str:
    return person.full_name if person else "le site"


def date_of(day: datetime.date | None) -> str:
    return date_short(day) if day else "jamais"


def reviews(person) -> bool:
    return person.is_superuser or person.groups.filter(review__isnull=False).exists()


def where(page) -> str:
    state = page.current_workflow_state
    if state is None:
        return "modifications non publiées" if page.live else "brouillon"
    asked = state.status == WorkflowState.STATUS_NEEDS_CHANGES
    return "changements demandés" if asked else "en relecture"
