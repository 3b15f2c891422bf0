from django.utils import timezone

from lms.kernel import formats
from lms.kernel.mail import post_mail
from lms.kernel.models.paper import Paper, RevocationReason

from .kinds import kind_of
from .lifecycle import LIFECYCLE

BODY = """Bonjour,

Un document qui vous avait été délivré a été révoqué le {day} : {label}, numéro {number}.
Motif : {reason}.

Il ne doit plus être présenté. Sa page de vérification le dit à toute personne qui la consulte :
{address}

Si vous pensez qu’il s’agit d’une erreur, écrivez à l’organisme qui l’avait délivré{issuer}."""


def revoke(paper: Paper, *, by, reason: str) -> Paper:
    """Withdraw a sealed paper for one of the public reasons; its holder is told by mail.

    Raises TransitionRefused when it is not valid any more, ValueError for another reason.
    """
    reason = RevocationReason(reason)
    with LIFECYCLE.moving(paper, "revoke_paper", by=by, after={"reason": reason.value}) as locked:
        locked.revoked_at, locked.revocation_reason = timezone.now(), reason
        _tell_the_holder(locked)
    return locked


def _tell_the_holder(paper):
    if paper.person is None or not paper.person.email:
        return
    kind = kind_of(paper)
    post_mail(
        to=paper.person.email,
        subject=f"Document {paper.number} révoqué",
        body=BODY.format(
            label=kind.label.lower(),
            number=paper.number,
            day=formats.date_long(paper.revoked_on),
            reason=paper.get_revocation_reason_display(),
            address=paper.verification_url,
            issuer=f", {paper.organisation}" if paper.organisation else "",
        ),
        reason="Vous recevez ce message parce que ce document vous avait été délivré.",
        key=f"kernel.paper_revoked:{paper.pk}",
    )
