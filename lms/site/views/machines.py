"""What every site answers to machines."""

import datetime

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lms.kernel.access import public

from ..menus import PUBLIC_LISTS, PUBLIC_PAGES, cms_pages
from ..models import SiteIdentity

SECURITY_FILE_DAYS = 180


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


@public
@require_safe
@cache_control(max_age=3600)
def sitemap(request):
    pages = [(page.get_url(request), page.last_published_at) for page in cms_pages(request)]
    known = {url for url, _ in pages}
    pages += [(page.url, None) for page in PUBLIC_PAGES.values() if page.url and page.url not in known]
    pages += [row for found in PUBLIC_LISTS for row in found()]
    rows = [(settings.BASE_URL + url, published_at) for url, published_at in pages]
    return render(request, "site/sitemap.xml", {"rows": rows}, content_type="application/xml")
