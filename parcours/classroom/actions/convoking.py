"""A convocation says once what there is to know, and again when it has changed."""

import hashlib
import json

from django.db import transaction
from django.utils import timezone

from lms.kernel.journal import record
from lms.kernel.rules import current
from parcours.classroom.events import convoked
from parcours.classroom.lifecycle import SessionState
from parcours.classroom.models import Convocation, Registration
from parcours.classroom.models.roads import CONVOCATION_DAYS


def due_convocations(now=None):
    """Everybody whose session has come near."""
    now = now or timezone.now()
    return Registration.objects.to_convoke(now, current(CONVOCATION_DAYS.code))


@transaction.atomic
def convoke(registration) -> Convocation | None:
    """Note a convocation to send; None when it is not time yet, or when everything was told already.

    Whoever was convoked is told of a change at once, however far the session is now.
    """
    session, now = registration.session, timezone.now()
    stands = registration.state == Registration.State.REGISTERED and session.state == SessionState.PUBLISHED
    if not stands or session.starts_at <= now:
        return None
    told = registration.convocations.exists()
    if not told and (session.starts_at - now).days >= current(CONVOCATION_DAYS.code):
        return None
    convocation, new = Convocation.objects.get_or_create(registration=registration, digest=digest_of(session))
    if not new:
        return None
    record("classroom.convoke", registration, after={"convocation": convocation.pk, "again": told})
    convoked.send(sender=Registration, registration=registration)
    return convocation


def digest_of(session) -> str:
    """Of what a convocation tells: when, where, by which link, what to bring."""
    half_days = [
        [one.starts_at.isoformat(), one.ends_at.isoformat(), one.room_id, one.link] for one in session.half_days.all()
    ]
    return hashlib.sha256(json.dumps([half_days, session.practical]).encode()).hexdigest()
