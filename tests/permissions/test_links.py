"""Whatever is offered opens: header, footer, help and first screens, as each role finds them."""

import shutil
from pathlib import Path

import pytest
from django.test import Client

from parcours.catalogue import actions
from parcours.catalogue.management.commands.load_catalogue import NATIONAL, read
from tests.organisations.situations import World
from tests.permissions.matrix import ACTORS, SIGN_IN, actor_of, read_whole, signed_in
from tests.permissions.test_matrix import undone
from tests.site.pages import Reading

PUBLIC = ("/", "/aide/")
LEFT_OUT = ("#", "http", "mailto:", "tel:", "/deconnexion")


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world, and the editorial pages as they are delivered."""
    folder = tmp_path_factory.mktemp("national")
    shutil.copytree(Path(NATIONAL) / "pages", folder / "pages")
    with django_db_blocker.unblock(), undone():
        actions.load_catalogue(read(folder))
        yield World()


def links_of(client, path):
    page = Reading(client.get(path, follow=True).content.decode())
    found = {attrs.get("href", "") for attrs in page.all("a")}
    return {href.split("#")[0] for href in found if href and not href.startswith(LEFT_OUT)}


def met(client, path):
    response = read_whole(client.get(path, follow=True))
    last = response.redirect_chain[-1][0] if response.redirect_chain else ""
    return SIGN_IN if last.startswith("/connexion/") else response.status_code


def refused(client, links):
    return {href: answer for href in sorted(links) if (answer := met(client, href)) not in (200, SIGN_IN)}


def test_whoever_is_not_signed_in_opens_all_that_is_shown(site):
    client = Client()
    links = set().union(*(links_of(client, path) for path in PUBLIC))
    assert {"/aide/", "/catalogue/", "/accessibilite/", "/reclamations/"} <= links
    assert refused(client, links) == {}


@pytest.mark.parametrize("actor", [actor for actor in ACTORS if actor != "anonymous"])
def test_each_role_opens_all_that_is_shown(site, actor):
    with undone():
        client = signed_in(actor_of(site, actor))
        links = set().union(*(links_of(client, path) for path in (*PUBLIC, "/espace/")))
        spaces = {path for path in links & links_of(client, "/") if not path.startswith("/cms/")}
        links = links.union(*(links_of(client, path) for path in spaces if path not in PUBLIC))
        known = set().union(*(links_of(Client(), path) for path in PUBLIC)) - {"/espace/"}
        assert refused(client, links - known) == {}
