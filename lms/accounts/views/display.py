"""How pages reach this device. The choice belongs to the device, not to the person: a cookie keeps it."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.accounts.engine.display import COOKIE, is_light
from lms.kernel.access import public

YEAR = 365 * 24 * 3600


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def light(request):
    """Images, films and sounds on request only; the way back is the same button."""
    if request.method != "POST":
        return render(request, "accounts/light.html", {"light": is_light(request.COOKIES, request.headers)})
    chosen = request.POST.get("light") == "oui"
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    response = redirect(back if safe else "accounts:light")
    kept = {"max_age": YEAR, "secure": settings.SESSION_COOKIE_SECURE, "httponly": True, "samesite": "Lax"}
    response.set_cookie(COOKIE, "oui" if chosen else "non", **kept)
    told = "Version légère : les images et les vidéos attendent que vous les demandiez."
    messages.success(request, told if chosen else "Version complète : les images s’affichent d’elles-mêmes.")
    return response
