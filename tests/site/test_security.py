import pytest
from django.test import Client

from tests.accounts.factories import PersonFactory
from tests.permissions.matrix import signed_in
from tests.site.pages import Reading

pytestmark = pytest.mark.django_db

PUBLIC = ["/", "/composants/", "/connexion/", "/verifier/", "/plan-du-site/", "/n-existe-pas/"]


def policy(response):
    directives = [part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";")]
    return {name: values[0].split() if values else [] for name, *values in directives}


def is_strict(response):
    rules = policy(response)
    return rules["default-src"] == ["'self'"] and rules["frame-ancestors"] == ["'none'"] and "script-src" not in rules


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_runs_only_what_this_site_serves(client, path):
    response = client.get(path)
    assert is_strict(response)
    assert "unsafe" not in response["Content-Security-Policy"]
    assert Reading(response).inline_code() == []
    assert Reading(response).outside_hosts() == []


@pytest.mark.parametrize("path", ["/espace/", "/espace/profil/", "/installation/", "/installation/message/", "/admin/"])
def test_a_page_of_someone_signed_in_is_as_strict(path):
    response = signed_in(PersonFactory(staff=True)).get(path, follow=True)
    assert response.status_code == 200
    assert is_strict(response)
    assert Reading(response).inline_code() == []


def test_the_editor_alone_may_write_scripts_and_frame_its_preview():
    response = signed_in(PersonFactory(staff=True)).get("/cms/", follow=True)
    rules = policy(response)
    assert rules["script-src"] == rules["style-src"] == ["'self'", "'unsafe-inline'"]
    assert rules["frame-ancestors"] == ["'self'"]
    assert rules["default-src"] == ["'self'"]


def test_a_path_that_only_looks_like_the_editor_stays_strict(client):
    assert is_strict(client.get("/cmsx/"))


@pytest.mark.parametrize("path", ["/", "/n-existe-pas/", "/cms/", "/admin/"])
def test_the_headers_of_every_answer(client, path):
    response = client.get(path)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_plain_http_is_forgotten_for_a_year_in_production(client, settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 31_536_000, True
    response = client.get("/", secure=True)
    assert response["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")


def test_a_form_without_its_token_is_refused_and_loses_nothing():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/connexion/", {"email": "camille@ville-exemple.fr"})
    assert response.status_code == 403
    assert "Rien n’est perdu" in response.content.decode()
    assert is_strict(response)


def test_an_address_no_text_may_hold_is_refused_before_the_database_is_asked(client):
    response = client.get("/verifier/%00/")
    assert response.status_code == 400
    assert "Cette demande n’a pas été comprise" in response.content.decode()
