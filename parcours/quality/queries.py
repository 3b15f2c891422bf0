import datetime

from django.db import models
from django.db.models import Case, Q, Value, When

from lms.kernel.access import is_signed_in
from lms.organisations.lifecycle import Role
from lms.organisations.permissions import active_memberships, is_national
from parcours.quality.lifecycle import ComplaintState, PackState

TRAINING_ROLES = (Role.TRAINER, Role.TRAINING_MANAGER)


def managed_by(person):
    """The organismes the person answers for today."""
    return {one.organisation_id for one in active_memberships(person) if one.role == Role.TRAINING_MANAGER}


def trained_in(person):
    return person.memberships.active().filter(role__in=TRAINING_ROLES).values("organisation")


class DatedQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)

    def meeting(self, first, last):
        """Those that hold on one of these days."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=first), valid_from__lte=last)


class EntryQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Those of the organismes where the person trains; who may read which register is said elsewhere."""
        if not is_signed_in(person):
            return self.none()
        return self.filter(organisation__in=trained_in(person))

    def standing(self):
        return self.filter(withdrawn_at=None)

    def between(self, first, last):
        return self.filter(on__gte=first, on__lte=last)

    def matching(self, text, *fields):
        """Every word of a search, in one of these fields."""
        found = self
        for word in text.split()[:6]:
            found = found.filter(Q.create([(f"{name}__icontains", word) for name in fields], connector=Q.OR))
        return found


class ComplaintQuerySet(models.QuerySet):
    SORTS = {"recentes": ("-received_at", "-pk"), "anciennes": ("received_at", "pk")}

    def visible_to(self, person):
        """Whoever answers for the organisme; those addressed to the national team, for the national team."""
        if not is_signed_in(person):
            return self.none()
        mine = Q(organisation__in=managed_by(person))
        if is_national(person):
            mine |= Q(organisation=None)
        return self.filter(mine)

    def waiting(self):
        return self.filter(state=ComplaintState.WAITING)

    def late(self, now):
        return self.waiting().filter(due_at__lt=now)

    def received_between(self, first, last):
        return self.filter(received_at__date__gte=first, received_at__date__lte=last)

    def matching(self, text):
        found = self
        for word in text.split()[:6]:
            found = found.filter(Q(subject__icontains=word) | Q(number__icontains=word) | Q(name__icontains=word))
        return found

    def sorted_by(self, sort):
        """Without a sort: those that wait, the most pressing first; then the others, latest first."""
        if sort in self.SORTS:
            return self.order_by(*self.SORTS[sort])
        rank = Case(When(state=ComplaintState.WAITING, then=Value(0)), default=Value(1))
        return self.order_by(rank, Case(When(state=ComplaintState.WAITING, then="due_at")), "-received_at", "-pk")

    def for_list(self):
        return self.select_related("organisation")

    def for_page(self):
        return self.select_related("organisation__departement").prefetch_related("messages__by")

    def outlived(self, before):
        """Closed long enough for who wrote them to be forgotten."""
        return self.filter(closed_at__lt=before, forgotten_at=None)


class SurveyRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(answered_at=None)

    def to_remind(self, asked_before, day):
        return self.waiting().filter(reminded_at=None, asked_at__lt=asked_before, closes_on__gte=day)

    def for_mail(self):
        found = self.select_related("session__edition", "session__organisation", "questionnaire", "person")
        return found.defer("session__edition__content")

    def over(self, day):
        return self.filter(closes_on__lt=day)


class PackQuerySet(models.QuerySet):
    def visible_to(self, person):
        if not is_signed_in(person):
            return self.none()
        return self.filter(session__organisation__in=managed_by(person))

    def ready(self):
        return self.filter(state=PackState.READY)

    def outlived(self, before: datetime.datetime):
        return self.ready().filter(ready_at__lt=before)


class AuditAccessQuerySet(models.QuerySet):
    def visible_to(self, person):
        if not is_signed_in(person):
            return self.none()
        return self.filter(organisation__in=managed_by(person))

    def standing(self, day):
        return self.filter(revoked_at=None, until__gte=day)
