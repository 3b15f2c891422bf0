"""An organisme de formation says which Qualiopi certificate and declaration of activity it has, and for how long."""

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from certification.funding.actions.refusals import refuse_if
from certification.funding.models import Credential
from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.organisations.lifecycle import Kind

NOT_TRAINING = "Cette organisation n’est pas un organisme de formation."
OUT_OF_ORDER = "La fin de validité précède son début : corrigez l’une des deux dates."
GONE = "Ce justificatif est déjà retiré."


@transaction.atomic
def record_credential(organisation, *, kind, number, starts_on, by, ends_on=None, issuer="", file=None) -> Credential:
    """`file`: a CheckedFile."""
    refuse_if("" if organisation.kind == Kind.TRAINING else NOT_TRAINING)
    refuse_if(OUT_OF_ORDER if ends_on and ends_on < starts_on else "")
    found = Credential(
        organisation=organisation,
        kind=kind,
        number=number.strip(),
        issuer=issuer.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_by=by,
    )
    if file is not None:
        found.sha256 = hashlib.sha256(file.data).hexdigest()
        found.file.save(f"{uuid.uuid4()}.pdf", ContentFile(file.data), save=False)
    found.save(force_insert=True)
    dates = {"starts_on": starts_on.isoformat(), "ends_on": ends_on and ends_on.isoformat()}
    record("funding.record_credential", found, by=by, after={"organisation": organisation.pk, "kind": kind, **dates})
    post("funding.recheck_organisation", organisation.pk, key=f"funding.recheck_organisation:{found.pk}:recorded")
    return found


@transaction.atomic
def withdraw_credential(credential, *, by) -> Credential:
    """Recorded by mistake: it counts no more, and stays in the history."""
    locked = Credential.objects.select_for_update(no_key=True).get(pk=credential.pk)
    refuse_if(GONE if locked.withdrawn_at else "")
    locked.withdrawn_at = timezone.now()
    locked.save(update_fields=["withdrawn_at"])
    record("funding.withdraw_credential", locked, by=by)
    key = f"funding.recheck_organisation:{locked.pk}:withdrawn"
    post("funding.recheck_organisation", locked.organisation_id, key=key)
    return locked
