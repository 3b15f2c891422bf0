"""A list before it is confirmed: kept line by line, checked again at each change; nobody is enrolled or written to."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from lms.accounts.permissions import is_closed_domain, is_generic_mailbox
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.models import Membership
from parcours.colleagues.engine.checking import Checks, Entry, check
from parcours.colleagues.engine.faults import FIELDS
from parcours.colleagues.lifecycle import LIST, LineStatus, ListState
from parcours.colleagues.models import EnrolmentList, Invitation, ListLine
from parcours.learning.models import Enrolment

BATCH = 500
OVER = "Cette liste n’est plus un brouillon : elle a été confirmée ou supprimée. Rechargez la page."


def draft_list(organisation, parcours, *, entries: Sequence[Entry], source, reading, by) -> EnrolmentList:
    """Keep a list that was just read, with what is wrong on each of its lines."""
    verdicts = check(entries, checks_for(organisation, parcours))
    with transaction.atomic():
        found = EnrolmentList.objects.create(
            organisation=organisation, parcours=parcours, source=source[:200], reading=reading, created_by=by
        )
        lines = (
            ListLine(enrolment_list=found, position=rank, line=entry.line, extra=entry.extra, **_kept(entry, verdict))
            for rank, (entry, verdict) in enumerate(zip(entries, verdicts, strict=True), 1)
        )
        ListLine.objects.bulk_create(lines, batch_size=BATCH)
        after = {"organisation": organisation.pk, "parcours": parcours.pk, "lines": len(entries)}
        record("colleagues.draft_list", found, by=by, after=after)
    return found


def _kept(entry, verdict) -> dict:
    return {name: getattr(entry, name) for name in FIELDS} | _judged(verdict)


def _judged(verdict) -> dict:
    return {
        "status": verdict.status.value,
        "faults": [fault.stored() for fault in verdict.faults],
        "has_warning": any(not fault.blocking for fault in verdict.faults),
    }


def checks_for(organisation, parcours) -> Checks:
    """What a dry run compares with: the rules of the site, and the people of the structure alone.

    Whether an address outside the structure has an account is not looked up: a list would be a way to ask.
    """
    members = Membership.objects.filter(organisation=organisation).active().employing()
    people = members.filter(person__email__isnull=False).select_related("person")
    enrolled = Enrolment.objects.followed().filter(parcours=parcours, person__in=members.values("person"))
    invited = Invitation.objects.waiting().filter(organisation=organisation, parcours=parcours)
    return Checks(
        valid_email=_is_valid,
        closed_domain=is_closed_domain,
        shared_mailbox=is_generic_mailbox,
        colleagues={one.person.email: one.person.full_name for one in people},
        enrolled=frozenset(enrolled.values_list("person__email", flat=True)),
        invited=frozenset(invited.values_list("person__email", flat=True)),
    )


def _is_valid(email) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


@transaction.atomic
def correct_lines(found, corrections: dict[int, dict]) -> dict[str, int]:
    """Write what was typed for some lines, by primary key: their fields, `excluded`, or `suggested` to take what is.

    Returns how many lines there are now of each status.
    """
    _hold(found)
    lines = list(found.lines.filter(pk__in=corrections))
    for line in lines:
        _write(line, corrections[line.pk])
    ListLine.objects.bulk_update(lines, [*FIELDS, "extra", "status"], batch_size=BATCH)
    return _check_again(found)


def _write(line, typed):
    before = [getattr(line, name) for name in FIELDS]
    suggested = suggestion_of(line) if typed.get("suggested") else {}
    for name in FIELDS:
        setattr(line, name, suggested.get(name, typed.get(name, getattr(line, name))))
    if before != [getattr(line, name) for name in FIELDS]:
        line.extra = ""
    line.status = LineStatus.EXCLUDED if typed.get("excluded") else LineStatus.READY


def suggestion_of(line) -> dict[str, str]:
    """The probable corrections of a line, by field."""
    return {name: value for fault in line.faults for name, value in fault["suggestion"].items()}


@transaction.atomic
def exclude_faulty(found) -> dict[str, int]:
    """Set aside every line still to correct."""
    _hold(found)
    found.lines.faulty().update(status=LineStatus.EXCLUDED, faults=[], has_warning=False)
    return _check_again(found)


@transaction.atomic
def swap_names(found) -> dict[str, int]:
    """The whole list had its first and last names the other way round."""
    _hold(found)
    found.lines.update(first_name=F("last_name"), last_name=F("first_name"))
    return _check_again(found)


@transaction.atomic
def check_again(found) -> dict[str, int]:
    """Things happen while a draft waits: somebody enrols, somebody leaves."""
    _hold(found)
    return _check_again(found)


def discard_list(found, *, by=None):
    """Forget a draft: its lines go, by hand or after a month."""
    with LIST.moving(found, "expire_list", by=by) as locked:
        locked.lines.all().delete()
        locked.source, locked.forgotten_at = "", timezone.now()
    return locked


def _hold(found):
    """One change at a time to a list. Raises TransitionRefused when it is no draft any more."""
    held = EnrolmentList.objects.select_for_update(no_key=True).filter(pk=found.pk, state=ListState.DRAFT)
    if not held.update(touched_at=timezone.now()):
        raise TransitionRefused([OVER])


def _check_again(found) -> dict[str, int]:
    lines = list(found.lines.order_by("position"))
    verdicts = check([_entry_of(line) for line in lines], checks_for(found.organisation, found.parcours))
    changed = [line for line, verdict in zip(lines, verdicts, strict=True) if _differs(line, _judged(verdict))]
    ListLine.objects.bulk_update(changed, ["status", "faults", "has_warning"], batch_size=BATCH)
    return found.lines.by_status()


def _entry_of(line) -> Entry:
    values = {name: getattr(line, name) for name in (*FIELDS, "extra")}
    return Entry(line=line.line, excluded=line.status == LineStatus.EXCLUDED, **values)


def _differs(line, judged) -> bool:
    different = any(getattr(line, name) != value for name, value in judged.items())
    for name, value in judged.items():
        setattr(line, name, value)
    return different
