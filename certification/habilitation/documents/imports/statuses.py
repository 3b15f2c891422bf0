"""Of a request, nothing but an eligible status says that somebody is eligible."""

from certification.habilitation.lifecycle import ELIGIBLE_STATUSES, ExternalStatus, FactKind
from lms.kernel.formats import NBSP
from lms.organisations.models.organisation import match_key

STATUSES = {match_key(told): one.value for one in ExternalStatus for told in (one.value, one.label)}
NO_STATUS = "Ni la ligne ni le dépôt ne disent le statut de la demande : aucune éligibilité n’en est tirée."


def read_status(said, of_file: str) -> list[str]:
    """Put the status of the line, or else of its file, into our words; what is to be known of it."""
    told = said.status or of_file
    said.status = STATUSES.get(match_key(told), "")
    if said.status not in ELIGIBLE_STATUSES:
        said.facts = [one for one in said.facts if one.kind != FactKind.ELIGIBILITY]
    if not told:
        return [NO_STATUS]
    return [] if said.status else [f"Le statut «{NBSP}{told[:40]}{NBSP}» n’est pas connu : il n’est pas repris."]
