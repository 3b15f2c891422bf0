from django.db import models
from django.db.models import F, Q

from lms.organisations.lifecycle import Role
from parcours.adaptations.lifecycle import State

TRAINING_ROLES = (Role.TRAINER, Role.TRAINING_MANAGER, Role.DISABILITY_REFERENT)


class RequestQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own, and those put to the organisme whose référent handicap one is: nobody else reads them."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        return self.filter(Q(person=person) | Q(organisation__in=_held_in(person, Role.DISABILITY_REFERENT)))

    def asked_by(self, person):
        return self.filter(person=person)

    def put_to(self, person):
        """What a référent handicap answers: never one's own request."""
        return self.filter(organisation__in=_held_in(person, Role.DISABILITY_REFERENT)).exclude(person=person)

    def waiting(self):
        return self.filter(state=State.WAITING)

    def oldest_first(self):
        """Those that wait first, oldest first; then the others, latest answer first."""
        rank = models.Case(models.When(state=State.WAITING, then=0), default=1)
        return self.order_by(rank, F("answered_at").desc(nulls_first=True), "asked_at", "pk")

    def for_list(self):
        return self.select_related("person", "organisation").prefetch_related("measures")

    def for_page(self):
        return self.select_related("person", "organisation__departement", "answered_by").prefetch_related("measures")

    def over_since(self, day):
        """Whose last use, or whose end when it never served, is before that day."""
        served = Q(last_used_on__isnull=False, last_used_on__lt=day)
        unused = Q(last_used_on=None, until__lt=day) | Q(last_used_on=None, until=None, asked_at__date__lt=day)
        return self.filter(served | unused)


class MeasureQuerySet(models.QuerySet):
    def in_force(self, on):
        """Granted, begun, not over, not taken back."""
        began = self.filter(request__state=State.GRANTED, starts_on__lte=on)
        return began.filter(Q(ends_on=None) | Q(ends_on__gte=on))

    def of(self, person):
        return self.filter(request__person=person)

    def seen_by_trainer(self, person):
        """Measures of the people their organisme answers for; the request they come from is not theirs to read."""
        return self.filter(request__organisation__in=_held_in(person, *TRAINING_ROLES))

    def for_list(self):
        return self.select_related("request__person", "request__organisation").order_by(
            "request__person__last_name", "request__person__first_name", "pk"
        )


def _held_in(person, *roles):
    return person.memberships.active().filter(role__in=roles).values("organisation")
