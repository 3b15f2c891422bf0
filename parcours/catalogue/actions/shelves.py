"""Where each kind of file goes in the CMS: which page holds it, and how its values are written there and read back."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from wagtail.models import Locale, Page

from lms.site.models import EditorialPage, HomePage
from parcours.catalogue.engine import written
from parcours.catalogue.engine.ids import stable_id
from parcours.catalogue.engine.seance import seance_lines
from parcours.catalogue.models import (
    CataloguePage,
    Facet,
    LibraryPage,
    LoadedMedium,
    ModulePage,
    ParcoursModule,
    ParcoursPage,
    ParcoursSeance,
    SeancePage,
)

MEDIA_KEYS = {"image": "image"} | dict.fromkeys(("document", "video", "captions", "audio"), "document")
MODULE_FIELDS = {
    "titre": "title",
    "slug": "slug",
    "resume": "summary",
    "objectifs": "objectives",
    "competences": "competences",
    "sources": "sources",
    "relu_le": "reviewed_on",
    "a_relire_le": "review_due_on",
}
SEANCE_FIELDS = {
    "titre": "title",
    "slug": "slug",
    "resume": "summary",
    "minutes": "minutes",
    "objectifs": "objectives",
    "competences": "competences",
    "materiel": "material",
    "groupe_de_six": "small_group",
    "groupe_de_quatorze": "large_group",
    "a_distance": "remote",
    "sans_reseau": "without_network",
    "relu_le": "reviewed_on",
    "a_relire_le": "review_due_on",
    "sources": "sources",
}
PARCOURS_FIELDS = {
    "titre": "title",
    "slug": "slug",
    "resume": "summary",
    "minutes": "minutes",
    "modalite": "modality",
    "habilitation": "is_habilitation",
    "nature": "nature",
    "famille": "family",
    "version": "version_label",
    "en_vigueur_depuis": "valid_from",
    "en_vigueur_jusqu": "valid_until",
    "inscription": "opening",
    "qui_suit": "who_follows",
    "qui_s_inscrit": "who_registers",
    "qui_est_habilite": "who_is_habilitated",
    "public": "audience",
    "prerequis": "prerequisites",
    "objectifs": "objectives",
    "modalites": "modalities",
    "delais_acces": "access",
    "tarif": "price",
    "contact": "contact",
    "methodes": "methods",
    "evaluation": "evaluation",
    "accessibilite": "accessibility",
    "handicap": "disability_contact",
    "programme": "programme",
}
PAGE_FIELDS = {"titre": "title", "slug": "slug", "resume": "summary", "a_jour_le": "up_to_date_on"}
FACETS = {"metiers": (Facet.Kind.PROFESSION, "professions"), "themes": (Facet.Kind.THEME, "themes")}
LISTS = ("objectifs", "competences", "sources", "materiel")


@dataclass(frozen=True)
class Shelf:
    model: type[Page]
    fields: dict[str, str]
    parent: Callable[[], Page | None]
    lines: Callable[[dict, written.NameOf], list[str]]
    values_of: Callable[[object], dict]

    def key(self, thing) -> str:
        return stable_id(self.model._meta.model_name, thing.id)

    def find(self, thing) -> Page | None:
        return self.model.objects.filter(translation_key=self.key(thing)).first()

    def new(self, thing) -> Page:
        return self.model(translation_key=uuid.UUID(self.key(thing)), locale=Locale.get_default())

    def fill(self, page: Page, thing) -> None:
        values = self.values_of(thing)
        for name, attribute in self.fields.items():
            value = values[name]
            setattr(page, attribute, "\n".join(value) if name in LISTS else value)

    def read(self, page: Page) -> dict:
        values = {name: getattr(page, attribute) for name, attribute in self.fields.items()}
        return values | {name: (values[name] or "").splitlines() for name in LISTS if name in values}


class BodyShelf(Shelf):
    """Pages whose content is a stream of blocks."""

    def fill(self, page, thing):
        super().fill(page, thing)
        page.body = json.dumps(with_media(self.values_of(thing)["body"]))

    def read(self, page):
        return super().read(page) | {"body": page.body.get_prep_value()}


class ModuleShelf(BodyShelf):
    def fill(self, page, thing):
        super().fill(page, thing)
        page.reference = thing.id


class SeanceShelf(Shelf):
    def fill(self, page, thing):
        super().fill(page, thing)
        page.reference = thing.id
        page.notes = thing.notes
        page.sequences, page.sheets = json.dumps(thing.sequences), json.dumps(thing.sheets)
        page.taught_modules = ModulePage.objects.filter(reference__in=thing.values["modules"])

    def read(self, page):
        taught = {"modules": sorted(module.address for module in page.taught_modules.all())}
        body = {"sequences": page.sequences.get_prep_value(), "sheets": page.sheets.get_prep_value()}
        return super().read(page) | body | taught | {"notes": page.notes}


class HomeShelf(BodyShelf):
    """There is one home page, planted with the tree; its place and its address are not the file's business."""

    def find(self, thing):
        return HomePage.objects.first()

    def fill(self, page, thing):
        slug = page.slug
        super().fill(page, thing)
        page.slug = slug or page.slug

    def read(self, page):
        return super().read(page) | {"slug": "accueil"}


