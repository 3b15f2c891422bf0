"""Nobody enters a page that is not public without signing in, with a second factor where the role asks for one."""

import zoneinfo
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from allauth.core.internal.httpkit import add_query_params
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone

from lms.accounts.second_factor import has_factor, is_enough
from lms.kernel.access import is_public

PUBLIC_MODULES = {
    "wagtail.views",
    "wagtail.documents.views.serve",
    "django.views.static",
    "django.contrib.sitemaps.views",
}
SETTING_UP = {  # what stays open to someone who must prove or set up a second factor
    "account_logout",
    "account_reauthenticate",
    "accounts:prove",
    "accounts:lost_factor",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}
NOT_RECORDED = (
    "Votre connexion était terminée ou à confirmer\u00a0: ce que vous venez d’envoyer n’est pas enregistré. "
    "Pour ne pas le récrire, revenez d’abord à la page précédente avec « Retour » et copiez votre texte."
)


def sign_in_required(get_response):
    return _checking(get_response, _ask_sign_in)


def second_factor_required(get_response):
    return _checking(get_response, _ask_second_factor)


def reader_time_zone(get_response):
    def middleware(request):
        zone = getattr(request.user, "time_zone", "")
        with timezone.override(zoneinfo.ZoneInfo(zone) if zone else None):
            return get_response(request)

    return middleware


def is_open(view) -> bool:
    """A public view of ours, a page of allauth for people not signed in yet, a page of the site, a file."""
    return is_public(view) or not getattr(view, "login_required", True) or view.__module__ in PUBLIC_MODULES


def _checking(get_response, check):
    def middleware(request):
        return get_response(request)

    def process_view(request, view, args, kwargs):
        sent_away = None if is_open(view) else check(request)
        if sent_away and request.method == "POST":
            _keep_or_tell(request, view, sent_away)
        return sent_away

    middleware.process_view = process_view
    return middleware


def _keep_or_tell(request, view, sent_away):
    if keep := getattr(view, "keep_what_was_written", None):
        keep(request)
    elif isinstance(sent_away, HttpResponseRedirect):
        messages.warning(request, NOT_RECORDED)


def _ask_sign_in(request):
    if request.user.is_authenticated:
        _refuse_the_editor_s_side(request)
        return None
    return _send_to(request, resolve_url(settings.LOGIN_URL), "Votre connexion est terminée : reconnectez-vous.", 401)


def _refuse_the_editor_s_side(request):
    """Wagtail would send who may not edit back to the sign-in page, which would send them here again."""
    if request.path.startswith(reverse("wagtailadmin_home")) and not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied


def _ask_second_factor(request):
    if not request.user.is_authenticated or request.resolver_match.view_name in SETTING_UP or is_enough(request):
        return None
    url = reverse("mfa_index")
    if has_factor(request.user):
        url = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
    return _send_to(request, url, "Votre rôle demande un second facteur : confirmez qu’il s’agit bien de vous.", 403)


def _send_to(request, url, sentence, status):
    """A page is asked for again afterwards; a script is told, rather than given a page it would take for an answer."""
    if "json" in request.headers.get("Accept", "") and "html" not in request.headers.get("Accept", ""):
        return JsonResponse({"detail": sentence, "url": url}, status=status)
    return HttpResponseRedirect(add_query_params(url, {"next": _where_to_return(request)}))


def _where_to_return(request):
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    referer = urlsplit(request.headers.get("Referer", ""))
    same_place = referer.netloc == request.get_host()
    return (
        referer._replace(scheme="", netloc="").geturl() if same_place and referer.path else settings.LOGIN_REDIRECT_URL
    )
