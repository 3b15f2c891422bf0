"""Whether a page is wanted light: chosen on this device, or else asked for by the browser itself (Save-Data). Pure."""

from collections.abc import Mapping

COOKIE = "version-legere"


def is_light(cookies: Mapping, headers: Mapping) -> bool:
    if COOKIE in cookies:
        return cookies[COOKIE] == "oui"
    return headers.get("Save-Data", "") == "on"
