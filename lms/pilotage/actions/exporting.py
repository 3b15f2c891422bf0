from django.db import transaction

from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.pilotage.models import ListExport


def note_export(indicator, *, form, rows, by):
    """Whoever takes a list out leaves a line in the journal."""
    record("pilotage.export_list", by, by=by, after={"indicator": indicator.code, "form": form, "rows": rows})


@transaction.atomic
def order_export(indicator, *, form, filters, rows, by) -> ListExport:
    """Have a long list written by a job."""
    export = ListExport.objects.create(indicator=indicator.code, form=form, filters=filters, by=by)
    note_export(indicator, form=form, rows=rows, by=by)
    post("pilotage.write_export", export.pk, key=f"pilotage.write_export:{export.pk}", awaited=True)
    return export


def keep_export(export, content: bytes, read_with: dict):
    ListExport.objects.filter(pk=export.pk).update(content=content, read_with=read_with)


def forget_exports() -> None:
    ListExport.objects.outlived().delete()