class ParcoursShelf(Shelf):
    def fill(self, page, thing):
        super().fill(page, thing)
        page.introduction = thing.presentation
        modules, seances = references_of(ModulePage), references_of(SeancePage)
        page.parcours_modules = [
            ParcoursModule(module_id=modules[name], sort_order=order)
            for order, name in enumerate(thing.values["modules"])
        ]
        page.parcours_seances = [
            ParcoursSeance(seance_id=seances[name], sort_order=order)
            for order, name in enumerate(thing.values["seances"])
        ]
        for key, (kind, relation) in FACETS.items():
            setattr(page, relation, Facet.objects.filter(kind=kind, slug__in=thing.values[key]))

    def read(self, page):
        modules = sorted(page.parcours_modules.all(), key=lambda line: line.sort_order or 0)
        seances = sorted(page.parcours_seances.all(), key=lambda line: line.sort_order or 0)
        return (
            super().read(page)
            | {key: sorted(facet.slug for facet in getattr(page, name).all()) for key, (_, name) in FACETS.items()}
            | {"modules": [line.module.address for line in modules]}
            | {"seances": [line.seance.reference or line.seance.slug for line in seances]}
            | {"presentation": page.introduction}
        )


def references_of(model: type[Page]) -> dict[str, int]:
    return dict(model.objects.exclude(reference=None).values_list("reference", "pk"))


def with_media(value):
    """The same content, its file names replaced by the keys of the images and documents they were loaded as."""
    if isinstance(value, list):
        return [with_media(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: medium_pk(item) if key in MEDIA_KEYS and isinstance(item, str) else with_media(item)
        for key, item in value.items()
    }


def medium_pk(name: str) -> int:
    return LoadedMedium.objects.get(source=f"media/{name}").target.pk


def name_of(kind: str, reference) -> str:
    """How the text form names what a page of the CMS points to."""
    if reference is None:
        return ""
    if kind in ("image", "document") and not isinstance(reference, str):
        loaded = LoadedMedium.objects.filter(**{f"{kind}_id": reference}).first()
        return loaded.source.removeprefix("media/") if loaded else f"{kind} n° {reference} du CMS"
    return str(reference) if kind in ("image", "document") else f"{kind}:{reference}"


def single(model: type[models.Model]) -> Callable[[], Page | None]:
    return lambda: model.objects.first()


def body_values(thing) -> dict:
    return thing.values | {"body": thing.body}


def seance_values(thing) -> dict:
    return (
        thing.values
        | {"modules": sorted(thing.values["modules"])}
        | {"sequences": thing.sequences, "sheets": thing.sheets, "notes": thing.notes}
    )


def parcours_values(thing) -> dict:
    """The words it is tagged with have no order of their own."""
    return thing.values | {key: sorted(thing.values[key]) for key in FACETS} | {"presentation": thing.presentation}


def library() -> Page | None:
    return LibraryPage.objects.filter(translation_key=stable_id("librarypage", "national")).first()


MODULES = ModuleShelf(ModulePage, MODULE_FIELDS, library, written.module_lines, body_values)
SEANCES = SeanceShelf(SeancePage, SEANCE_FIELDS, library, seance_lines, seance_values)
PARCOURS = ParcoursShelf(
    ParcoursPage,
    PARCOURS_FIELDS,
    single(CataloguePage),
    written.parcours_lines,
    parcours_values,
)
PAGES = BodyShelf(EditorialPage, PAGE_FIELDS, single(HomePage), written.page_lines, body_values)
HOME = HomeShelf(HomePage, PAGE_FIELDS, lambda: None, written.page_lines, body_values)


def shelf_of_page(thing) -> Shelf:
    return HOME if thing.values["type"] == "accueil" else PAGES
