"""Whose opinion of a session is asked: trainees, those who employ them, those who pay, those who teach."""

from collections.abc import Iterable
from dataclasses import dataclass

from lms.accounts.models import Person
from lms.organisations.lifecycle import Role
from lms.organisations.models import Membership
from parcours.classroom.lifecycle import Audience as Asked
from parcours.classroom.models import Registration, Survey
from parcours.quality.lifecycle import Audience
from parcours.quality.models import Abandonment


@dataclass(frozen=True)
class Recipient:
    """`code` makes the request once in a session: the same person or body is never asked twice."""

    code: str
    email: str
    name: str
    person: Person | None = None


def recipients_of(session, audience) -> list[Recipient]:
    return [one for one in FINDERS[audience](session) if one.email]


def trainees(session) -> Iterable[Recipient]:
    """Those who came to the end: somebody who gave up said why already."""
    seated = Registration.objects.filter(session=session, state=Registration.State.REGISTERED)
    gone = Abandonment.objects.standing().filter(parcours=session.parcours_id).values("person")
    found = seated.exclude(person__in=gone).select_related("person").order_by("pk")
    return [_person(one.person) for one in found if one.person.is_active]


def employers(session) -> Iterable[Recipient]:
    """One answer a structure: its référent, or else its own address."""
    seated = Registration.objects.filter(session=session, state=Registration.State.REGISTERED)
    organisations = {one.employer_id: one.employer for one in seated.select_related("employer").order_by("pk")}
    held = Membership.objects.active().filter(organisation__in=organisations, role=Role.STRUCTURE_REFERENT)
    referents = {}
    for membership in held.select_related("person").order_by("-pk"):
        referents[membership.organisation_id] = membership.person
    for pk, organisation in organisations.items():
        person = referents.get(pk)
        email = (person and person.email) or organisation.email
        yield Recipient(f"structure-{pk}", email, str(organisation), person)


def trainers(session) -> Iterable[Recipient]:
    found = Person.objects.known().filter(half_days__session=session).distinct().order_by("pk")
    return [_person(one) for one in found]


def funders(session) -> Iterable[Recipient]:
    """Whoever pays, at the address where their need was asked."""
    found = Survey.objects.filter(session=session, audience=Asked.PAYER).select_related("employer", "person")
    for one in found.order_by("pk"):
        yield Recipient(f"financeur-{one.employer_id}", one.email, f"Financeur de {one.employer}", one.person)


FINDERS = {
    Audience.TRAINEE: trainees,
    Audience.EMPLOYER: employers,
    Audience.FUNDER: funders,
    Audience.TEAM: trainers,
}


def _person(person) -> Recipient:
    return Recipient(f"personne-{person.pk}", person.email or "", person.full_name, person)
