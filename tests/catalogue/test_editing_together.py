"""Two trainers open the same page: whoever saves second is told before anything is overwritten, and nothing is lost."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Page

from lms.organisations.models import Role
from tests.catalogue.test_editor import etape, module_form, sentences
from tests.permissions.matrix import signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
HIDDEN = re.compile(r'name="(loaded_revision_id|loaded_revision_created_at)" value="([^"]*)"')


class Trainer:
    """A browser of its own, and the form it has open."""

    def __init__(self, person, page):
        self.person, self.page, self.client = person, page, signed_in(person)
        self.url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        self.opened = {}

    def open(self):
        self.read(self.client.get(self.url))
        return self

    def read(self, response):
        self.opened = dict(HIDDEN.findall(response.content.decode()))
        assert len(self.opened) == 2

    def save(self, title, **more):
        form = module_form(etape(), title=title, slug=self.page.slug, **self.opened, **more)
        response = self.client.post(self.url, form)
        if response.status_code == 200:
            self.read(response)
        return response


@pytest.fixture
def pair(workshop):
    second = workshop.member("armor", Role.TRAINER, first_name="Yann", last_name="Le Goff")
    page = workshop.pages["own module"]
    return Trainer(workshop.people["author"], page).open(), Trainer(second, page).open()


def titles(page) -> list[str]:
    page = Page.objects.get(pk=page.pk)
    return [revision.content["title"] for revision in page.revisions.order_by("pk")]


def test_the_second_to_save_is_told_who_saved_and_when_and_keeps_what_was_typed(pair):
    claire, yann = pair
    assert yann.save("Version de Yann").status_code == 302
    response = claire.save("Version de Claire")
    said = sentences(response)
    assert response.status_code == 200
    assert re.search(r"Cette page a été enregistrée par Yann Le Goff à \d+\u00a0h(\u00a0\d\d)?, pendant", said)
    assert "Rien n’est perdu" in said
    assert 'value="Version de Claire"' in said
    assert "data-w-autosave-interval-value" not in said
    assert re.search(rf"/cms/pages/{claire.page.pk}/revisions/compare/\d+\.\.\.\d+/", said)
    assert titles(claire.page)[-1] == "Version de Yann"


def test_saving_again_keeps_both_versions(pair):
    claire, yann = pair
    yann.save("Version de Yann")
    claire.save("Version de Claire")
    assert claire.save("Version de Claire").status_code == 302
    assert titles(claire.page)[-2:] == ["Version de Yann", "Version de Claire"]


def test_a_third_version_is_told_again(pair):
    claire, yann = pair
    yann.save("Version de Yann")
    claire.save("Version de Claire")
    yann.open().save("Encore Yann")
    assert claire.save("Version de Claire").status_code == 200
    assert titles(claire.page)[-1] == "Encore Yann"


def test_the_overwritten_version_is_restored(pair):
    claire, yann = pair
    yann.save("Version de Yann")
    claire.save("Version de Claire")
    claire.save("Version de Claire")
    lost = Page.objects.get(pk=claire.page.pk).revisions.order_by("-pk")[1]
    url = reverse("wagtailadmin_pages:revisions_revert", args=[claire.page.pk, lost.pk])
    claire.read(yann.client.get(url))
    form = module_form(etape(), title="Version de Yann", slug=claire.page.slug, **claire.opened)
    assert yann.client.post(url, form).status_code == 302
    assert titles(claire.page)[-1] == "Version de Yann"


def test_whoever_is_alone_is_never_stopped(pair):
    claire, _ = pair
    assert claire.save("Une").status_code == 302
    assert claire.open().save("Deux").status_code == 302


def test_whoever_saves_faster_than_the_script_is_not_warned_of_oneself(pair):
    """The script saves by itself, the form is sent before it knows: both versions are one's own."""
    claire, _ = pair
    form = module_form(etape(), title="Par le script", slug=claire.page.slug, **claire.opened)
    assert claire.client.post(claire.url, form, headers={"accept": "application/json"}).json()["success"]
    assert claire.save("Par le bouton").status_code == 302


def test_what_the_script_saved_is_no_shield_against_others(pair):
    claire, yann = pair
    form = module_form(etape(), title="Par le script", slug=claire.page.slug, **claire.opened)
    saved = claire.client.post(claire.url, form, headers={"accept": "application/json"}).json()
    yann.open().save("Version de Yann")
    response = claire.save("Version de Claire", overwrite_revision_id=str(saved["revision_id"]))
    assert response.status_code == 200
    assert "Yann Le Goff" in sentences(response)


def test_publishing_or_submitting_over_somebody_is_refused_alike(pair):
    claire, yann = pair
    yann.save("Version de Yann")
    assert claire.save("Version de Claire", **{"action-submit": "1"}).status_code == 200
    assert not Page.objects.get(pk=claire.page.pk).workflow_in_progress


def test_what_the_script_saves_by_itself_overwrites_nobody(pair):
    claire, yann = pair
    yann.save("Version de Yann")
    form = module_form(etape(), title="Version de Claire", slug=claire.page.slug, **claire.opened)
    response = claire.client.post(claire.url, form, headers={"accept": "application/json"})
    assert response.json()["error_code"] == "invalid_revision"
    assert titles(claire.page)[-1] == "Version de Yann"


def test_each_sees_that_the_other_is_there_in_french(pair):
    claire, yann = pair
    response = claire.client.get(claire.url)
    ping = re.search(r'data-w-swap-src-value="([^"]+)"', response.content.decode())[1]
    told = claire.client.post(ping, {}).json()
    assert "Yann Le Goff" in [one["user"] for one in told["other_sessions"]]
    assert "viewing" not in told["html"]
    yann.save("Version de Yann")
    known = {"revision_id": claire.opened["loaded_revision_id"]}
    told = claire.client.post(ping, known | {"revision_created_at": claire.opened["loaded_revision_created_at"]}).json()
    assert "a enregistré une nouvelle version" in told["html"]


def test_versions_are_compared_block_by_block_in_french(pair):
    claire, yann = pair
    first = Page.objects.get(pk=claire.page.pk).latest_revision_id
    yann.save("Version de Yann")
    last = Page.objects.get(pk=claire.page.pk).latest_revision_id
    url = reverse("wagtailadmin_pages:revisions_compare", args=[claire.page.pk, first, last])
    shown = claire.client.get(url).content.decode()
    assert "Étapes" in shown
    assert "Brouillon Armor" in shown
    assert "Version de Yann" in shown
    assert "comparison" in shown


def test_a_preview_is_shown_even_when_somebody_saved_meanwhile(pair):
    claire, yann = pair
    yann.save("Version de Yann")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[claire.page.pk])
    form = module_form(etape(), title="Version de Claire", slug=claire.page.slug, **claire.opened)
    assert claire.client.post(url, form).json()["is_valid"]
    assert "Version de Claire" in claire.client.get(url).content.decode()
