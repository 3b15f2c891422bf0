"""What is followed, cited or shown is kept, and the list of what holds it is said."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Collection, Page

from parcours.catalogue import actions
from parcours.catalogue.models import LibraryPage, ModulePage, ParcoursModule, ParcoursSeance, SeancePage
from tests.catalogue.test_editor import sentences
from tests.catalogue.workshop import body
from tests.permissions.matrix import signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def admin(workshop):
    return signed_in(workshop.people["admin"])


def delete(client, page):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))


def test_a_module_with_progress_is_kept_with_its_parcours_and_its_editions(workshop, admin):
    response = delete(admin, workshop.national)
    assert "Un essai, édition 1" in sentences(response)
    assert "Parcours Armor" in sentences(response)
    assert ModulePage.objects.filter(pk=workshop.national.pk).exists()


def test_a_module_that_only_a_draft_cites_is_kept(workshop, admin):
    module, parcours = workshop.pages["own module"], workshop.parcours
    parcours.parcours_modules = [*parcours.parcours_modules.all(), ParcoursModule(module=module, sort_order=9)]
    parcours.save_revision()
    response = delete(signed_in(workshop.people["author"]), module)
    assert "Un essai (brouillon)" in sentences(response)
    assert Page.objects.filter(pk=module.pk).exists()


def test_a_half_day_a_parcours_cites_is_kept(workshop):
    seance = workshop.libraries["armor"].add_child(
        instance=SeancePage(title="Premier après-midi", summary="Jouer.", objectives="Jouer", live=False)
    )
    parcours = workshop.pages["own parcours"]
    parcours.parcours_seances = [ParcoursSeance(seance=seance, sort_order=0)]
    parcours.save()
    author = signed_in(workshop.people["author"])
    assert "La demi-journée « Premier après-midi » sert à : Parcours Armor" in sentences(delete(author, seance))
    parcours.parcours_seances = []
    parcours.save()
    parcours.save_revision()
    delete(author, seance)
    assert not SeancePage.objects.exists()


def test_the_library_of_an_organisation_is_kept(workshop, admin):
    library = workshop.libraries["armor"]
    assert "est la bibliothèque d’un organisme" in sentences(delete(admin, library))
    assert LibraryPage.objects.filter(pk=library.pk).exists()


def picture(image) -> str:
    value = {"image": image.pk, "alternative": "Vue", "decorative": False, "caption": "", "text_equivalent": "<p>x</p>"}
    raw = json.loads(body())
    raw[0]["value"]["content"].append({"type": "image", "value": value, "id": "5a1f2f6e-5d9e-4f5b-8f39-0d2a4d1e0f11"})
    return json.dumps(raw)


def image_urls(image) -> dict:
    together = reverse("wagtail_bulk_action", args=["wagtailimages", "image", "delete"])
    return {
        "alone": reverse("wagtailimages:delete", args=[image.pk]),
        "together": f"{together}?id={image.pk}",
        "just uploaded": reverse("wagtailimages:delete_multiple", args=[image.pk]),
    }


@pytest.mark.parametrize("way", ["alone", "together", "just uploaded"])
def test_an_image_of_a_draft_is_kept_and_the_page_named(workshop, way):
    page, image = workshop.pages["own module"], workshop.images["own medium"]
    page.body = picture(image)
    page.save_revision()
    client = signed_in(workshop.people["author"])
    response = client.post(image_urls(image)[way], headers={"x-requested-with": "XMLHttpRequest"})
    said = response.content.decode() if way == "just uploaded" else sentences(response)
    assert "Brouillon Armor" in (json.loads(said)["error_message"] if way == "just uploaded" else said)
    assert type(image).objects.filter(pk=image.pk).exists()


@pytest.mark.parametrize("way", ["alone", "together"])
def test_an_image_nobody_uses_is_deleted(workshop, way):
    image = workshop.images["own medium"]
    signed_in(workshop.people["author"]).post(image_urls(image)[way])
    assert not type(image).objects.filter(pk=image.pk).exists()


def test_a_document_linked_from_a_text_is_kept(workshop):
    page, document = workshop.pages["own module"], workshop.documents["own medium"]
    raw = json.loads(body())
    raw[0]["value"]["content"][0]["value"] = f'<p><a linktype="document" id="{document.pk}">la fiche</a></p>'
    page.body = json.dumps(raw)
    page.save_revision()
    client = signed_in(workshop.people["author"])
    assert "Brouillon Armor" in sentences(client.post(reverse("wagtaildocs:delete", args=[document.pk])))
    assert type(document).objects.filter(pk=document.pk).exists()


def test_a_page_of_another_organisation_keeps_a_national_image_without_being_named(workshop):
    page, image = workshop.pages["other's module"], workshop.images["national medium"]
    page.body = picture(image)
    page.save_revision()
    (sentence,) = actions.refusals_to_delete_medium(image, by=workshop.people["reviewer"])
    assert "une page d’un autre organisme" in sentence
    assert "Littoral" not in sentence
    (sentence,) = actions.refusals_to_delete_medium(image, by=workshop.people["admin"])
    assert "Brouillon Littoral" in sentence


def test_the_collection_of_a_library_is_kept(workshop, admin):
    collection = workshop.libraries["armor"].collection
    url = reverse("wagtailadmin_collections:delete", args=[collection.pk])
    assert "la bibliothèque « Formation Armor »" in admin.get(url).content.decode()
    assert admin.post(url).status_code == 403
    assert Collection.objects.filter(pk=collection.pk).exists()


def test_unpublishing_a_module_of_a_running_parcours_is_explained(workshop, admin):
    url = reverse("wagtailadmin_pages:unpublish", args=[workshop.national.pk])
    assert "« Un essai » continue sans changement" in sentences(admin.get(url))
    admin.post(url)
    assert not ModulePage.objects.get(pk=workshop.national.pk).live
