"""Headers every answer carries, whatever the page; the doors of the CMS that other rooms keep."""

from django.core.exceptions import BadRequest
from django.shortcuts import redirect

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
