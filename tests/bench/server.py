"""The web processes under measure, what they and the database spend, and the visitors that ask."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest

ROOT = Path(__file__).parent.parent.parent
TICK = os.sysconf("SC_CLK_TCK")
CSRF = "b" * 32


class Server:
    """gunicorn on a free port of this machine, as production runs it."""

    def __init__(self, processes=1, **environment):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.processes, self.environment = processes, environment

    def __enter__(self):
        command = [
            *(sys.executable, "-m", "gunicorn", "lms.config.wsgi", "--bind", f"127.0.0.1:{self.port}"),
            *("--workers", str(self.processes), "--worker-class", "gthread", "--threads", "4", "--timeout", "120"),
            *("--keep-alive", "60", "--access-logfile", "/dev/null", "--log-level", "error", "--no-control-socket"),
        ]
        self.process = subprocess.Popen(command, cwd=ROOT, env=os.environ | self.environment)
        self._wait()
        return self

    def __exit__(self, *failure):
        self.process.terminate()
        self.process.wait(30)

    def _wait(self):
        for _ in range(600):
            try:
                if Visitor(self).get("/health/live").status == 200:
                    return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise RuntimeError("the web process did not start")

    def cpu_seconds(self) -> float:
        """What the web processes and the database have spent so far; the measuring connection is left out."""
        master = self.process.pid
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
            backends = [row[0] for row in cursor.fetchall()]
        return sum(seconds_of(pid) for pid in [master, *children, *backends])


def seconds_of(pid) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


@dataclass
class Answer:
    status: int
    body: bytes
    location: str
    seconds: float


@dataclass
class Visitor:
    """A browser without a page: keeps its connection and its cookies."""

    server: Server
    person: object = None
    cookies: dict = field(default_factory=lambda: {"csrftoken": CSRF})

    def __post_init__(self):
        self.link = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        if self.person is not None:
            self.cookies["session"] = session_of(self.person)

    def get(self, path, **headers):
        return self._ask("GET", path, None, headers)

    def post(self, path, values, **headers):
        body = urlencode({"csrfmiddlewaretoken": CSRF, **values}, doseq=True)
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **headers})

    def _ask(self, method, path, body, headers):
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        started = time.perf_counter()
        self.link.request(method, path, body, {"Accept": "text/html", "Cookie": cookie, **headers})
        response = self.link.getresponse()
        content = response.read()
        seconds = time.perf_counter() - started
        for header in response.headers.get_all("Set-Cookie", []):
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, content, response.headers.get("Location", ""), seconds)


def session_of(person) -> str:
    """Of someone whose sign-in went to its end, second factor included."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    request = HttpRequest()
    request.session = session
    record_authentication(request, person, method="mfa")
    session.create()
    return session.session_key


@contextmanager
def spent(server):
    """Fills `cost` with the seconds of CPU the server and the database spend inside the block."""
    cost = []
    before = server.cpu_seconds()
    yield cost
    cost.append(server.cpu_seconds() - before)
