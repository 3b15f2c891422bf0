"""Real processes of the product beside a test, on the database of the test, to be killed."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

RQ_WORKER = (
    "rqworker",
    "default",
    "--job-class",
    "django_tasks_rq.Job",
    "--serializer",
    "rq.serializers.JSONSerializer",
)


class Process:
    """One management command in a session of its own, so that a kill takes its children along."""

    def __init__(self, *command, log, **environment):
        self.started = subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=os.environ | _environment() | environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    def kill(self):
        if self.started.poll() is None:
            os.killpg(self.started.pid, signal.SIGKILL)
        self.started.wait(timeout=10)

    def terminate(self):
        """Ask it to leave; its exit status."""
        self.started.terminate()
        return self.started.wait(timeout=30)

    def pause(self):
        os.killpg(self.started.pid, signal.SIGSTOP)


@contextmanager
def processes(log_path: Path):
    """A function that starts processes; those still there at the end are killed."""
    started = []
    with log_path.open("ab") as log:

        def start(*command, **environment):
            started.append(Process(*command, log=log, **environment))
            return started[-1]

        try:
            yield start
        finally:
            for process in started:
                process.kill()
            sys.stderr.write(log_path.read_text()[-5000:])  # what pytest shows when the test fails


def wait_until(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(condition.__name__)
        time.sleep(0.05)


def _environment():
    return {
        "DJANGO_SETTINGS_MODULE": "tests.kernel.crashes.settings",
        "DATABASE_URL": _database_url(),
        "DATA_DIR": str(settings.DATA_DIR),
        "REDIS_URL": "",
    }


def _database_url():
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    password = f":{quote(known['PASSWORD'])}" if known["PASSWORD"] else ""
    port = f":{known['PORT']}" if known["PORT"] else ""
    return f"postgres://{known['USER']}{password}@{quote(known['HOST'], safe='')}{port}/{known['NAME']}"
