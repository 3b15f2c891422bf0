"""What the environment may say, and what makes the product refuse to start."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from lms.kernel.management.commands.make_signing_key import new_key

ROOT = Path(settings.BASE_DIR)
GUIDE = ROOT / "docs/exploitation.md"
EXAMPLE = ROOT / "docs/exploitation/environment.example"


def declared():
    """The name of every environment variable the settings read."""
    tree = ast.parse((ROOT / "lms/config/settings.py").read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return sorted(
        {call.args[0].value for call in calls if getattr(call.func.value, "id", "") == "env" and call.args}
        | {call.args[0].value for call in calls if ast.unparse(call.func).startswith("os.environ.")}
    )


@pytest.fixture
def production(tmp_path):
    """The environment of a correct installation."""
    return {
        "SECRET_KEY": "k3y-of-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH",
        "ALLOWED_HOSTS": "parcours.exemple.fr",
        "BASE_URL": "https://parcours.exemple.fr",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "DEFAULT_FROM_EMAIL": "Parcours <ne-pas-repondre@exemple.fr>",
        "EMAIL_URL": "smtp://localhost:25",
        "PAPER_SIGNING_KEY": str(tmp_path / "papers.p12"),
        "PAPER_SIGNING_PASSPHRASE": "a phrase of the tests",
    }


LOCAL = {"LOCAL": "true"}


def python(code, environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *code], cwd=ROOT, env=kept | environment, capture_output=True, text=True, timeout=120
    )


def start(environment):
    return python(["-c", "import lms.config.settings"], environment)


def refusal(environment):
    done = start(environment)
    assert done.returncode != 0
    return done.stderr


def test_production_starts_with_what_it_needs(production):
    done = start(production)
    assert done.returncode == 0, done.stderr


def test_all_that_production_misses_is_said_at_once():
    said = refusal({})
    missing = {
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "BASE_URL",
        "PAPER_SIGNING_KEY",
        "PAPER_SIGNING_PASSPHRASE",
        "DEFAULT_FROM_EMAIL",
        "EMAIL_URL",
    }
    assert {name for name in missing if name in said} == missing


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"DEBUG": "true"}, "DEBUG est refusé en production"),
        ({"SECURE_COOKIES": "false"}, "Des cookies sans Secure sont refusés"),
        ({"BASE_URL": "http://parcours.exemple.fr"}, "BASE_URL doit commencer par https:"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL\N{NO-BREAK SPACE}: "),
        ({"BASE_URL": "https://ailleurs.fr"}, "Le nom de BASE_URL n’est pas dans ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS=* accepterait n’importe quel nom"),
        ({"EMAIL_URL": "smtp+tls://compte@smtp.exemple.fr"}, "EMAIL_URL : l’adresse commence par submission://"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY est trop courte"),
        ({"SECRET_KEY": "a" * 64}, "SECRET_KEY est trop courte"),
        ({"LOCAL": "true"}, "LOCAL=true ne sert que cette machine"),
        ({"LOCAL": "true", "ALLOWED_HOSTS": "localhost,parcours.exemple.fr"}, "LOCAL=true ne sert que cette machine"),
        ({"LOCAL": "true", "ALLOWED_HOSTS": "*"}, "LOCAL=true ne sert que cette machine"),
    ],
    ids=str,
)
def test_what_is_unsafe_is_refused_in_a_sentence(production, wrong, sentence):
    assert sentence in refusal(production | wrong)


def test_an_empty_secret_is_a_missing_secret(production):
    for name in ("SECRET_KEY", "PAPER_SIGNING_PASSPHRASE", "ALLOWED_HOSTS", "BASE_URL"):
        assert name in refusal(production | {name: ""}), name


def test_a_local_machine_needs_nothing_and_keeps_its_secret_to_itself(tmp_path):
    done = start(LOCAL | {"DATA_DIR": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_the_checks_of_a_deployment_find_nothing_but_a_key_that_does_not_open(production):
    check = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    assert "La clé qui signe les documents ne s’ouvre pas" in python(check, production).stderr

    Path(production["PAPER_SIGNING_KEY"]).write_bytes(new_key(production["PAPER_SIGNING_PASSPHRASE"]))

    done = python(check, production)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("url", "facts"),
    [
        (
            "submission://compte%40exemple.fr:mot%2Fde%2Fpasse@smtp.exemple.fr:587",
            ("smtp.exemple.fr", 587, True, False),
        ),
        ("smtp://compte:motdepasse@smtp.exemple.fr:465?ssl=true", ("smtp.exemple.fr", 465, False, True)),
        ("smtp://relais.exemple.fr:25", ("relais.exemple.fr", 25, False, False)),
    ],
)
def test_mail_leaves_as_the_guide_says(production, url, facts):
    told = "s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, s.EMAIL_USE_SSL"
    done = python(
        ["-c", f"import lms.config.settings as s; print(({told}), s.EMAIL_TIMEOUT)"], production | {"EMAIL_URL": url}
    )
    assert done.stdout.strip() == f"{facts} 20", done.stderr


PRODUCTION_FACTS = """
import django; django.setup()
from django.apps import apps
from django.conf import settings
from django.urls import Resolver404, get_resolver, resolve
def modules(resolver):
    for each in resolver.url_patterns:
        yield from modules(each) if hasattr(each, "url_patterns") else [each.callback.__module__]
assert not apps.is_installed("lms.demo")
assert not [name for name in modules(get_resolver()) if name.startswith("lms.demo")]
assert "demo" not in settings.EMAIL_BACKEND
assert settings.SESSION_COOKIE_NAME.startswith("__Host-") and settings.CSRF_COOKIE_NAME.startswith("__Host-")
assert settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and settings.SESSION_COOKIE_HTTPONLY
assert settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH == "/" and settings.SESSION_COOKIE_DOMAIN is None
assert settings.SECURE_SSL_REDIRECT and settings.SECURE_HSTS_SECONDS >= 31_536_000
assert settings.ALLAUTH_TRUSTED_PROXY_COUNT == 1
"""


def test_production_has_no_demonstration_and_closed_cookies(production):
    environment = production | {"DJANGO_SETTINGS_MODULE": "lms.config.settings"}
    done = python(["-W", "error", "-c", PRODUCTION_FACTS], environment)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", declared())
def test_every_setting_is_explained_to_the_operator(name):
    assert f"`{name}`" in GUIDE.read_text(), f"{name} is read by the settings, docs/exploitation.md does not say it"


def test_the_example_of_settings_is_enough_to_start_and_names_only_what_exists(production):
    lines = [line for line in EXAMPLE.read_text().splitlines() if line and not line.startswith("# ")]
    given = dict(line.removeprefix("#").split("=", 1) for line in lines)
    scripts_only = {"BACKUP_DIR"}
    assert set(given) - scripts_only <= set(declared())
    written = {
        name: value.strip("'") for line in lines if not line.startswith("#") for name, value in [line.split("=", 1)]
    }
    done = start(production | written | {"SECRET_KEY": production["SECRET_KEY"]})
    assert done.returncode == 0, done.stderr
