"""Pages of the frame: errors, the gallery of components, and what every site answers to machines."""

import datetime

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from lms.kernel.access import public

from .gallery import samples
from .models import SiteIdentity

SECURITY_FILE_DAYS = 180


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def permission_denied(request, exception=None):
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def page_not_found(request, exception=None):
    return render(request, "404.html", status=404)


def server_error(request):
    """Nothing here may fail: no database, no session, no context processor."""
    return HttpResponseServerError(get_template("500.html").render())


def csrf_failure(request, reason=""):
    return render(request, "403_csrf.html", status=403)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def gallery(request):
    """Every component with its states; open to all in demonstration, to staff elsewhere."""
    if not settings.DEMO and not request.user.is_staff:
        raise Http404
    return render(request, "site/gallery.html", samples(request.GET))


@public
@require_safe
@cache_control(max_age=3600)
def robots(request):
    closed = ("/espace/", "/cms/", "/admin/", "/connexion/", "/inscription/", "/verifier/")
    if settings.DEMO:
        closed = ("/",)
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {settings.BASE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public
@require_safe
@cache_control(max_age=86400)
def favicon(request):
    return redirect(static("dsfr/dist/favicon/favicon.ico" if settings.BLOC_MARQUE else "site/favicon.svg"))


@public
@require_safe
def security(request):
    """Where to report a flaw. Source: RFC 9116."""
    contact = SiteIdentity.texts()["contact"]
    if not contact:
        raise Http404
    expires = timezone.now().replace(microsecond=0) + datetime.timedelta(days=SECURITY_FILE_DAYS)
    lines = [f"Contact: mailto:{contact}", f"Expires: {expires.isoformat()}", "Preferred-Languages: fr, en"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
