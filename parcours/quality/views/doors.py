"""Links that open one thing without signing in: kept from other sites and indexes, and clear when they are over."""

import functools

from django.shortcuts import render
from django.views.decorators.cache import never_cache

from lms.kernel import grants
from lms.kernel.access import public, unlisted
from lms.kernel.throttle import throttled

WAIT = "quality/wait.html"


def opened_by(scope):
    """Decorate a view that takes a grant: its address carries the token; a page says it when the link is over."""

    def decorate(view):
        @public
        @never_cache
        @throttled(scope, amount=120, seconds=60, template=WAIT)
        @functools.wraps(view)
        def wrapper(request, token, **kwargs):
            try:
                grant = grants.use(token, scope)
            except grants.GrantRefused:
                return unlisted(render(request, "quality/link_over.html", status=410))
            return unlisted(view(request, grant, token=token, **kwargs))

        return wrapper

    return decorate
