from lms.kernel.jobs import clock, task
from lms.pilotage import actions


@task("pilotage.fold")
def fold():
    actions.fold()


@clock("pilotage.fold_hourly", every="hour")
def fold_hourly(hour):
    """Whatever was left by a process that stopped before it could order a fold."""
    actions.fold()


@clock("pilotage.take_stock", every="day", at="02:20")
def take_stock(day):
    """Count everything again: a structure that moved, a campagne whose dates changed; what differed is repaired."""
    for _ in actions.check(repair=True):
        pass


@clock("pilotage.forget", every="day", at="03:25")
def forget(day):
    actions.forget_exports()
