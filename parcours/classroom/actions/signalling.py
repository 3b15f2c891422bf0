"""Somebody found no session: kept as unserved demand, told once when one opens nearby, forgotten after a year."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lms.accounts.engine.addresses import normalise_email
from lms.kernel import grants
from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.organisations.engine.neighbours import around
from parcours.classroom.lifecycle import Modality
from parcours.classroom.models import SignalledNeed

STOP = grants.define("classroom.stop_need", "ne plus être prévenu d’une session")
KEPT_DAYS = 365


@transaction.atomic
def signal_need(*, email, parcours, departement, people=1, structure="", person=None) -> SignalledNeed:
    """Keep a need; the same one said again is corrected and starts again, and nobody learns that it was known."""
    values = {"people": people, "structure": structure[:200], "created_at": timezone.now()}
    if person:
        values["person"] = person
    need, new = SignalledNeed.objects.update_or_create(
        email=normalise_email(email),
        parcours=parcours,
        departement=departement,
        defaults=values | {"warned_at": None, "warned_of": None, "stopped_at": None},
    )
    after = {"parcours": parcours.pk, "departement": departement.pk, "people": people, "again": not new}
    record("classroom.signal_need", need, by=person, after=after)
    return need


@transaction.atomic
def warn_of(session) -> int:
    """Note who is to be told that this session opens, each once; how many. A remote one serves every département."""
    needs = SignalledNeed.objects.waiting().filter(parcours=session.parcours_id)
    if session.modality != Modality.REMOTE and session.departement_id:
        needs = needs.filter(departement__in=around(session.departement_id))
    found = list(needs.select_for_update(of=("self",), no_key=True).order_by("pk"))
    for need in found:
        need.warned_at, need.warned_of = timezone.now(), session
        post("classroom.warn_need", need.pk, key=f"classroom.warn_need:{need.pk}:{session.pk}")
    SignalledNeed.objects.bulk_update(found, ["warned_at", "warned_of"])
    return len(found)


@transaction.atomic
def stop_need(need) -> SignalledNeed:
    """Never write again about this need; said twice, it changes nothing."""
    if need.stopped_at is None:
        need.stopped_at = timezone.now()
        need.save(update_fields=["stopped_at"])
        record("classroom.stop_need", need)
    return need


def stop_link_of(need) -> grants.Grant:
    standing = grants.current(STOP, person=need.person, object_ids=[need.pk])
    return standing or grants.give(STOP, person=need.person, by=None, days=KEPT_DAYS, object_ids=[need.pk])


def forget_needs() -> None:
    SignalledNeed.objects.outlived(timezone.now() - timedelta(days=KEPT_DAYS)).delete()
