"""How a scenario is measured: processor time, queries, and waiting time among eight visitors."""

import hashlib
import itertools
import random
import resource
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.scenarios import code_requests, code_sent_to
from tests.bench.server import Visitor, seconds_of, session_of, spent

WARM_UP, CONCURRENT = 12, 8


def calibration_ms() -> float:
    """A fixed piece of work: what this machine is worth at this moment."""

    def work():
        started = time.process_time()
        text = ""
        for rank in range(20_000):
            text = hashlib.sha256(f"{text}{rank}".encode()).hexdigest()
        return (time.process_time() - started) * 1000

    return min(work() for _ in range(5))


class Wrong(Exception):
    """The site did not answer what the scenario expects: a measure would mean nothing."""


class Asker:
    """Sends the requests of a scenario to a server, each person with a browser of their own."""

    def __init__(self, server):
        self.server, self.visitors = server, {}

    def __call__(self, ask):
        visitor = self.visitors.get(ask.person)
        if visitor is None:
            visitor = self.visitors[ask.person] = Visitor(self.server, ask.person)
        answer = visitor.get(ask.path, **ask.headers) if ask.values is None else _post(visitor, ask)
        if answer.status != ask.status:
            raise Wrong(f"{ask.path}: {answer.status} {answer.location} {answer.body[:300]!r}")
        return answer


def _post(visitor, ask):
    return visitor.post(ask.path, ask.values, **ask.headers)


def cpu_ms(server, asks, requests) -> float:
    ask_for = Asker(server)
    batch = list(itertools.islice(asks, WARM_UP + requests))
    for ask in batch[:WARM_UP]:
        ask_for(ask)
    with spent(server) as cost:
        for ask in batch[WARM_UP:]:
            ask_for(ask)
    return cost[0] * 1000 / len(batch[WARM_UP:])


def p95_ms(server, asks, requests) -> float:
    """Eight visitors who take a fifth of a second between two clicks: without a pause, two cores would only queue.

    The people are shared out: nobody waits for the lock of their own earlier request.
    """
    batch = list(itertools.islice(asks, requests))
    people = list(dict.fromkeys(ask.person for ask in batch))
    shares = [[ask for ask in batch if people.index(ask.person) % CONCURRENT == n] for n in range(CONCURRENT)]
    if len(people) == 1:
        shares = [batch[n::CONCURRENT] for n in range(CONCURRENT)]

    def walk(share):
        ask_for, pace, seconds = Asker(server), random.Random(len(share)), []
        for ask in share:
            time.sleep(pace.uniform(0.1, 0.3))
            seconds.append(ask_for(ask).seconds)
        return seconds

    with ThreadPoolExecutor(CONCURRENT) as pool:
        seconds = list(itertools.chain.from_iterable(pool.map(walk, shares)))
    return statistics.quantiles(seconds, n=20)[-1] * 1000


def queries(asks) -> int:
    """The most statements one request makes, in this process, once what is remembered is warm."""
    counts = []
    for ask in itertools.islice(asks, 4):
        client = Client(SERVER_NAME="localhost", headers={"accept": "text/html"} | _lower(ask.headers))
        if ask.person is not None:
            client.cookies["session"] = session_of(ask.person)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(ask.path) if ask.values is None else client.post(ask.path, ask.values)
        if response.status_code != ask.status:
            raise Wrong(f"{ask.path}: {response.status_code}")
        counts.append(len(captured))
    return max(counts[1:])


def _lower(headers):
    return {name.lower(): value for name, value in headers.items()}


def sign_in(server, world) -> tuple[float, float]:
    """Milliseconds of processor time to ask for a code, then to enter it."""
    asks = list(itertools.islice(code_requests(world), 30))
    visitors = [Visitor(server) for _ in asks]
    for visitor, ask in zip(visitors[:5], asks[:5], strict=True):
        _post(visitor, ask)
    with spent(server) as asking:
        for visitor, ask in zip(visitors[5:], asks[5:], strict=True):
            _expect(_post(visitor, ask), "/connexion/code/")
    codes = [code_sent_to(ask.values["email"]) for ask in asks]
    with spent(server) as entering:
        for visitor, code in zip(visitors[5:], codes[5:], strict=True):
            _expect(visitor.post("/connexion/code/", {"code": code}), "/espace/")
    return asking[0] * 1000 / 25, entering[0] * 1000 / 25


def _expect(answer, location):
    if answer.status != 302 or not answer.location.startswith(location):
        raise Wrong(f"{answer.status} {answer.location}, not {location}")


def asking_a_code_ms(server, world, start) -> float:
    """The usual time of a request that posts a job, as its visitor sees it."""
    asks = itertools.islice(code_requests(world), start, start + 20)
    return statistics.median(_post(Visitor(server), ask).seconds for ask in asks) * 1000


def in_process_ms(work, times) -> float:
    """Processor time of this process, its children and its own database connection, once warm."""
    work()
    before = own_seconds()
    for _ in range(times):
        work()
    return (own_seconds() - before) * 1000 / times


def own_seconds() -> float:
    """Processor time spent so far by this process, its children and its own database connection."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    return sum(one.ru_utime + one.ru_stime for one in used) + seconds_of(backend)
