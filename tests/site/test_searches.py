"""The name of somebody is typed in a list of people: it is found, and stands in no address, hence in no log."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lms.organisations.models import Role
from lms.site.middleware import MOST_SEARCHES, NOT_KNOWN
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import MembershipFactory
from tests.organisations.situations import World
from tests.permissions.matrix import signed_in
from tests.site.pages import Reading

TEMPLATES = Path(settings.BASE_DIR) / "templates"
NOBODY_IS_SEARCHED = {
    "catalogue/catalogue_page.html",
    "catalogue/cms/national.html",
    "catalogue/seances.html",
    "classroom/find.html",
    "classroom/rooms.html",
    "classroom/sessions.html",
    "components/search.html",
    "learning/editions.html",
    "learning/issued_papers.html",
    "site/gallery.html",
}
"""Lists of places, of contents or of numbers; the component that is of people or not, as it is told."""


@pytest.fixture
def here(db):
    return World()


@pytest.fixture
def page(here):
    return reverse("organisations:members", args=[here.structure.public_id])


@pytest.fixture
def door(here):
    return signed_in(here.people[Role.STRUCTURE_REFERENT])


def searched(door, page, words, **fields):
    return door.post(page, {"_recherche": "oui", "q": words} | fields)


def addresses(response):
    tags = Reading(response).tags
    return [attrs[name] for _, attrs in tags for name in ("href", "action", "src") if attrs.get(name)]


def colleague(here, last_name, **values):
    person = PersonFactory(last_name=last_name, **values)
    return MembershipFactory(organisation=here.structure, role=Role.LEARNER, person=person)


def test_a_name_is_found_and_stands_in_no_address(here, door, page):
    colleague(here, "Quéré")
    colleague(here, "Madi")
    sent = searched(door, page, "Quéré")
    assert sent.status_code == 303
    assert re.fullmatch(rf"{page}\?q=~\w{{12}}", sent["Location"])
    response = door.get(sent["Location"])
    assertContains(response, "Personnes (1)")
    assertContains(response, 'value="Quéré"')
    assert not [one for one in addresses(response) if "Qu" in one]


def test_the_second_page_and_its_size_keep_the_search_without_saying_it(here, door, page):
    for rank in range(27):
        colleague(here, "Zarathoustra", first_name=f"Prénom{rank}")
    first = door.get(searched(door, page, "zarathoustra")["Location"])
    links = [one for one in addresses(first) if one.startswith("?") and "page=2" in one]
    assert links
    assert not [one for one in addresses(first) if "zarathoustra" in one.lower()]
    second = door.get(page + links[0])
    assertContains(second, "Personnes (27)")
    assert len(second.context["rows"]) == 2


def test_the_filters_of_the_list_go_with_the_words_and_empty_ones_do_not(door, page):
    sent = searched(door, page, "Quéré", etat="fini", tri="", par_page="50")
    assert re.fullmatch(rf"{page}\?q=~\w{{12}}&etat=fini&par_page=50", sent["Location"])
    assertRedirects(searched(door, page, " "), page, status_code=303)


def test_the_same_words_have_the_same_key(door, page):
    assert searched(door, page, "Quéré")["Location"] == searched(door, page, "Quéré ")["Location"]


def test_what_is_typed_is_cut_and_holds_no_nul(door, page):
    sent = searched(door, page, "\0" + "é" * 500)
    assert door.get(sent["Location"]).status_code == 200
    assert list(door.session["recherches"].values()) == ["é" * 200]


def test_the_key_of_somebody_else_tells_nothing(here, door, page):
    colleague(here, "Quéré")
    sent = searched(door, page, "Quéré")
    other = signed_in(here.people[Role.PILOT])
    response = other.get(sent["Location"], follow=True)
    assert response.redirect_chain == [(page, 303)]
    assertContains(response, NOT_KNOWN)
    assertNotContains(response, 'value="Quéré"')


def test_a_search_that_is_too_old_is_said(door, page):
    first = searched(door, page, "Quéré")["Location"]
    for rank in range(MOST_SEARCHES):
        searched(door, page, f"Madi {rank}")
    assert len(door.session["recherches"]) == MOST_SEARCHES
    response = door.get(f"{first}&par_page=50", follow=True)
    assert response.redirect_chain == [(f"{page}?par_page=50", 303)]
    assertContains(response, NOT_KNOWN)


def test_the_address_of_a_plain_search_is_still_read(here, door, page):
    colleague(here, "Quéré")
    assertContains(door.get(page, {"q": "Quéré"}), "Personnes (1)")


def test_a_search_without_its_token_is_refused(here, page):
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(here.people[Role.STRUCTURE_REFERENT]).cookies
    assert searched(client, page, "Quéré").status_code == 403
    assert "recherches" not in client.session


def test_who_is_not_signed_in_keeps_nothing(client, db, page):
    sent = searched(client, page, "Quéré")
    assert sent["Location"].startswith("/connexion/")
    assert "recherches" not in client.session


def test_a_public_list_is_searched_without_a_session(client, db):
    assertRedirects(searched(client, "/_courriels/", "essai"), "/_courriels/?q=essai", status_code=303)


def test_a_page_refuses_who_may_not_read_it_whatever_they_search(here, page):
    stranger = signed_in(here.people["stranger"])
    assert stranger.get(searched(stranger, page, "Quéré")["Location"]).status_code == 404


def templates(said):
    return [path for path in sorted(TEMPLATES.rglob("*.html")) if re.search(said, path.read_text())]


def test_a_list_of_people_is_never_searched_by_its_address():
    by_address = templates(r'method="get"[^>]*role="search"|{% search (?![^%]*people=True)|<form [^>]*{% if people %}')
    assert {str(path.relative_to(TEMPLATES)) for path in by_address} == NOBODY_IS_SEARCHED


@pytest.mark.parametrize("path", templates(r'method="post" role="search"'), ids=lambda path: path.stem)
def test_a_search_that_is_sent_says_that_it_is_one(path):
    form = path.read_text().partition('role="search"')[2].partition("</form>")[0]
    assert "{% csrf_token %}" in form
    assert 'name="_recherche"' in form or 'name="faire" value="chercher"' in form
