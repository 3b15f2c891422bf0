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
                return _come_back_later(request, template, seconds)
            return view(request, *args, **kwargs)

        return wrapper

    return decorate


def _come_back_later(request, template, seconds):
    wait = seconds - int(time.time() % seconds)
    response = render(request, template, {"wait": wait}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def _admits(name, request, amount, seconds):
    window = int(time.time() // seconds)
    key = f"throttle:{name}:{window}:{_visitor(request)}"
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) <= amount
    except ValueError:  # the window ended in between
        return True


def _visitor(request):
    """A hash: no address is kept. A household or an office in IPv6 is one visitor."""
    address = ipaddress.ip_address(get_adapter().get_client_ip(request))
    if address.version == 6:
        address = ipaddress.ip_network((address, 64), strict=False).network_address
    return salted_hmac("lms.kernel.throttle", str(address)).hexdigest()[:32]
