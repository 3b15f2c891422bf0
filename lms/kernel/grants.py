"""Links that open one thing, to whoever holds them, until a date: a calendar to read, reminders to stop.

A room defines its scopes, gives a grant, and opens a view with `use`; nobody signs in: a scope opens one thing only.
"""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from lms.kernel.journal import record
from lms.kernel.models.grant import Grant, hash_of

NOTED_EVERY = datetime.timedelta(hours=1)
SCOPES: dict[str, str] = {}


class GrantRefused(Exception):
    """The link is unknown, over, or was withdrawn; nothing says which to who holds it."""


def define(scope: str, label: str) -> str:
    """Declare once what links of this scope open. `label` is French, lower case; returns the scope."""
    if SCOPES.setdefault(scope, label) != label:
        raise ValueError(f"Scope {scope} is defined twice")
    return scope


@transaction.atomic
def give(scope, *, person, by, days, object_ids=()) -> Grant:
    """A link of this scope, for so many days. Its `token` goes into the address."""
    if scope not in SCOPES:
        raise LookupError(f"No scope is named {scope}")
    ends = timezone.now() + datetime.timedelta(days=days)
    grant = Grant.objects.create(scope=scope, person=person, object_ids=list(object_ids), expires_at=ends)
    record("kernel.give_grant", grant, by=by, after={"scope": scope, "object_ids": grant.object_ids, "days": days})
    return grant


def current(scope, *, person, object_ids=()) -> Grant | None:
    """The link of this scope that stands, the last given first."""
    standing = Grant.objects.standing().filter(scope=scope, person=person)
    return next((one for one in standing if one.object_ids == list(object_ids) and one.token), None)


def use(token, scope) -> Grant:
    """What this token opens, noting that it was used. Raises GrantRefused."""
    now = timezone.now()
    grant = Grant.objects.standing(now).select_related("person").filter(token_hash=hash_of(token), scope=scope).first()
    if grant is None:
        raise GrantRefused
    long_ago = Q(last_used_at=None) | Q(last_used_at__lt=now - NOTED_EVERY)
    Grant.objects.filter(long_ago, pk=grant.pk).update(last_used_at=now)
    return grant


@transaction.atomic
def revoke(grant, *, by) -> Grant:
    """Withdraw a link; one that was withdrawn already stays as it was."""
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    if grant.revoked_at is None:
        grant.revoked_at = timezone.now()
        grant.save(update_fields=["revoked_at"])
        record("kernel.revoke_grant", grant, by=by, after={"scope": grant.scope})
    return grant


def forget(person) -> None:
    """Links of somebody whose account is erased open nothing and are kept no longer."""
    Grant.objects.filter(person=person).delete()
