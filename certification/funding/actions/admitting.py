"""What differs of a file as a whole, and that the rules of an OPCO allow, passes with the sentence of an officer."""

from django.db import transaction
from django.utils import timezone

from certification.funding.actions.checking import recheck
from certification.funding.actions.refusals import held, refuse_if
from certification.funding.documents.comparison import comparison_of, due_of
from certification.funding.lifecycle import State
from certification.funding.models import Demande
from certification.funding.permissions import conflict_of
from lms.kernel.journal import record

JUDGED_IN = (State.SERVICE, State.VALIDATED)
NOT_NOW = "Un écart s’admet entre la déclaration de service fait et le paiement : rechargez la page."
NOTHING = "Aucun écart de ce dossier ne peut être admis : rechargez la page."
NO_NOTE = "Dites en une phrase pourquoi cet écart est admis."


@transaction.atomic
def admit(demande, *, note, by) -> Demande:
    """Let pass what may be judged now; it is to judge again once the amount changes."""
    locked = held(demande)
    refuse_if(conflict_of(by, locked))
    refuse_if("" if locked.state in JUDGED_IN else NOT_NOW)
    found = comparison_of(locked)
    refuse_if("" if found.to_judge else NOTHING)
    refuse_if("" if note.strip() else NO_NOTE)
    keys = sorted(one.key for one in (*found.admitted, *found.to_judge))
    locked.admitted, locked.admitted_note = ",".join(keys), note.strip()[:300]
    locked.admitted_by, locked.admitted_at = by, timezone.now()
    if locked.state == State.VALIDATED:
        locked.due_amount = due_of(locked, comparison_of(locked)) or locked.due_amount
    locked.save(update_fields=["admitted", "admitted_note", "admitted_by", "admitted_at", "due_amount"])
    record("funding.admit", locked, by=by, after={"findings": keys})
    return recheck(locked)
