"""What the processes of an installation remember together, so that a limit counts for all of them."""

import hmac
import logging
import time

from django.conf import settings
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisSerializer
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 10  # after a failure, how long this process leaves Redis alone
_paused_until = 0.0


class SignedSerializer(RedisSerializer):
    """Nothing read in Redis is unpickled unless this installation wrote it."""

    def dumps(self, obj):
        data = super().dumps(obj)
        return data if isinstance(data, int) else self._signature(data) + data

    def loads(self, data):
        try:
            return int(data)
        except ValueError:
            signature, content = data[:32], data[32:]
        if not hmac.compare_digest(signature, self._signature(content)):
            return None
        return super().loads(content)

    def _signature(self, data):
        return _hmac(data).digest()


def _hmac(data):
    return salted_hmac("lms.kernel.shared_cache", data, secret=settings.SECRET_KEY, algorithm="sha256")


def _or_memory(name):
    def operation(self, *args, **kwargs):
        global _paused_until
        if time.monotonic() >= _paused_until:
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except RedisError as error:
                _paused_until = time.monotonic() + PAUSE_SECONDS
                logger.warning("shared cache unreachable: %s", type(error).__name__)
        return getattr(self._memory, name)(*args, **kwargs)

    return operation


class SharedCache(RedisCache):
    """Redis; while it is down, the memory of each process, so that the site answers and limits still hold."""

    def __init__(self, server, params):
        options = {"serializer": SignedSerializer} | params.get("OPTIONS", {})
        prefix = _hmac(b"").hexdigest()[:16]  # with another SECRET_KEY, what was remembered is forgotten
        super().__init__(server, {"KEY_PREFIX": prefix} | params | {"OPTIONS": options})
        self._memory = LocMemCache("shared-cache", {})

    add, get, set, touch = _or_memory("add"), _or_memory("get"), _or_memory("set"), _or_memory("touch")
    delete, has_key, incr = _or_memory("delete"), _or_memory("has_key"), _or_memory("incr")
    get_many, set_many = _or_memory("get_many"), _or_memory("set_many")
    delete_many, clear = _or_memory("delete_many"), _or_memory("clear")
