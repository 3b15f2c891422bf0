from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, TextField
from django.db.models.functions import Cast

from lms.kernel.access import is_signed_in
from lms.organisations.lifecycle import Role
from parcours.adaptations.lifecycle import State

TRAINING_ROLES = (Role.TRAINER, Role.TRAINING_MANAGER, Role.DISABILITY_REFERENT)
NOTICE_DAYS = 30
"""How long before it would be deleted a person is asked whether a measure without end is still needed."""


class RequestQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own, and those put to the organisme whose référent handicap one is: nobody else reads them."""
        if not is_signed_in(person):
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

    def served_before(self, day):
        """Nothing happened to them from that day on: asked, answered, used, said to be still needed, or in force."""
        found = self.filter(asked_at__date__lt=day).filter(Q(answered_at=None) | Q(answered_at__date__lt=day))
        for field in ("last_used_on", "kept_on", "until"):
            found = found.filter(Q(**{field: None}) | Q(**{f"{field}__lt": day}))
        return found.exclude(Exists(_measures(self.model, ends_on__gte=day)), state=State.GRANTED)

    def without_end(self):
        """Granted with a measure that nothing ends."""
        return self.filter(Exists(_measures(self.model, ends_on=None)), state=State.GRANTED)

    def over_since(self, day, today):
        """To delete: nothing since that day; in force without end, only a month after the person was asked."""
        told = Q(asked_to_keep_on__lte=today - timedelta(days=NOTICE_DAYS))
        ended = ~Q(state=State.GRANTED) | ~Exists(_measures(self.model, ends_on=None))
        return self.served_before(day).filter(ended | told)

    def to_ask_to_keep(self, day):
        """In force without end, not used since that day, and whose person was not asked yet."""
        return self.without_end().served_before(day).filter(asked_to_keep_on=None)


class MeasureQuerySet(models.QuerySet):
    def in_force(self, on, occasion=None):
        """Granted, begun, not over, not taken back; for one occasion, or for whatever it was asked for."""
        began = self.filter(request__state=State.GRANTED, starts_on__lte=on)
        found = began.filter(Q(ends_on=None) | Q(ends_on__gte=on))
        if occasion is None:
            return found
        return found.alias(said=Cast("request__occasions", TextField())).filter(said__contains=f'"{occasion}"')

    def of(self, *people):
        return self.filter(request__person__in=people)

    def seen_by_trainer(self, person):
        """Measures of the people their organisme answers for; the request they come from is not theirs to read."""
        return self.filter(request__organisation__in=_held_in(person, *TRAINING_ROLES))

    def for_list(self):
        return self.select_related("request__person", "request__organisation").order_by(
            "request__person__last_name", "request__person__first_name", "pk"
        )


def _measures(model, **values):
    measures = model._meta.get_field("measures").related_model.objects
    return measures.filter(request=OuterRef("pk"), **values)


def _held_in(person, *roles):
    return person.memberships.active().filter(role__in=roles).values("organisation")
