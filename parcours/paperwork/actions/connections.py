from django.db import transaction
from django.utils import timezone

from lms.kernel.lifecycle import TransitionRefused
from parcours.paperwork.actions.issuing import issue, refuse_if, standing
from parcours.paperwork.actions.signing import sign
from parcours.paperwork.documents import connections, kinds
from parcours.paperwork.documents.mentions import mentions_refusals
from parcours.paperwork.documents.pieces import cited, digest
from parcours.paperwork.lifecycle import Party

NOTHING_ONLINE = "Cette session n’a pas de partie en ligne, ou aucune étape n’est encore ouverte."
SIGNED_ALREADY = "Vous avez déjà signé ce relevé, et rien n’a changé depuis."
CHANGED = "Le relevé a changé depuis que cette page est ouverte : relisez-le, puis signez."


def connections_refusals(registration) -> list[str]:
    if registration.enrolment is None or not registration.enrolment.activities.exists():
        return [NOTHING_ONLINE]
    return mentions_refusals(registration.session.organisation, kinds.CONNECTIONS)


@transaction.atomic
def sign_connections(registration, *, by, read, factor=""):
    """The person trained signs what they have just read (`read`: its digest); what changed since makes a new one.

    Raises TransitionRefused.
    """
    refuse_if(connections_refusals(registration))
    session, at = registration.session, timezone.now()
    content = connections.connections_content(registration)
    if digest(content) != read:
        raise TransitionRefused([CHANGED])
    before = standing(session, kinds.CONNECTIONS, registration=registration)
    if before and before.signatures.filter(sha256=read).exists():
        raise TransitionRefused([SIGNED_ALREADY])
    signed = connections.signed_connections(registration, content, at=at)
    about = {"registration": registration}
    if before:
        reason = "d’autres étapes ont été suivies depuis."
        signed, about = signed | {"cites": cited(before.paper, reason)}, about | {"replaces": before, "reason": reason}
    rank = session.session_papers.of_kind(kinds.CONNECTIONS.code).filter(registration=registration).count() + 1
    key = connections.connections_key(registration, rank)
    row = issue(kinds.CONNECTIONS, session, key=key, content=signed, by=by, person=registration.person, **about)
    told = {"statement": connections.STATEMENT, "sha256": read, "factor": factor, "at": at}
    sign(row, Party.LEARNER, by=by, name=registration.person.full_name, role="stagiaire", **told)
    return row
