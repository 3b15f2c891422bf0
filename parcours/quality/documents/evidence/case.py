"""A session as its evidence reads it: who came, when it was held, which period its organisme answers for."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from lms.organisations.queries import today
from parcours.classroom.models import Registration, Session

BEFORE, AFTER = datetime.timedelta(days=365), datetime.timedelta(days=90)


@dataclass
class Case:
    session: Session

    @cached_property
    def registrations(self) -> list[Registration]:
        """Those who hold their seat to the end: whoever left for another session belongs to its evidence."""
        found = Registration.objects.filter(session=self.session, state=Registration.State.REGISTERED)
        related = ("person", "employer", "enrolment__edition", "enrolment__person", "enrolment__progress")
        found = found.select_related(*related).defer("enrolment__edition__content")
        return list(found.order_by("person__last_name", "person__first_name", "pk"))

    @cached_property
    def people(self):
        return [one.person for one in self.registrations]

    @property
    def organisation(self):
        return self.session.organisation

    @property
    def issuer(self):
        return str(self.organisation)

    @property
    def first_day(self) -> datetime.date:
        return self.session.starts_at.astimezone(self.session.tzinfo).date()

    @property
    def last_day(self) -> datetime.date:
        return self.session.ends_at.astimezone(self.session.tzinfo).date()

    @property
    def since(self) -> datetime.date:
        return self.first_day - BEFORE

    @property
    def until(self) -> datetime.date:
        return min(self.last_day + AFTER, today())

    @cached_property
    def trainers(self):
        found = {one.pk: one for half_day in self.session.half_days.all() for one in half_day.trainers.all()}
        return list(found.values())

    def others(self, person) -> list[tuple[str, str]]:
        """The names to mask in what one person wrote or was answered."""
        return [(one.first_name, one.last_name) for one in self.people if one.pk != person.pk]


def case_of(session_pk) -> Case:
    return Case(Session.objects.for_page().select_related("edition").get(pk=session_pk))
