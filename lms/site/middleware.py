"""Headers every answer carries, whatever the page; what is searched; the doors of the CMS that other rooms keep."""

import re
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.utils.crypto import get_random_string
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

CLOSED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "microphone",
    "midi",
    "payment",
    "usb",
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in CLOSED)
CMS_PREFIX = "/cms/"
CMS_POLICY = {  # Wagtail's editor writes inline scripts and styles, and frames its preview
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "frame-ancestors": ["'self'"],
}
FRAMED_BY_THE_CMS = {"frame-ancestors": ["'self'"]}
"""A page tried in the editor goes through the middleware as if it were read on the site."""


def readable_addresses(get_response):
    """No text may hold a NUL, and a database refuses one: no page is at such an address, a question is read without."""

    def middleware(request):
        if "\0" in request.path_info:
            raise BadRequest
        if "%00" in (asked := request.META.get("QUERY_STRING", "")):
            request.META["QUERY_STRING"] = asked.replace("%00", "")
        return get_response(request)

    return middleware


def security_headers(get_response):
    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if request.path.startswith(CMS_PREFIX):
            response._csp_replace = CMS_POLICY
        elif getattr(request, "is_preview", False):
            response._csp_replace = FRAMED_BY_THE_CMS
        return response

    return middleware


def former_addresses(get_response):
    """A page renamed or moved in the CMS is still reached by its former address; any other that leads nowhere, and
    there are many, costs one query where the middleware of Wagtail makes up to seven."""

    def middleware(request):
        response = get_response(request)
        return _sent_after_the_page(request) or response if response.status_code == 404 else response

    return middleware


def _sent_after_the_page(request):
    """With its query first, then without; as it reads, then as it was written; of this site rather than of all."""
    asked = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    paths = [written for path in (asked, urlsplit(asked).path) for written in (uri_to_iri(path), path)]
    known = list(Redirect.objects.filter(old_path__in=set(paths)))
    site = Site.find_for_request(request) if known else None
    here = [one for one in known if one.site_id is None or one.site == site]
    found = min(here, key=lambda one: (paths.index(one.old_path), one.site_id is None), default=None)
    return redirect(found.link, permanent=found.is_permanent) if found and found.link else None


PEOPLE = "admin:accounts_person_changelist"
ELSEWHERE = {  # people have their own room, which knows their addresses, their roles and their second factors
    "wagtailusers_users": PEOPLE,
    "wagtailusers_groups": PEOPLE,
    "wagtailadmin_account": "accounts:profile",
    "wagtailadmin_login": "account_login",
}


def people_elsewhere(get_response):
    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        name = request.resolver_match.view_name
        place = ELSEWHERE.get(name) or ELSEWHERE.get(name.partition(":")[0])
        return redirect(place) if place else None

    middleware.process_view = process_view
    return middleware


SEARCH, WORDS = "_recherche", "q"
SEARCHES = "recherches"  # in the session
MOST_SEARCHES, MOST_SIGNS = 30, 200
KEY = re.compile(r"~[A-Za-z0-9]{12}")
NOT_SENT_ON = {SEARCH, "csrfmiddlewaretoken"}
NOT_KNOWN = "Cette recherche n’est plus connue\u00a0: écrivez-la de nouveau."


class Searched(QueryDict):
    """Read, it gives the words that were typed; written in an address, their key."""

    key = words = ""

    @classmethod
    def of(cls, query, key, words):
        found = cls("", mutable=True)
        found.key, found.words = key, words
        for name, values in query.lists():
            found.setlist(name, [words if name == WORDS and value == key else value for value in values])
        return found

    def __copy__(self):
        return self.of(self, self.key, self.words)

    def __deepcopy__(self, memo):
        return self.of(self, self.key, self.words)

    def urlencode(self, safe=None):
        written = QueryDict(mutable=True)
        for name, values in self.lists():
            words = self.words if name == WORDS else None
            written.setlist(name, [self.key if value == words else value for value in values])
        return written.urlencode(safe)


def private_searches(get_response):
    """A name typed in a list comes by POST and stays in the session: the address, hence every log, holds a key."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        if request.method == "POST" and not getattr(view, "csrf_exempt", False) and SEARCH in request.POST:
            return _list_searched(request)
        key = request.GET.get(WORDS, "")
        return _read_with_words(request, key) if KEY.fullmatch(key) else None

    middleware.process_view = process_view
    return middleware


def _list_searched(request):
    query = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if name not in NOT_SENT_ON and (told := [value for value in values if value.strip()]):
            query.setlist(name, told)
    if WORDS in query and request.user.is_authenticated:
        query[WORDS] = _key_of(request.session, query[WORDS].replace("\0", "").strip()[:MOST_SIGNS])
    return _sent_to(request, query)


def _key_of(session, words):
    kept = session.get(SEARCHES, {})
    key = next((key for key, known in kept.items() if known == words), f"~{get_random_string(12)}")
    others = [(other, known) for other, known in kept.items() if other != key]
    session[SEARCHES] = dict([*others, (key, words)][-MOST_SEARCHES:])
    return key


def _read_with_words(request, key):
    words = request.session.get(SEARCHES, {}).get(key)
    if words is not None:
        request.GET = Searched.of(request.GET, key, words)
        return None
    request.GET = request.GET.copy()
    del request.GET[WORDS]
    if request.method not in ("GET", "HEAD"):
        return None
    messages.warning(request, NOT_KNOWN)
    return _sent_to(request, request.GET)


def _sent_to(request, query):
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}" if query else request.path, status=303)
