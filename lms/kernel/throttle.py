"""So many requests from one address in so many seconds, then a page that says when to come back."""

import functools
import ipaddress
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.shortcuts import render
from django.utils.crypto import salted_hmac


def throttled(name: str, *, amount: int, seconds: int, methods: tuple[str, ...] = ("GET", "POST"), template: str):
    """Decorate a view; the count is kept in the cache, under a hash of the address."""

    def decorate(view):
        @functools.wraps(view)
        def wrapper(request, *args, **kwargs):
            if request.method in methods and not _admits(name, request, amount, seconds):
                return come_back_later(request, template, seconds)
            return view(request, *args, **kwargs)

        return wrapper

    return decorate


def is_used_up(name: str, request, *, amount: int, seconds: int) -> bool:
    """Whether this address was counted `amount` times already; this request is not counted."""
    return cache.get(_key(name, request, seconds), 0) >= amount


def count(name: str, request, *, seconds: int) -> None:
    """Count once what only faults should use up: a wrong code, never a right one."""
    key = _key(name, request, seconds)
    cache.add(key, 0, timeout=seconds)
    try:
        cache.incr(key)
    except ValueError:  # the window ended in between
        return


def come_back_later(request, template, seconds):
    wait = seconds - int(time.time() % seconds)
    response = render(request, template, {"wait": wait}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def _admits(name, request, amount, seconds):
    key = _key(name, request, seconds)
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) <= amount
    except ValueError:  # the window ended in between
        return True


def _key(name, request, seconds):
    return f"throttle:{name}:{int(time.time() // seconds)}:{_visitor(request)}"


def _visitor(request):
    """A hash: no address is kept. A household or an office in IPv6 is one visitor."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if address.version == 6:
        address = ipaddress.ip_network((address, 64), strict=False).network_address
    return salted_hmac("lms.kernel.throttle", str(address)).hexdigest()[:32]
