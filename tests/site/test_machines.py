import pytest
from django.utils.dateparse import parse_datetime

from lms.site.models import SiteIdentity
from tests.accounts.factories import PersonFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


def test_a_demonstration_is_closed_to_search_engines(client, settings):
    settings.DEMO = True
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


def test_a_real_site_closes_only_what_is_personal(client, settings):
    settings.DEMO = False
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /espace/\n" in text
    assert "Disallow: /\n" not in text
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in text


def test_a_flaw_has_somewhere_to_be_reported(client):
    assert client.get("/.well-known/security.txt").status_code == 404
    SiteIdentity(pk=1, contact="securite@anct-exemple.fr").save()
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:securite@anct-exemple.fr\n" in text
    assert parse_datetime(text.split("Expires: ")[1].splitlines()[0])


def test_the_map_of_the_site_names_the_home_page(client):
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    assert "<loc>" in response.content.decode()


def test_the_sign_of_the_site_follows_its_appearance(client, settings):
    assert "dsfr" in client.get("/favicon.ico")["Location"]
    settings.BLOC_MARQUE = ""
    assert "dsfr" not in client.get("/favicon.ico")["Location"]


def test_the_gallery_is_for_demonstrations_and_for_staff(client, settings):
    assert client.get("/composants/").status_code == 200
    settings.DEMO = False
    assert client.get("/composants/").status_code == 404
    assert signed_in(PersonFactory()).get("/composants/").status_code == 404
    assert signed_in(PersonFactory(staff=True)).get("/composants/").status_code == 200
