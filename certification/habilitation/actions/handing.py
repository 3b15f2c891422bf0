"""A file is handed to another service: made, counted, its print kept; never without a line in the log."""

import hashlib
import io

from django.db import transaction

from certification.habilitation.documents.handing import EXPORTS, lines_of
from certification.habilitation.models import HandOver
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.tables import write

NOTHING = "Ce fichier serait vide : il n’y a aucune ligne à remettre pour l’instant."


@transaction.atomic
def hand_over(kind, *, form, by, organisation, only_new=False) -> tuple[HandOver, bytes]:
    """The file, and what is kept of it. Raises TransitionRefused when it would hold nothing."""
    export = EXPORTS[kind]
    found = list(lines_of(export, by, only_new=only_new))
    if not found:
        raise TransitionRefused([NOTHING])
    out = io.BytesIO()
    write(out, form, export.columns, export.rows(found), title=export.label, separator=export.separator)
    content = out.getvalue()
    handed = HandOver.objects.create(
        kind=kind,
        by=by,
        organisation=organisation,
        form=form,
        only_new=only_new,
        lines=len(found),
        sha256=hashlib.sha256(content).hexdigest(),
        lines_ids=[one.pk for one in found],
    )
    record("habilitation.hand_over", handed, by=by, after={"kind": kind, "lines": handed.lines})
    return handed, content
