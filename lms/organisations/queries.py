from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from lms.kernel.access import is_signed_in
from lms.kernel.words import words_of
from lms.organisations.lifecycle import ANSWERING_ROLES, NATIONAL_ROLES, VISITING_ROLES, Kind, Role


def today() -> date:
    """The day in the organisme's zone: what is dated here does not depend on where the reader stands."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def today_for(person) -> date:
    """The last day that has begun for this person: in Nouméa it has when the organisme still sleeps."""
    return max(today(), timezone.localdate(timezone=ZoneInfo(person.time_zone)))


def _active(prefix="", on=None) -> Q:
    on = on or today()
    open_ended = Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": on})
    return Q(**{f"{prefix}starts_on__lte": on}) & open_ended


def _in_perimeter(memberships, prefix="") -> Q:
    pilots = memberships.filter(role=Role.TERRITORIAL_PILOT)
    departements = pilots.filter(perimeter_departements__isnull=False).values("perimeter_departements")
    regions = pilots.filter(perimeter_regions__isnull=False).values("perimeter_regions")
    return Q(**{f"{prefix}departement__in": departements}) | Q(**{f"{prefix}departement__region__in": regions})


class MembershipQuerySet(QuerySet):
    def visible_to(self, person):
        """One's own; those of organisations one answers for; référents of a perimeter; all for the nation."""
        if not is_signed_in(person):
            return self.none()
        own = person.memberships.active()
        if person.is_superuser or own.national().exists():
            return self
        answers_for = own.filter(role__in=ANSWERING_ROLES).values("organisation")
        return self.filter(
            Q(person=person)
            | Q(organisation__in=answers_for)
            | Q(role=Role.STRUCTURE_REFERENT) & _in_perimeter(own, "organisation__")
        )

    def active(self, on=None):
        return self.filter(_active(on=on))

    def overlapping(self, starts_on, ends_on=None):
        started = Q(starts_on__lte=ends_on) if ends_on else Q()
        return self.filter(started, Q(ends_on=None) | Q(ends_on__gte=starts_on))

    def national(self):
        return self.filter(role__in=NATIONAL_ROLES)

    def employing(self):
        """An auditor or a member of a jury visits; all others are employed where they hold a role."""
        return self.exclude(role__in=VISITING_ROLES)

    def staying(self):
        """Employed there today and after: whoever is on their last day is leaving."""
        return self.employing().active().exclude(ends_on=today())

    def last_days(self):
        """Of those that have begun, the last days of employment, the furthest first: none at all comes before."""
        begun = self.employing().filter(starts_on__lte=today()).order_by(F("ends_on").desc(nulls_first=True))
        return begun.values("ends_on")

    def matching(self, text):
        """Every word of a search, in the name or the address of the person."""
        found = self
        for word in text.casefold().split()[:6]:
            said = Q(*(("person__name_key__contains", part) for part in words_of(word)))
            found = found.filter(Q(person__email__contains=word) | said if said else Q(person__email__contains=word))
        return found

    def recipients(self, role, organisation=None):
        """The people who hold this role today, there or anywhere, and read messages."""
        held = self.active().filter(role=role)
        held = held if organisation is None else held.filter(organisation=organisation)
        people = self.model._meta.get_field("person").related_model.objects
        return people.filter(memberships__in=held, is_active=True, email__isnull=False).distinct().order_by("pk")

    def for_list(self):
        return self.select_related("person", "organisation__departement__region")

    def by_person(self, people):
        """Pairs of a person and their memberships, in the order of the people; one query."""
        held = {person.pk: [] for person in people}
        for membership in self.filter(person__in=held).select_related("organisation").order_by("starts_on", "pk"):
            held[membership.person_id].append(membership)
        return [(person, held[person.pk]) for person in people]


class OrganisationQuerySet(QuerySet):
    def visible_to(self, person):
        """The union of what the person's active memberships open: own organisations, a perimeter, or everything."""
        if not is_signed_in(person):
            return self.none()
        own = person.memberships.active()
        if person.is_superuser or own.national().exists():
            return self
        return self.filter(Q(pk__in=own.values("organisation")) | _in_perimeter(own))

    def employers_of(self, person, on=None):
        """Where the person works on that day: in those that stand."""
        held = person.memberships.active(on).employing().values("organisation")
        return self.filter(pk__in=held, merged_into=None)

    def answered_for_by(self, person):
        """Those that stand: somebody may still belong to one that was merged into another they belong to."""
        answering = person.memberships.active().filter(role__in=ANSWERING_ROLES)
        return self.filter(pk__in=answering.values("organisation"), merged_into=None)

    def known_as(self, public_id):
        """By its own address, or by that of one merged into it since: an older link still leads there."""
        merged = self.model.objects.filter(Q(public_id=public_id) | Q(merged_from__public_id=public_id))
        return self.filter(Q(public_id=public_id) | Q(pk__in=merged.values("merged_into")))

    def structures(self):
        """Those that stand: one merged into another is found under the other."""
        return self.filter(kind=Kind.STRUCTURE, merged_into=None)

    def matching(self, text):
        """Every word of a search, in the name, the town or an identifier."""
        found = self
        for word in text.split()[:6]:
            numbered = Q(siret__startswith=word) | Q(data_pass_id=word.lstrip("0"))
            said = Q(*(("search_key__contains", part) for part in words_of(word)))
            found = found.filter(numbered | said if said else numbered)
        return found

    def filtered(self, *, campagne=None, q="", region=None, departement=None, type=None, vague=""):
        found = self.matching(q)
        if region:
            found = found.filter(departement__region=region)
        if departement:
            found = found.filter(departement=departement)
        if type:
            found = found.filter(structure_type=type)
        if vague:
            found = found.filter(
                departement__region__waves__campagne=campagne, departement__region__waves__number=vague
            )
        return found

    def with_wave(self, campagne):
        """Annotates `wave_number`: the wave of its region in that campagne, None when it has none."""
        region = self.model._meta.get_field("departement").related_model._meta.get_field("region").related_model
        wave = region.objects.filter(pk=OuterRef("departement__region"), waves__campagne=campagne)
        return self.annotate(wave_number=Subquery(wave.values("waves__number")[:1]))

    def for_list(self):
        return self.select_related("departement__region", "structure_type").order_by("name", "antenne", "pk")


class CampagneQuerySet(QuerySet):
    def current(self, on=None):
        on = on or today()
        return self.filter(closed=False, starts_on__lte=on, ends_on__gte=on)


class WaveQuerySet(QuerySet):
    def of(self, organisation, campagne):
        """The wave of an organisation is a function of its region; none overseas outside the regions, none unknown."""
        if not organisation.departement_id:
            return self.none()
        return self.filter(campagne=campagne, regions__departements=organisation.departement_id)
