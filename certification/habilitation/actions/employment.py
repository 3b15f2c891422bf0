"""Whoever leaves a structure leaves its way, and takes it up again once back; training and test Pix stay theirs."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from certification.habilitation.actions.facts import locked
from certification.habilitation.actions.habilitations import come_back, leave
from certification.habilitation.lifecycle import ExitReason, Step
from certification.habilitation.models import Habilitation
from lms.kernel.jobs import post
from lms.organisations.models import Membership
from lms.organisations.queries import today

JOB = "habilitation.follow_employment"


def follow_employment(membership, *, by=None):
    """What this person's memberships in this structure mean for their habilitation there, today and later."""
    locked([membership.person_id])
    one = Habilitation.objects.filter(person=membership.person_id, organisation=membership.organisation_id).first()
    if one is None:
        return
    _follow_later(membership, by)
    held = _employment(membership)
    last = held.last_days().first()
    if held.staying().exists():
        if _is_over(one, membership):
            come_back(one, by=by)
    elif last and not one.exit_step:
        leave(one, Step.LEFT, ExitReason.DEPARTURE, on=last["ends_on"], by=by)


@transaction.atomic
def catch_up_departures() -> int:
    """Note those of before, once: whoever was taken up again since is left there. How many ways out."""
    held = Membership.objects.filter(person=OuterRef("person"), organisation=OuterRef("organisation"))
    followed = Habilitation.objects.filter(Exists(held.employing().filter(ends_on__lt=today())), exit_step="")
    found = list(followed.exclude(moves__reason=ExitReason.DEPARTURE).order_by("person", "pk"))
    for one in found:
        follow_employment(one.person.memberships.filter(organisation=one.organisation_id).latest("starts_on"))
    return Habilitation.objects.filter(pk__in=[one.pk for one in found], exit_reason=ExitReason.DEPARTURE).count()


def told_of_departure(membership) -> list[str]:
    """What whoever notes a departure is told beforehand; nothing when no habilitation is followed there."""
    followed = Habilitation.objects.filter(person=membership.person_id, organisation=membership.organisation_id)
    if not followed.filter(exit_step="").exists():
        return []
    if _employment(membership).exclude(pk=membership.pk).staying().exists():
        return []
    return [
        "Une habilitation est suivie pour cette structure : une sortie « départ de la structure » y sera notée à "
        "cette date. La formation et le test Pix restent à la personne ; un retour rouvre le suivi."
    ]


def _employment(membership):
    """All that this person ever was in this structure."""
    return Membership.objects.filter(person=membership.person_id, organisation=membership.organisation_id)


def _follow_later(membership, by):
    """A first day to come, or the day after a last day to come."""
    days = [membership.starts_on]
    if membership.ends_on and membership.ends_on > today():
        days.append(membership.ends_on + timedelta(days=1))
    for day in days:
        if day > today():
            post(JOB, membership.pk, by.pk if by else 0, key=f"{JOB}:{membership.pk}:{day}", due_at=_morning(day))


def _is_over(one, membership):
    """A departure is, once the person is back; noted by hand, once somebody gave a role anew after it."""
    by_hand = one.exit_reason == ExitReason.JOB_LEFT and membership.starts_on > one.exited_on
    return one.exit_reason == ExitReason.DEPARTURE or by_hand


def _morning(day):
    return datetime.combine(day, time(0, 5), tzinfo=timezone.get_default_timezone())
