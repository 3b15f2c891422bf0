import os
import pickle
import time

import pytest
from django.utils.safestring import mark_safe

from lms.kernel import shared_cache
from lms.kernel.shared_cache import SharedCache, SignedSerializer


@pytest.fixture(autouse=True)
def _in_service(monkeypatch):
    monkeypatch.setattr(shared_cache, "_paused_until", 0.0)


@pytest.fixture
def broken(tmp_path):
    cache = SharedCache(f"unix://{tmp_path}/nobody.sock", {})
    yield cache
    cache._memory.clear()


def test_without_redis_a_limit_still_counts_in_this_process(broken):
    assert broken.add("codes", 0, timeout=60)
    assert not broken.add("codes", 0, timeout=60)
    assert [broken.incr("codes") for _ in range(3)] == [1, 2, 3]
    assert broken.get_or_set("footer", lambda: "pied", 60) == "pied"


def test_without_redis_a_process_does_not_knock_at_each_request(broken, monkeypatch):
    asked, get = [], shared_cache.RedisCache.get
    monkeypatch.setattr(shared_cache.RedisCache, "get", lambda *args: asked.append(args) or get(*args))
    assert [broken.get("anything") for _ in range(50)] == [None] * 50
    assert len(asked) == 1


class Trap:
    def __reduce__(self):
        return (os.system, ("exit 1",))


@pytest.mark.parametrize("written", [pickle.dumps(Trap()), b"", b"x" * 31, bytes(32) + pickle.dumps(Trap())])
def test_what_somebody_else_wrote_is_not_even_read(written, monkeypatch):
    monkeypatch.setattr(pickle, "loads", lambda data: pytest.fail("unpickled"))
    assert SignedSerializer().loads(written) is None


@pytest.mark.parametrize("value", [0, 41, True, "é", [1.5, "a"], mark_safe("<b>"), None])
def test_what_we_wrote_comes_back_as_it_was(value):
    serializer = SignedSerializer()
    stored = serializer.dumps(value)
    back = serializer.loads(str(stored).encode() if isinstance(stored, int) else stored)
    assert (type(back), back) == (type(value), value)


@pytest.mark.redis
def test_two_processes_count_together():
    one, other = (SharedCache(os.environ["REDIS_TEST_URL"], {}) for _ in range(2))
    key = f"limit-{time.time_ns()}"
    assert one.add(key, 0, timeout=60)
    assert (one.incr(key), other.incr(key), one.get(key)) == (1, 2, 2)
    one.set(key, ["a", 1.5], 60)
    assert other.get(key) == ["a", 1.5]
    other.delete(key)
    assert one.get(key) is None
