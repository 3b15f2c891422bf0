from decimal import Decimal

from django.db import models
from django.db.models import F, Q, Sum

from lms.kernel.access import is_signed_in
from lms.organisations.lifecycle import ANSWERING_ROLES, Role
from parcours.classroom.queries import homes
from parcours.paperwork.lifecycle import ConventionState, Party, QuoteState


def managed_by(person, organisation="session__organisation"):
    return Q(**{f"{organisation}__in": homes(person, Role.TRAINING_MANAGER)})


class SessionPaperQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those of the sessions whose training I answer for, and those addressed to a structure I answer for."""
        if not is_signed_in(person):
            return self.none()
        return self.filter(managed_by(person) | Q(employer__in=homes(person, *ANSWERING_ROLES)))

    def managed_by(self, person):
        return self.filter(managed_by(person)) if is_signed_in(person) else self.none()

    def current(self):
        return self.filter(replaced_by=None)

    def of_kind(self, *kinds):
        return self.filter(paper__kind__in=kinds)

    def sealed(self):
        return self.exclude(paper__sha256="")

    def for_list(self):
        told = self.select_related("paper", "registration__person", "employer", "half_day")
        return told.defer("paper__content", "paper__twin_html").order_by("paper__kind", "pk")


class QuoteQuerySet(models.QuerySet):
    def visible_to(self, person):
        if not is_signed_in(person):
            return self.none()
        return self.filter(managed_by(person) | Q(buyer__in=homes(person, *ANSWERING_ROLES)))

    def managed_by(self, person):
        return self.filter(managed_by(person)) if is_signed_in(person) else self.none()

    def offered_to(self, organisation):
        return self.filter(buyer=organisation).exclude(state=QuoteState.REPLACED)

    def for_page(self):
        return self.select_related("session__edition", "session__organisation", "buyer", "session_paper__paper")


class ConventionQuerySet(models.QuerySet):
    def visible_to(self, person):
        """A draft is read by the organisme de formation alone."""
        if not is_signed_in(person):
            return self.none()
        sent = Q(buyer__in=homes(person, *ANSWERING_ROLES)) & ~Q(state=ConventionState.DRAFT)
        return self.filter(managed_by(person) | sent)

    def managed_by(self, person):
        return self.filter(managed_by(person)) if is_signed_in(person) else self.none()

    def offered_to(self, organisation):
        hidden = (ConventionState.DRAFT, ConventionState.CANCELLED)
        return self.filter(buyer=organisation).exclude(state__in=hidden)

    def for_page(self):
        found = self.select_related("session__edition", "session__organisation", "buyer", "session_paper__paper")
        return found.select_related("replaces__session_paper__paper", "signed_paper__paper", "next")


class DeliveryQuerySet(models.QuerySet):
    def held_by(self, person):
        return self.filter(registration__person=person).select_related("text__organisation", "text__paper")


class HouseTextQuerySet(models.QuerySet):
    def managed_by(self, person):
        return self.filter(managed_by(person, "organisation")) if is_signed_in(person) else self.none()

    def newest(self, organisation):
        """The version in force of each kind."""
        found: dict[str, models.Model] = {}
        for text in self.filter(organisation=organisation).select_related("paper").order_by("kind", "version"):
            found[text.kind] = text
        return found


class InvoiceQuerySet(models.QuerySet):
    def standing(self):
        """Invoices that were not wholly credited."""
        back = Sum("credits__gross", default=Decimal(0))
        return self.filter(credit_of=None).annotate(back=back).filter(back__lt=F("gross"))

    def visible_to(self, person):
        return self.filter(managed_by(person)) if is_signed_in(person) else self.none()


class SignatureQuerySet(models.QuerySet):
    def of(self, session_paper, party: Party):
        return self.filter(session_paper=session_paper, party=party).first()
