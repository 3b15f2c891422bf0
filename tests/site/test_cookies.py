"""Every cookie a browser is given is named where personal data are explained."""

from pathlib import Path

import pytest
from allauth.mfa import app_settings as mfa
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage

from lms.accounts.engine.display import COOKIE

PAGE = Path(settings.BASE_DIR, "parcours/catalogue/national/pages/donnees-personnelles.md")


@pytest.mark.parametrize(
    "name",
    [
        COOKIE,
        CookieStorage.cookie_name,
        mfa.TRUST_COOKIE_NAME,
        settings.SESSION_COOKIE_NAME.removeprefix("__Host-"),
        settings.CSRF_COOKIE_NAME.removeprefix("__Host-"),
    ],
)
def test_each_cookie_is_named_on_the_page_about_personal_data(name):
    assert f"**{name}**" in PAGE.read_text(encoding="utf-8")
