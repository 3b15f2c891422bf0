"""Nobody answers for the papers of an organisme without a responsable de formation: it is said before they are due."""

from lms.organisations.lifecycle import Role
from lms.organisations.models import Membership
from parcours.classroom.lifecycle import SessionState

BEFORE = (
    "{organisation} n’a pas de responsable de formation\u00a0: à la fin de la session, les certificats de réalisation "
    "ne seront pas délivrés. L’administration nationale peut en nommer un\u00a0; ils se délivreront alors d’eux-mêmes."
)
AFTER = (
    "Les certificats de réalisation de cette session attendent\u00a0: {organisation} n’a pas de responsable de "
    "formation. L’administration nationale est prévenue\u00a0; dès qu’elle en nomme un, ils se délivrent d’eux-mêmes."
)


def remarks_of(session) -> list[str]:
    if session.state not in (SessionState.PUBLISHED, SessionState.CLOSED) or is_answered_for(session.organisation):
        return []
    if session.state == SessionState.PUBLISHED:
        return [BEFORE.format(organisation=session.organisation)]
    return [] if session.batches.exists() else [AFTER.format(organisation=session.organisation)]


def is_answered_for(organisation) -> bool:
    """Somebody there holds the role today, and may sign in."""
    return Membership.objects.recipients(Role.TRAINING_MANAGER, organisation).exists()
