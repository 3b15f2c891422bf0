"""The product as an organisation serves it, only on plain http and beside one bare view."""

from lms.config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
DATABASES["default"] |= {"CONN_MAX_AGE": None}  # noqa: F405
ALLAUTH_TRUSTED_PROXY_COUNT = 1
