from django.db import transaction

from lms.kernel import prepared
from lms.kernel.journal import record
from parcours.colleagues.models import RegisterExport


def note_export(organisation, *, rows, by):
    """Whoever takes a register out leaves a line in the journal."""
    record("colleagues.export_register", organisation, by=by, after={"rows": rows})


@transaction.atomic
def order_export(organisation, *, form, filters, rows, by) -> RegisterExport:
    """Have a long register written by a job."""
    export = RegisterExport(organisation=organisation, form=form, filters=filters, by=by)
    prepared.order(export)
    note_export(organisation, rows=rows, by=by)
    return export
