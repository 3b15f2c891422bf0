from django.db.models import Count, Q, QuerySet

from certification.habilitation.lifecycle import CONFIRMED, NOBODY_YET, REACHED, FileState
from lms.organisations.lifecycle import NATIONAL_ROLES, Role


class HabilitationQuerySet(QuerySet):
    def visible_to(self, person):
        """Own ones; those of a structure one answers for; all of them for ANCT."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        held = person.memberships.active()
        if person.is_superuser or held.filter(role__in=NATIONAL_ROLES).exists():
            return self
        answered = held.filter(role=Role.STRUCTURE_REFERENT).values("organisation")
        return self.filter(Q(person=person) | Q(organisation__in=answered))

    def reached(self):
        return self.filter(step__in=REACHED)

    def for_list(self):
        return self.select_related("person", "organisation__departement__region")


class FactQuerySet(QuerySet):
    def standing(self):
        """Those that nobody withdrew."""
        return self.filter(withdrawn_at=None)

    def counting(self):
        """Those the rule reads: confirmed, and not merely the declaration that a file has answered since."""
        return self.standing().filter(standing__in=CONFIRMED, answered_by=None)


class ImportedFileQuerySet(QuerySet):
    def done(self):
        return self.filter(state=FileState.DONE)


class ImportedLineQuerySet(QuerySet):
    def to_decide(self):
        return self.filter(outcome__in=NOBODY_YET, decided_at=None)

    def by_outcome(self) -> dict:
        return dict(self.order_by("outcome").values_list("outcome").annotate(Count("pk")))
