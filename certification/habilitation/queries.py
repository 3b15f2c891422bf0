from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from certification.habilitation.lifecycle import (
    ACTING,
    CONFIRMED,
    NOBODY_YET,
    REACHED,
    FactKind,
    FileState,
    Origin,
    Standing,
)
from lms.kernel.access import is_signed_in
from lms.kernel.models import PreparedFileQuerySet
from lms.organisations.lifecycle import ANSWERING_ROLES, NATIONAL_ROLES, Role
from lms.organisations.models import Membership
from lms.organisations.permissions import active_memberships

TEACHING_ROLES = (Role.TRAINER, Role.TRAINING_MANAGER)


class HabilitationQuerySet(QuerySet):
    def visible_to(self, person):
        """Own ones; those of a structure one answers for; of people one's organisme trained; all of them for ANCT."""
        if not is_signed_in(person):
            return self.none()
        if person.is_superuser or any(one.role in NATIONAL_ROLES for one in active_memberships(person)):
            return self
        held = person.memberships.active()
        answered = held.filter(role__in=ANSWERING_ROLES).values("organisation")
        teaching = held.filter(role__in=TEACHING_ROLES).values("organisation")
        return self.filter(Q(person=person) | Q(organisation__in=answered) | Q(training_organisation__in=teaching))

    def reached(self):
        return self.filter(step__in=REACHED)

    def with_last_day(self):
        """`last_day`: of whoever is employed there no more; none for whoever stays, or whose employment is unknown."""
        here = Membership.objects.filter(person=OuterRef("person"), organisation=OuterRef("organisation"))
        return self.annotate(last_day=Subquery(here.last_days()[:1]))

    def for_list(self):
        return self.select_related("person", "organisation__departement__region")

    def for_page(self):
        return self.for_list().with_last_day().select_related("training_organisation", "follows__organisation")


class FactQuerySet(QuerySet):
    def visible_to(self, person):
        """One's own and those one declared; those one's organisme noted; all of them for ANCT."""
        if not is_signed_in(person):
            return self.none()
        held = person.memberships.active()
        if person.is_superuser or held.filter(role__in=NATIONAL_ROLES).exists():
            return self
        homes = held.filter(role=Role.TRAINING_MANAGER).values("organisation")
        noted = Q(training_organisation__in=homes, origin=Origin.PERSON)
        return self.filter(Q(person=person) | Q(declared_by=person) | noted)

    def waiting(self):
        """Declared, that nobody has confirmed, set aside or taken back; the oldest first."""
        return self.standing().filter(standing=Standing.DECLARED, answered_by=None).order_by("declared_at", "pk")

    def noted_by(self, organisation):
        """The presences an organisme said by itself, the latest first."""
        found = self.filter(training_organisation=organisation, kind=FactKind.TRAINING, origin=Origin.PERSON)
        return found.order_by("-declared_at", "-pk")

    def for_page(self):
        return self.select_related(
            "person", "habilitation__organisation", "training_organisation", "file", "declared_by", "decided_by"
        )

    def standing(self):
        """Those that nobody withdrew."""
        return self.filter(withdrawn_at=None)

    def counting(self):
        """Those the rule reads: confirmed, and not merely the declaration that a file has answered since."""
        return self.standing().filter(standing__in=CONFIRMED, answered_by=None)


class DepositQuerySet(QuerySet):
    """Files that came in or went out, each kept for an organisation."""

    def visible_to(self, person):
        """All of them for ANCT; for an organisme, its own."""
        if not is_signed_in(person):
            return self.none()
        held = person.memberships.active()
        if person.is_superuser or held.filter(role__in=NATIONAL_ROLES).exists():
            return self
        return self.filter(organisation__in=held.filter(role=Role.TRAINING_MANAGER).values("organisation"))


class ImportedFileQuerySet(DepositQuerySet):
    def done(self):
        return self.filter(state=FileState.DONE)

    def for_list(self):
        return self.select_related("organisation", "received_by")

    def for_page(self):
        return self.select_related("organisation", "received_by", "confirmed_by")


class ImportedLineQuerySet(QuerySet):
    def to_decide(self):
        return self.filter(outcome__in=NOBODY_YET, decided_at=None)

    def recorded(self):
        """Of files whose other lines were recorded: only then does somebody look at what is left."""
        return self.filter(file__state=FileState.DONE)

    def asked_by_others(self, file):
        """Of the other recorded files of this nature, for the same organisation: what waits, or was decided."""
        asked = Q(outcome__in=NOBODY_YET) | Q(decided_at__isnull=False)
        files = Q(file__kind=file.kind, file__organisation=file.organisation_id)
        recorded = Q(file__state__in=(FileState.RUNNING, FileState.DONE))
        return self.filter(asked, files, recorded).exclude(file=file.pk).select_related("file").order_by("pk")

    def naming(self, person, addresses):
        """Those matched with somebody, and those that bear one of these addresses without being matched."""
        named = Q(person=person)
        for address in addresses:
            named |= Q(person=None, values__email__iexact=address)
        return self.filter(named)

    def pending(self):
        """Those that would still do something, or that wait for somebody."""
        acting = Q(outcome__in=ACTING, is_done=False, file__state__in=(FileState.CHECKED, FileState.RUNNING))
        return self.filter(acting | Q(outcome__in=NOBODY_YET, decided_at=None)).order_by("pk")

    def by_outcome(self) -> dict:
        return dict(self.order_by("outcome").values_list("outcome").annotate(Count("pk")))


class RefusalQuerySet(QuerySet):
    def of_one_human_being(self, digests):
        """All that was kept with one of these: the records of one person that were merged were erased together."""
        found = self.filter(digest__in=digests).values("person")
        same = Q(person__in=found) | Q(person__merged_into__in=found) | Q(person__merged_from__in=found)
        return self.filter(pk__in=self.filter(same).values("pk"))


class HandOverQuerySet(DepositQuerySet, PreparedFileQuerySet):
    def for_list(self):
        return self.without_content().select_related("by", "organisation").defer("lines_ids")
