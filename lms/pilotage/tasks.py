import io

from lms.kernel import prepared
from lms.kernel.jobs import clock, task
from lms.organisations.models import Campagne
from lms.pilotage import actions
from lms.pilotage.documents.lists import Search, listing_of, write_list
from lms.pilotage.engine.registry import INDICATORS
from lms.pilotage.models import ListExport
from lms.pilotage.permissions import reading_of


@task("pilotage.fold")
def fold():
    actions.fold()


@clock("pilotage.fold_hourly", every="hour")
def fold_hourly(hour):
    """Whatever was left by a process that stopped before it could order a fold."""
    actions.fold()


@clock("pilotage.take_stock", every="day", at="02:20")
def take_stock(day):
    """Count everything again: a structure that moved, a line forgotten; what differed is repaired."""
    for _ in actions.check(repair=True):
        pass


@task("pilotage.recount_campagne")
def recount_campagne(campagne_pk):
    """Its dates changed: the counts follow at once. Run again, it finds nothing left to move."""
    actions.recount_campagne(Campagne.objects.get(pk=campagne_pk))
    actions.fold()


@task(ListExport.TASK)
def write_export(export_pk):
    export = ListExport.objects.select_related("by").get(pk=export_pk)
    out, read_with = io.BytesIO(), reading_of(export.by)
    write_list(out, export.form, listing_of(export.by, INDICATORS[export.indicator], Search(**export.filters)))
    return lambda: prepared.keep(export, out.getvalue(), read_with=read_with)


@clock("pilotage.forget", every="day", at="03:25")
def forget(day):
    prepared.forget(ListExport)
