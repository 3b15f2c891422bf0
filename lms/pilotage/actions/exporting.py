from django.db import transaction

from lms.kernel import prepared
from lms.kernel.journal import record
from lms.pilotage.models import ListExport


def note_export(indicator, *, form, rows, by):
    """Whoever takes a list out leaves a line in the journal."""
    record("pilotage.export_list", by, by=by, after={"indicator": indicator.code, "form": form, "rows": rows})


@transaction.atomic
def order_export(indicator, *, form, filters, rows, by) -> ListExport:
    """Have a long list written by a job."""
    export = ListExport(indicator=indicator.code, form=form, filters=filters, by=by)
    prepared.order(export)
    note_export(indicator, form=form, rows=rows, by=by)
    return export
