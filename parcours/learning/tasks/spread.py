import time

from lms.kernel.jobs import clock, post, renew, task
from parcours.learning.actions.spread import Crossings, count_some, move_some, move_waiting
from parcours.learning.models import Spread

SLICE_SECONDS = 5  # then the other jobs have their turn


@task("learning.count_spread")
def count_spread(spread_pk):
    return _go_on(spread_pk, count_some, "learning.count_spread")


@task("learning.run_spread")
def run_spread(spread_pk):
    return _go_on(spread_pk, move_some, "learning.run_spread")


@clock("learning.spread_to_waiting", every="hour")
def spread_to_waiting(hour):
    """Whoever had an attempt in hand follows the new edition once it is over."""
    for pk in Spread.objects.waited_for().values_list("pk", flat=True):
        post("learning.move_waiting", pk, key=f"learning.move_waiting:{pk}:{hour}")


@task("learning.move_waiting")
def run_waiting(spread_pk):
    move_waiting(Spread.objects.get(pk=spread_pk))


def _go_on(spread_pk, some, name):
    """Batch after batch for a while; then the job posts itself again, with what is left."""
    spread = Spread.objects.select_related("edition").get(pk=spread_pk)
    crossings, began = Crossings(spread.edition), time.monotonic()
    while some(spread, crossings):
        renew()
        if time.monotonic() - began > SLICE_SECONDS:
            return lambda: post(name, spread_pk)
    return None
