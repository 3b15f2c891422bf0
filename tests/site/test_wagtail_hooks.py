import datetime

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import RequestFactory
from django.urls import reverse
from wagtail.admin.menu import admin_menu, settings_menu

from lms.kernel import rules
from lms.kernel.definitions import DEFINITIONS
from lms.kernel.models import JournalEntry, Rule
from tests.accounts.factories import PersonFactory
from tests.permissions.matrix import signed_in
from tests.site.pages import Reading

pytestmark = pytest.mark.django_db
CODE = "site.tests.ceiling"


@pytest.fixture
def ceiling():
    rules.define(CODE, "plafond d’essai", "integer", default=3)
    yield
    del DEFINITIONS[CODE]
    rules.forget()


@pytest.fixture
def admin():
    return PersonFactory(staff=True)


def editor():
    """Someone who writes pages and has no other right."""
    group, _ = Group.objects.get_or_create(name="Rédaction")
    group.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
    person = PersonFactory()
    person.groups.add(group)
    return person


def url(action, *args):
    return reverse(f"wagtailsnippets_kernel_rule:{action}", args=args)


def typed(**changes):
    return {
        "code": CODE,
        "value": "12",
        "valid_from": "2026-11-22",
        "valid_until": "",
        "source": "",
        "note": "",
    } | changes


def test_a_rule_typed_in_the_editor_holds_from_its_date(ceiling, admin):
    response = signed_in(admin).post(url("add"), typed())
    assert response.status_code == 302
    assert rules.current(CODE, datetime.date(2026, 11, 21)) == 3
    assert rules.current(CODE, datetime.date(2026, 11, 22)) == 12


def test_who_changed_a_rule_is_in_the_journal(ceiling, admin):
    signed_in(admin).post(url("add"), typed())
    assert JournalEntry.objects.get(verb="kernel.change_rule").by == admin


def test_a_value_of_the_wrong_shape_is_refused_in_a_sentence(ceiling, admin):
    response = signed_in(admin).post(url("add"), typed(value="douze"))
    assert "attend un nombre entier" in response.content.decode()
    assert not Rule.objects.exists()


def test_two_values_of_a_rule_never_hold_the_same_day(ceiling, admin):
    browser = signed_in(admin)
    browser.post(url("add"), typed())
    response = browser.post(url("add"), typed(valid_from="2027-01-01"))
    assert "Une autre valeur de cette règle vaut" in response.content.decode()


def test_a_rule_is_read_back_as_it_was_typed(ceiling, admin):
    browser = signed_in(admin)
    browser.post(url("add"), typed())
    html = browser.get(url("edit", Rule.objects.get().pk)).content.decode()
    assert ">\n12</textarea>" in html


def menu(person):
    request = RequestFactory().get("/cms/")
    request.user = person
    return {item.name for item in admin_menu.menu_items_for_request(request)}


def test_someone_who_writes_sees_only_what_writing_needs():
    assert menu(editor()) <= {"explorer", "images", "documents", "mon-espace"}
    assert "mon-espace" in menu(editor())


def test_whoever_edits_rules_finds_them_in_the_menu(admin):
    assert {"explorer", "images", "documents", "regles-datees", "settings"} <= menu(admin)
    assert "help" not in menu(admin)


def test_people_are_not_edited_from_the_editor(admin):
    request = RequestFactory().get("/cms/")
    request.user = admin
    assert "users" not in {item.name for item in settings_menu.menu_items_for_request(request)}


def test_nobody_without_the_right_enters_the_editor():
    assert signed_in(PersonFactory()).get("/cms/").status_code == 403


@pytest.mark.parametrize(
    "name", ["wagtailadmin_home", "wagtailimages:index", "wagtaildocs:index", "wagtailadmin_explore_root"]
)
def test_the_editor_speaks_french(admin, name):
    page = Reading(signed_in(admin).get(reverse(name)))
    assert page.all("html")[0]["lang"] == "fr"
