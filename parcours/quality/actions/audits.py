"""An auditor is let in: one session or a draw, until a day, read-only; every page read leaves a line."""

from django.db import transaction
from django.utils import timezone

from lms.kernel import grants
from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.organisations.queries import today
from parcours.classroom.models import Session
from parcours.quality.engine.sampling import draw
from parcours.quality.models import AuditAccess, AuditView

AUDITING = grants.define("quality.audit", "lire les preuves de sessions, pour un audit")
DRAWN = "Le tirage est déjà fait : les sessions ne changent plus."
EMPTY = "Aucune session n’a été tenue dans cette période : demandez une autre période à l’organisme."
NOT_OWN = "Cette session n’est pas de votre organisme."


@transaction.atomic
def give_audit(
    organisation, *, name, email, until, session=None, period=None, size=None, indicators=(), by
) -> AuditAccess:
    """Open one session, or so many to be drawn from a period; the link leaves by mail when an address is given.

    `indicators`: the numbers of those to open, all when there is none.
    """
    if session and session.organisation_id != organisation.pk:
        raise TransitionRefused([NOT_OWN])
    since, last = period or (None, None)
    access = AuditAccess.objects.create(
        organisation=organisation,
        name=name,
        email=email,
        given_by=by,
        until=until,
        period_from=since,
        period_until=last,
        sample_size=size,
        indicators=list(indicators),
    )
    if session:
        access.sessions.add(session)
    days = (until - today()).days + 1
    access.grant = grants.give(AUDITING, person=None, by=by, days=days, object_ids=[access.pk])
    access.save(update_fields=["grant"])
    told = {"organisation": organisation.pk, "session": session and session.pk, "size": size, "until": until}
    told["indicators"] = access.indicators
    record("quality.give_audit", access, by=by, after=told)
    post("quality.send_audit_link", access.pk, key=f"quality.send_audit_link:{access.pk}")
    return access


@transaction.atomic
def draw_sessions(access, *, word="") -> AuditAccess:
    """Drawn once, by the auditor: the seed is published, so that anybody draws the same sessions again."""
    access = AuditAccess.objects.select_for_update(no_key=True, of=("self",)).get(pk=access.pk)
    if not access.awaits_draw:
        raise TransitionRefused([DRAWN])
    held = held_sessions(access)
    if not held:
        raise TransitionRefused([EMPTY])
    access.seed = "-".join(filter(None, [access.public_id.hex, today().isoformat(), word]))
    chosen = draw(access.seed, held, access.sample_size)
    access.drawn_at, access.drawn_from = timezone.now(), len(held)
    access.save(update_fields=["seed", "drawn_at", "drawn_from"])
    access.sessions.set(held[one] for one in chosen)
    record("quality.draw_sessions", access, after={"seed": access.seed, "from": len(held), "drawn": len(chosen)})
    return access


def held_sessions(access) -> dict[str, int]:
    """Primary keys by public identifier: what the draw is made from."""
    found = Session.objects.filter(
        organisation=access.organisation_id,
        state__in=(Session.State.PUBLISHED, Session.State.CLOSED),
        starts_at__date__range=(access.period_from, access.period_until),
        starts_at__lte=timezone.now(),
    )
    return {str(public_id): pk for public_id, pk in found.values_list("public_id", "pk")}


@transaction.atomic
def revoke_audit(access, *, by) -> AuditAccess:
    access = AuditAccess.objects.select_for_update(no_key=True, of=("self",)).get(pk=access.pk)
    if access.revoked_at is None:
        access.revoked_at = timezone.now()
        access.save(update_fields=["revoked_at"])
        if access.grant_id:
            grants.revoke(access.grant, by=by)
        record("quality.revoke_audit", access, by=by)
    return access


@transaction.atomic
def note_view(access, *, what, session=None) -> AuditView:
    record("quality.audit_view", access, after={"session": session and session.pk, "what": what[:200]})
    return AuditView.objects.create(access=access, session=session, what=what[:200])
