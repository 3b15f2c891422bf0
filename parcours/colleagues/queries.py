from datetime import timedelta

from django.db import models
from django.db.models import Count
from django.utils import timezone

from lms.kernel.access import is_signed_in
from lms.kernel.models import PreparedFileQuerySet
from lms.organisations.lifecycle import ANSWERING_ROLES
from parcours.colleagues.lifecycle import InvitationState, LineStatus, ListState

DRAFT_DAYS = 30
REPORT_DAYS = 365
INVITATION_DAYS = 30


class OfStructures(models.QuerySet):
    def visible_to(self, person):
        """What belongs to the structures the person answers for, and to no other, national roles included."""
        if not is_signed_in(person):
            return self.none()
        answering = person.memberships.active().filter(role__in=ANSWERING_ROLES)
        return self.filter(organisation__in=answering.values("organisation"))


class EnrolmentListQuerySet(OfStructures):
    def drafts(self):
        return self.filter(state=ListState.DRAFT)

    def confirmed(self):
        return self.exclude(state__in=(ListState.DRAFT, ListState.EXPIRED))

    def forsaken(self, now=None):
        """Drafts nobody touched for a month."""
        return self.drafts().filter(touched_at__lt=(now or timezone.now()) - timedelta(days=DRAFT_DAYS))

    def outlived(self, now=None):
        """Reports whose lines have served their time."""
        past = (now or timezone.now()) - timedelta(days=REPORT_DAYS)
        return self.filter(state=ListState.DONE, done_at__lt=past, forgotten_at=None)

    def for_list(self):
        return self.select_related("parcours", "created_by", "confirmed_by").order_by("-touched_at", "-pk")


class LineQuerySet(models.QuerySet):
    def faulty(self):
        return self.filter(status=LineStatus.FAULTY)

    def waiting(self):
        return self.filter(outcome="")

    def by_status(self) -> dict:
        counts = dict(self.order_by().values_list("status").annotate(count=Count("pk")))
        return {**dict.fromkeys(LineStatus.values, 0), **counts}

    def by_outcome(self) -> dict:
        return dict(self.order_by().values_list("outcome").annotate(count=Count("pk")))

    def to_look_at(self):
        return self.filter(status=LineStatus.READY, has_warning=True)


class InvitationQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Only whom it is for."""
        return self.filter(person=person) if is_signed_in(person) else self.none()

    def waiting(self):
        return self.filter(state=InvitationState.SENT)

    def overdue(self, now=None):
        return self.waiting().filter(sent_at__lt=(now or timezone.now()) - timedelta(days=INVITATION_DAYS))

    def for_answer(self):
        return self.select_related("organisation", "parcours", "by", "person")

    def for_line(self):
        """With the title of the parcours, and nothing else of its page."""
        found = self.select_related("organisation").annotate(title=models.F("parcours__title"))
        return found.only("public_id", "sent_at", "organisation__name", "organisation__antenne")


class RegisterExportQuerySet(OfStructures, PreparedFileQuerySet):
    pass
