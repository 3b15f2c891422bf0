"""Many at once, each in its own thread with its own connection."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def together(count, work):
    """Call `work(index)` in `count` threads that start at the same moment; what each returned, in order."""
    start = Barrier(count)

    def one(index):
        start.wait(timeout=30)
        try:
            return work(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
