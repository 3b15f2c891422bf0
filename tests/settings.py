"""The product's settings, only faster; the database comes from DATABASE_URL, Redis from REDIS_URL."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("LOCAL", "true")
os.environ.setdefault("DEMO", "true")
os.environ.setdefault("DATA_DIR", tempfile.mkdtemp(prefix="parcours-tests-"))

from lms.config.settings import *

SECRET_KEY = "tests-only-" + "0123456789abcdef" * 4
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    _suffix = os.environ.get("TEST_DB_SUFFIX", "")
    _folder = Path(os.environ.get("TEST_DIR", tempfile.gettempdir()))
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / f"parcours-test{_suffix}.sqlite3")}
elif os.environ.get("TEST_DB_SUFFIX"):
    DATABASES["default"]["TEST"] = {"NAME": f"test_parcours_{os.environ['TEST_DB_SUFFIX']}"}
