"""Run something that may go wrong in a forked child with a ceiling on time, memory and files."""

import gc
import os
import resource
import select
import signal
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024
OK, FAILED = b"+", b"-"


class ChildFailed(Exception):
    """`why`: "time", "memory", "died", or "refused" with what the child said. May quote the document: never log it."""

    def __init__(self, why, said=""):
        super().__init__(why, said)
        self.why = why
        self.said = said


@dataclass(frozen=True)
class Limits:
    seconds: float = 15
    cpu_seconds: int = 10
    memory_bytes: int = 300 * MEGABYTE
    file_bytes: int = 50 * MEGABYTE


def run_apart(function: Callable[[], bytes], limits: Limits | None = None) -> bytes:
    """The bytes `function` returns in a child of this process. Raises ChildFailed.

    The child shares no open file with its parent, so no database connection either; what it writes to temporary
    files goes with it, however it ends.
    """
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="paper-") as scratch:
        read_end, write_end = os.pipe()
        pid = _fork()
        if pid == 0:
            _live(function, write_end, limits, scratch)
        os.close(write_end)
        try:
            answer = _read(read_end, time.monotonic() + limits.seconds)
        finally:
            os.close(read_end)
            status = _end(pid)
    return _understand(answer, status)


def _fork():
    with warnings.catch_warnings():
        # Other threads do not exist in the child, which needs none of their locks: everything it uses is loaded.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _live(function, write_end, limits, scratch):
    """The whole life of the child. It leaves by `_exit`: nothing of the parent is flushed or closed twice."""
    answer = FAILED
    gc.disable()  # it would copy the memory shared with the parent, to free what dies in a moment
    try:
        _close_all_but(write_end)
        _limit(limits)
        tempfile.tempdir = scratch
        answer = OK + function()
    except MemoryError:
        answer = FAILED + b"memory"
    except Exception as error:
        answer = FAILED + f"refused {type(error).__name__}: {error}".encode()[:2000]
    finally:
        try:
            _write(write_end, answer)
        finally:
            os._exit(0)


def _close_all_but(kept):
    os.closerange(3, kept)
    os.closerange(kept + 1, max(resource.getrlimit(resource.RLIMIT_NOFILE)[0], kept + 1))


def _limit(limits):
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.file_bytes, limits.file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    statm = Path("/proc/self/statm")
    if statm.exists():
        ceiling = int(statm.read_text().split()[0]) * resource.getpagesize() + limits.memory_bytes
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))


def _write(write_end, answer):
    view = memoryview(answer)
    while view:
        view = view[os.write(write_end, view) :]


def _read(read_end, deadline):
    """All that the child says before the deadline; None when it is still silent or speaking then."""
    parts = []
    while (left := deadline - time.monotonic()) > 0:
        ready, _, _ = select.select([read_end], [], [], left)
        if ready:
            part = os.read(read_end, MEGABYTE)
            if not part:
                return b"".join(parts)
            parts.append(part)
    return None


def _end(pid):
    os.kill(pid, signal.SIGKILL)  # a child that has said all is a zombie or nearly: nothing is lost
    return os.waitpid(pid, 0)[1]


def _understand(answer, status):
    if answer is None:
        raise ChildFailed("time")
    if answer[:1] == OK:
        return answer[1:]
    if not answer:
        killed_for_time = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
        raise ChildFailed("time" if killed_for_time else "died")
    why, _, said = answer[1:].decode(errors="replace").partition(" ")
    raise ChildFailed(why or "died", said)
