import time

from lms.kernel import counters
from lms.kernel.jobs import task

PATIENT = 40  # more attempts than a test has kills


@task("crashes.count", attempts=PATIENT)
def count(name):
    time.sleep(0.03)

    def effects():
        counters.next_number(name)
        time.sleep(0.02)

    return effects


@task("crashes.count_whole", atomic=True, attempts=PATIENT)
def count_whole(name):
    counters.next_number(name)
    time.sleep(0.03)


@task("crashes.fail", attempts=2)
def fail(name):
    counters.advance(name, 1)  # refused: no transaction is open here


@task("crashes.linger", attempts=PATIENT)
def linger(name, tenths):
    time.sleep(tenths / 10)
    return lambda: counters.next_number(name)
