"""A draft follows the edition it was drafted with, until somebody who has read what changed takes the newer one."""

from django.db import transaction

from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.classroom.actions.seating import hold
from parcours.classroom.actions.sessions import NO_SEANCE, NOT_A_DRAFT
from parcours.classroom.documents.editions import newer_edition
from parcours.classroom.lifecycle import SessionState
from parcours.classroom.models import Session

UP_TO_DATE = "Cette session suit déjà l’édition en vigueur : il n’y a rien à changer."


@transaction.atomic
def take_newer_edition(session, *, by) -> Session:
    """The dates stay; publishing says where the half-days are not those of this edition. Raises TransitionRefused."""
    session = hold(session)
    if session.state != SessionState.DRAFT:
        raise TransitionRefused([NOT_A_DRAFT])
    newer = newer_edition(session)
    if newer is None:
        raise TransitionRefused([UP_TO_DATE])
    if not newer.content.get("seances"):
        raise TransitionRefused([NO_SEANCE])
    before, session.edition = session.edition_id, newer
    session.save(update_fields=["edition"])
    record("classroom.take_edition", session, by=by, before={"edition": before}, after={"edition": newer.pk})
    return session
