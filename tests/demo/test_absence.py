"""Outside demonstration nothing of this room exists: asked to another process, which does not have DEMO."""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

ASK = """
import json
import django
django.setup()
from django.apps import apps
from django.test import Client
from django.urls import NoReverseMatch, reverse
client = Client()
def named(name):
    try:
        return reverse(name)
    except NoReverseMatch:
        return None
print(json.dumps({
    "installed": apps.is_installed("lms.demo"),
    "mails": client.get("/_courriels/").status_code,
    "sign_in": client.post("/_demonstration/connexion/", {"persona": "administratrice"}).status_code,
    "names": [named("demo:mails"), named("demo:sign_in")],
    "page": "Essayer avec un compte fictif" in client.get("/connexion/").content.decode(),
    "notice": "Données fictives" in client.get("/connexion/").content.decode(),
}))
"""


def database_url():
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@pytest.mark.django_db
def test_without_demo_the_room_does_not_exist(tmp_path):
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {
        "LOCAL": "true",
        "DEMO": "false",
        "ALLOWED_HOSTS": "testserver",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "installed": False,
        "mails": 404,
        "sign_in": 404,
        "names": [None, None],
        "page": False,
        "notice": False,
    }


@pytest.mark.parametrize("demo", [True, False])
def test_nothing_is_installed_unless_it_is_asked_for(demo):
    code = "from lms.config import settings; print(settings.INSTALLED_APPS, getattr(settings, 'EMAIL_BACKEND', ''))"
    environment = {key: value for key, value in os.environ.items() if key != "DEMO"} | {"LOCAL": "true"}
    environment |= {"DEMO": "true"} if demo else {}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    assert ("lms.demo" in done.stdout) is demo
