"""A trainer in the CMS, by its own doors."""

import re
from html import unescape

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from parcours.catalogue.models import CataloguePage, Edition, LibraryPage, ModulePage, ParcoursPage, SeancePage
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import QUALIOPI
from tests.permissions.matrix import signed_in

pytestmark = [
    pytest.mark.django_db,
    # The thumbnails of the CMS leave their temporary files to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def trainer():
    return signed_in(PersonFactory(staff=True))


def form_of(parcours, **changes) -> dict:
    lines = parcours.parcours_modules.all()
    values = {
        "title": parcours.title,
        "slug": parcours.slug,
        "summary": parcours.summary,
        "introduction": rich_text(parcours.introduction),
        "minutes": parcours.minutes,
        "modality": parcours.modality,
        "is_habilitation": "on",
        "nature": parcours.nature,
        "programme": "",
        "organisation": "",
        "family": "",
        "version_label": "",
        "opening": parcours.opening,
        "who_follows": "",
        "who_registers": "",
        "who_is_habilitated": "",
        **QUALIOPI,
        "parcours_modules": inline_formset(
            [{"id": line.pk, "module": line.module_id} for line in lines], initial=len(lines), min=1
        ),
        "parcours_seances": inline_formset([]),
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
    }
    return nested_form_data(values | changes)


def sentences(response) -> str:
    said = [str(message) for message in get_messages(response.wsgi_request)]
    return " ".join(said) + (response.content.decode() if response.status_code == 200 else "")


def test_publishing_a_parcours_freezes_its_next_edition(trainer, catalogue):
    parcours, _ = catalogue
    url = reverse("wagtailadmin_pages:edit", args=[parcours.pk])
    response = trainer.post(url, form_of(parcours, price="Sur devis", **{"action-publish": "1"}))
    assert response.status_code == 302
    assert "Édition 2\u00a0: 1 étape, 5 min" in sentences(response)
    assert Edition.objects.current().get().content["price"] == "Sur devis"


def test_publishing_more_minutes_than_the_etapes_last_is_refused_with_the_figures(trainer, catalogue):
    parcours, _ = catalogue
    url = reverse("wagtailadmin_pages:edit", args=[parcours.pk])
    response = trainer.post(url, form_of(parcours, minutes=600, price="Sur devis", **{"action-publish": "1"}))
    assert response.status_code == 200
    assert "La durée annoncée est de 600 min, et les étapes font 5 min en tout" in sentences(response)
    assert Edition.objects.count() == 1
    assert ParcoursPage.objects.get().price == "Gratuit"


def test_a_draft_may_declare_what_it_wants(trainer, catalogue):
    parcours, _ = catalogue
    url = reverse("wagtailadmin_pages:edit", args=[parcours.pk])
    assert trainer.post(url, form_of(parcours, minutes=600)).status_code == 302
    assert ParcoursPage.objects.get().get_latest_revision_as_object().minutes == 600
    assert Edition.objects.count() == 1


def test_submitting_for_review_is_refused_too(trainer, catalogue):
    parcours, _ = catalogue
    url = reverse("wagtailadmin_pages:edit", args=[parcours.pk])
    response = trainer.post(url, form_of(parcours, minutes=600, **{"action-submit": "1"}))
    assert "La durée annoncée est de 600 min" in sentences(response)


def etape(**values) -> dict:
    content = values.pop("content", [("texte", rich_text("<p>" + "mot " * 140 + "</p>"))])
    return {
        "title": "Savoir décider",
        "slug": "",
        "minutes": 1,
        "reflection": 0,
        "reflection_reason": "",
        "content": streamfield(content),
    } | values


def module_form(*etapes, **changes) -> dict:
    values = {
        "title": "Un module",
        "slug": "un-module",
        "summary": "Ce que l’on saura faire.",
        "objectives": "",
        "competences": "",
        "sources": "",
        "reviewed_on": "",
        "review_due_on": "",
        "body": streamfield([("etape", one) for one in etapes]),
        "comments": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
    }
    return nested_form_data(values | changes)


def new_module(trainer, *etapes, **changes):
    url = reverse("wagtailadmin_pages:add", args=["catalogue", "modulepage", LibraryPage.objects.get().pk])
    return trainer.post(url, module_form(*etapes, **changes))


def test_a_module_written_in_the_cms_is_published(trainer, catalogue):
    response = new_module(trainer, etape(), **{"action-publish": "1"})
    assert response.status_code == 302, sentences(response)
    module = ModulePage.objects.get(slug="un-module")
    assert module.live
    assert module.address == "un-module"


def test_a_module_whose_minutes_are_not_earned_stays_a_draft(trainer, catalogue):
    refused = new_module(trainer, etape(minutes=30), **{"action-publish": "1"})
    assert "30 min annoncées, 1 gagnées" in sentences(refused)
    assert new_module(trainer, etape(minutes=30)).status_code == 302
    assert not ModulePage.objects.get(slug="un-module").live


QUESTION = {
    "statement": rich_text("<p>Que faites-vous ?</p>"),
    "options": streamfield([]),
    "explanation": rich_text("<p>Parce que.</p>"),
    "taught_in": "",
}


def options(*right) -> dict:
    lines = [
        ("item", {"text": f"Réponse {n}", "correct": "on" if good else "", "feedback": "Voilà."})
        for n, good in enumerate(right)
    ]
    return streamfield([(kind, {key: held for key, held in value.items() if held}) for kind, value in lines])


def serie(*questions, **values) -> tuple:
    base = {"title": "À vous", "rule": "toutes-repondues", "threshold": "", "keep": ""}
    return "questions", base | {"questions": streamfield(questions)} | values


UNFINISHED = [
    (
        lambda image, document: [
            ("image", {"image": image, "alternative": "", "caption": "", "text_equivalent": rich_text("")})
        ],
        "décrivez-la en une phrase",
    ),
    (
        lambda image, document: [
            ("image", {"image": image, "alternative": "Schéma", "caption": "", "text_equivalent": rich_text("")})
        ],
        "un schéma est donné aussi en texte",
    ),
    (
        lambda image, document: [
            (
                "image",
                {
                    "image": image,
                    "alternative": "Schéma",
                    "decorative": "on",
                    "caption": "",
                    "text_equivalent": rich_text("<p>x</p>"),
                },
            )
        ],
        "elle n’a pas de texte de remplacement",
    ),
    (
        lambda image, document: [
            (
                "video",
                {
                    "title": "Film",
                    "video": document,
                    "captions": document,
                    "minutes": 3,
                    "transcript": rich_text("<p>x</p>"),
                },
            )
        ],
        "les sous-titres doivent être un fichier vtt",
    ),
    (
        lambda image, document: [
            (
                "lien",
                {
                    "kind": "lien",
                    "title": "Site",
                    "url": "",
                    "text": rich_text("<p>x</p>"),
                    "equivalent": rich_text(""),
                },
            )
        ],
        "donnez l’adresse du site",
    ),
    (
        lambda image, document: [
            (
                "lien",
                {
                    "kind": "lien",
                    "title": "Site",
                    "url": "http://a.fr",
                    "text": rich_text("<p>x</p>"),
                    "equivalent": rich_text(""),
                },
            )
        ],
        "son adresse doit commencer par https://",
    ),
    (lambda image, document: [("texte", rich_text("<h3>Trop bas</h3>"))], "sans intertitre de niveau 2"),
    (
        lambda image, document: [serie(("choix_unique", QUESTION | {"options": options(False, False)}))],
        "Une réponse juste, et une seule",
    ),
    (
        lambda image, document: [serie(("choix_multiple", QUESTION | {"options": options(True, False, False)}))],
        "Cochez au moins deux réponses justes",
    ),
    (
        lambda image, document: [serie(("choix_unique", QUESTION | {"options": options(True, False)}), rule="score")],
        "Un quiz noté demande un seuil",
    ),
]


@pytest.mark.parametrize(("content", "sentence"), UNFINISHED)
def test_what_would_leave_somebody_out_is_refused_where_it_is_written(trainer, catalogue, content, sentence):
    image = get_image_model().objects.get().pk
    document = get_document_model().objects.create(title="Film", file="documents/film.mp4").pk
    response = new_module(trainer, etape(content=content(image, document)), **{"action-publish": "1"})
    assert response.status_code == 200
    assert sentence in text_of(response)


@pytest.mark.parametrize("content", [content for content, _ in UNFINISHED])
def test_a_draft_keeps_what_is_unfinished(trainer, catalogue, content):
    image = get_image_model().objects.get().pk
    document = get_document_model().objects.create(title="Film", file="documents/film.mp4").pk
    response = new_module(trainer, etape(content=content(image, document)))
    assert response.status_code == 302, sentences(response)
    assert not ModulePage.objects.get(slug="un-module").live


def text_of(response) -> str:
    """The page, with the errors of the blocks, which travel as JSON in an attribute."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), unescape(response.content.decode()))


def test_an_image_of_an_edition_is_kept_and_the_edition_named(trainer, catalogue):
    image = get_image_model().objects.get()
    url = reverse("wagtailimages:delete", args=[image.pk])
    assert trainer.post(url).status_code in (302, 403)
    assert get_image_model().objects.filter(pk=image.pk).exists()
    usage = trainer.get(reverse("wagtailimages:image_usage", args=[image.pk])).content.decode()
    assert "Un essai, édition 1" in usage


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_page_that_is_followed_is_kept_with_the_list_of_those_who_follow(trainer, catalogue, which):
    parcours, module = catalogue
    page = (parcours, module, LibraryPage.objects.get())[which]
    response = trainer.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert response.status_code == 302
    assert "Un essai" in sentences(response)
    assert Page.objects.filter(pk=page.pk).exists()


def test_pages_are_kept_when_they_are_deleted_in_bulk(trainer, catalogue):
    parcours, _ = catalogue
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    response = trainer.post(f"{url}?id={parcours.pk}")
    assert "Un essai" in sentences(response)
    assert ParcoursPage.objects.filter(pk=parcours.pk).exists()


def test_a_module_nobody_uses_is_deleted(trainer, catalogue):
    new_module(trainer, etape())
    module = ModulePage.objects.get(slug="un-module")
    trainer.post(reverse("wagtailadmin_pages:delete", args=[module.pk]))
    assert not ModulePage.objects.filter(pk=module.pk).exists()


def test_publishing_a_module_tells_which_parcours_still_has_the_old_one(trainer, catalogue):
    _, module = catalogue
    changes = {"slug": module.slug, "action-publish": "1"}
    response = trainer.post(reverse("wagtailadmin_pages:edit", args=[module.pk]), module_form(etape(), **changes))
    assert "« Un essai » reste tel quel" in sentences(response)


def test_a_parcours_is_not_published_in_bulk_when_it_would_be_refused(trainer, catalogue):
    parcours, _ = catalogue
    parcours.minutes = 600
    parcours.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = trainer.post(f"{url}?id={parcours.pk}")
    assert "600 min" in sentences(response)
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("model", [ParcoursPage, ModulePage])
def test_a_page_is_previewed_as_it_will_be_read(trainer, catalogue, model):
    page = model.objects.get()
    response = trainer.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert response.status_code == 200
    shown = response.content.decode()
    assert {ParcoursPage: "Un essai", ModulePage: "Je lui rends le clavier"}[model] in shown
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"], "the editor shows it beside what is typed"
    assert "unsafe" not in response["Content-Security-Policy"]


def test_the_preview_of_a_module_betrays_no_answer(trainer, catalogue):
    _, module = catalogue
    shown = trainer.get(reverse("wagtailadmin_pages:view_draft", args=[module.pk])).content.decode()
    assert "Vous agiriez à sa place" not in shown
    assert "Il agit lui-même" not in shown


def test_a_trainer_finds_only_what_can_be_created_here(trainer, catalogue):
    library, home = LibraryPage.objects.get(), CataloguePage.objects.get()
    assert set(LibraryPage.allowed_subpage_models()) == {ModulePage, SeancePage, ParcoursPage}
    assert set(CataloguePage.allowed_subpage_models()) == {ParcoursPage, LibraryPage}
    assert (
        trainer.get(reverse("wagtailadmin_pages:add", args=["catalogue", "modulepage", library.pk])).status_code == 200
    )
    assert trainer.get(reverse("wagtailadmin_pages:add", args=["catalogue", "modulepage", home.pk])).status_code == 302
