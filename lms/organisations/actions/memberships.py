from django.contrib.auth import get_user_model
from django.db import transaction

from lms.kernel.formats import date_long
from lms.kernel.journal import record, record_many
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.actions.organisations import find_or_create_structure
from lms.organisations.events import members_added, membership_changed
from lms.organisations.lifecycle import Role, dates_in_order, may_be_given, role_fits
from lms.organisations.models import Membership
from lms.organisations.queries import today


@transaction.atomic
def add_member(person, organisation, *, role, by, starts_on=None, ends_on=None, regions=(), departements=()):
    """Give a person a role in an organisation, from a day on.

    Raises TransitionRefused when the role has no meaning there, or is already held on one of these days.
    """
    starts_on = starts_on or today()
    _hold(person)
    if refusals := membership_refusals(person, organisation, role, starts_on, ends_on):
        raise TransitionRefused(refusals)
    membership = Membership.objects.create(
        person=person, organisation=organisation, role=role, starts_on=starts_on, ends_on=ends_on
    )
    membership.perimeter_regions.add(*regions)
    membership.perimeter_departements.add(*departements)
    record("membership.opened", membership, by=by, after=_facts(membership))
    announce(membership, by=by)
    return membership


@transaction.atomic
def add_members(people, organisation, *, role, by):
    """The same for people made in this very transaction: they hold nothing that could overlap.

    Raises TransitionRefused when the role has no meaning there.
    """
    if refusal := role_fits(organisation, role) or may_be_given(role):
        raise TransitionRefused([refusal])
    memberships = Membership.objects.bulk_create(
        [Membership(person=one, organisation=organisation, role=role, starts_on=today()) for one in people],
        batch_size=500,
    )
    record_many("membership.opened", memberships, by=by, after=_facts)
    members_added.send(sender=Membership, memberships=memberships, by=by)
    return memberships


def membership_refusals(person, organisation, role, starts_on, ends_on=None, *, besides=None) -> list[str]:
    """Why the role cannot be held there from that day on; `besides` is the membership being corrected, if any."""
    refusals = [role_fits(organisation, role), dates_in_order(starts_on, ends_on)]
    if not (besides and besides.pk):
        refusals.append(may_be_given(role))
    held = person.memberships.filter(organisation=organisation, role=role).overlapping(starts_on, ends_on)
    if held.exclude(pk=besides and besides.pk).exists():
        refusals.append(f"{person.full_name} est déjà {Role(role).label} de « {organisation} » sur cette période.")
    return [sentence for sentence in refusals if sentence]


@transaction.atomic
def end_membership(membership, *, by, on=None):
    """Close a membership: that day is its last."""
    _hold(membership.person)
    membership = Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    on = on or today()
    refusals = [dates_in_order(membership.starts_on, on)]
    if membership.ends_on and membership.ends_on <= on:
        refusals.append(f"Le départ est déjà enregistré : dernier jour le {date_long(membership.ends_on)}.")
    if refusals := [sentence for sentence in refusals if sentence]:
        raise TransitionRefused(refusals)
    before = _facts(membership)
    membership.ends_on = on
    membership.save(update_fields=["ends_on"])
    record("membership.ended", membership, by=by, before=before, after=_facts(membership))
    announce(membership, by=by)
    return membership


def announce(membership, *, by):
    """Tell the rooms that give access by role; in the caller's transaction."""
    membership_changed.send(sender=Membership, membership=membership, by=by)


@transaction.atomic
def declare_employer(person, *, siret, name, antenne="", departement=None, by=None):
    """Say where one works: finds the exact structure or creates it unconfirmed; saying it twice changes nothing."""
    by = by or person
    _hold(person)
    organisation = find_or_create_structure(siret=siret, name=name, antenne=antenne, departement=departement, by=by)
    membership = person.memberships.active().filter(organisation=organisation, role=Role.LEARNER).first()
    if membership is None:
        add_member(person, organisation, role=Role.LEARNER, by=by)
    elif membership.ends_on:
        _reopen(membership, by=by)
    return organisation


def _reopen(membership, *, by):
    before = _facts(membership)
    membership.ends_on = None
    membership.save(update_fields=["ends_on"])
    record("membership.reopened", membership, by=by, before=before, after=_facts(membership))
    announce(membership, by=by)


def _hold(person):
    """One change at a time to the memberships of a person: two overlapping ones cannot slip in together."""
    get_user_model().objects.select_for_update(no_key=True).get(pk=person.pk)
    person.__dict__.pop("_active_memberships", None)


def _facts(membership):
    return {
        "person": membership.person_id,
        "organisation": membership.organisation_id,
        "role": membership.role,
        "starts_on": membership.starts_on.isoformat(),
        "ends_on": membership.ends_on and membership.ends_on.isoformat(),
    }
