from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from certification.funding import actions
from certification.funding.models import DigestStop
from lms.kernel import grants
from lms.kernel.access import public, unlisted
from lms.kernel.throttle import throttled


@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("funding.stop_digest", amount=60, seconds=60, template="learning/wait.html")
def stop_digest(request, token):
    """From a mail, without signing in: a page with one button; mail programs post by themselves (RFC 8058).

    Exempt from the CSRF check: the token is the right to stop, no session is read.
    """
    try:
        person = grants.use(token, actions.DIGEST).person
    except grants.GrantRefused:
        return unlisted(render(request, "funding/stop_digest.html", {"known": False}, status=404), "no-referrer")
    if request.method == "POST":
        actions.stop_digest(person, by=None)
    stopped = DigestStop.objects.filter(person=person).exists()
    return unlisted(render(request, "funding/stop_digest.html", {"known": True, "stopped": stopped}), "no-referrer")
