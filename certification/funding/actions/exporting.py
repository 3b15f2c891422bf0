"""A list of files taken away: written while one waits, by a job when it is long."""

from django.db import transaction

from certification.funding.models import DemandeExport
from lms.kernel import prepared
from lms.kernel.journal import record


def note_export(person, *, rows) -> None:
    """Who took a list away, and of how many files."""
    record("funding.export", person, by=person, after={"rows": rows})


@transaction.atomic
def order_export(demandes, *, form, sort, by) -> DemandeExport:
    export = DemandeExport(keys=list(demandes.order_by().values_list("pk", flat=True)), sort=sort, form=form, by=by)
    prepared.order(export)
    note_export(by, rows=len(export.keys))
    return export
