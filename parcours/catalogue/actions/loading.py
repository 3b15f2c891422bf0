"""Load the catalogue of the repository into the CMS, without ever overwriting what somebody wrote there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from wagtail.models import Page

from lms.site.models import HomePage
from parcours.catalogue.actions.freezing import freeze
from parcours.catalogue.actions.libraries import open_libraries
from parcours.catalogue.actions.listing import list_again
from parcours.catalogue.actions.loading_media import MediaPlan, load_media, plan_media
from parcours.catalogue.actions.loading_words import load_words, missing_words
from parcours.catalogue.actions.publishing import PublicationRefused
from parcours.catalogue.actions.questions import list_questions_again
from parcours.catalogue.actions.shelves import MODULES, PARCOURS, SEANCES, Shelf, library, name_of, shelf_of_page
from parcours.catalogue.engine import written
from parcours.catalogue.engine.catalogue import Catalogue, parse_catalogue
from parcours.catalogue.engine.ids import stable_id
from parcours.catalogue.engine.reference import Word
from parcours.catalogue.engine.source import Fault
from parcours.catalogue.models import CataloguePage, LibraryPage, LoadedPage, ParcoursPage

CREATE, UPDATE, SAME, EDITED = "create", "update", "same", "edited"


class CatalogueRefused(Exception):
    """The files are malformed: nothing was written."""

    def __init__(self, faults: list[Fault]):
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass
class Change:
    """What one file asks of the CMS."""

    shelf: Shelf
    thing: object
    page: Page | None
    digest: str
    move: str
    publish: bool
    difference: list[str] = field(default_factory=list)

    @property
    def source(self) -> str:
        return self.thing.source.name


@dataclass
class Report:
    changes: list[Change]
    media: MediaPlan
    missing: list[str]
    waiting: dict[str, list[str]] = field(default_factory=dict)
    """Modules and half-days still in draft, by parcours file: such a parcours stays in draft."""
    words: list[Word] = field(default_factory=list)
    behind: dict[str, list[str]] = field(default_factory=dict)
    """Why a parcours of the CMS could not follow a module that was published: it keeps its edition."""
    editions: list = field(default_factory=list)

    def moved(self, *moves: str) -> list[Change]:
        return [change for change in self.changes if change.move in moves]

    @property
    def is_idle(self) -> bool:
        return not self.moved(CREATE, UPDATE) and not self.media.changed and not self.words and not self.editions


def load_catalogue(files: Mapping[str, bytes], *, dry_run: bool = False) -> Report:
    """Raises CatalogueRefused with every fault of every file; then writes everything, or nothing."""
    catalogue = parse_catalogue(files)
    if catalogue.faults:
        raise CatalogueRefused(catalogue.faults)
    with transaction.atomic():
        report = plan(catalogue, files)
        report.words = missing_words(catalogue)
        if not dry_run:
            load_words(catalogue, report.words)
            write(report, files)
    return report


def plan(catalogue: Catalogue, files: Mapping[str, bytes]) -> Report:
    drafts = {module.id for module in catalogue.modules if catalogue.is_draft(module)}
    unready = drafts | {seance.id for seance in catalogue.seances if seance.source.is_draft}
    waiting = {
        parcours.source.name: [
            name for name in (*parcours.values["modules"], *parcours.values["seances"]) if name in unready
        ]
        for parcours in catalogue.parcours
    }
    changes = [change_of(MODULES, module, module.id not in drafts) for module in catalogue.modules]
    changes += [change_of(SEANCES, seance, not seance.source.is_draft) for seance in catalogue.seances]
    changes += [
        change_of(PARCOURS, parcours, not parcours.source.is_draft and not waiting[parcours.source.name])
        for parcours in catalogue.parcours
    ]
    changes += [change_of(shelf_of_page(page), page, not page.source.is_draft) for page in catalogue.pages]
    if faults := [fault for change in changes for fault in address_faults(change)]:
        raise CatalogueRefused(faults)
    known = {change.source for change in changes}
    missing = list(LoadedPage.objects.exclude(source__in=known).values_list("source", flat=True).order_by("source"))
    waiting = {source: names for source, names in waiting.items() if names}
    return Report(changes, plan_media(catalogue.media, files), missing, waiting)


def change_of(shelf: Shelf, thing, publish: bool) -> Change:
    wanted = shelf.lines(shelf.values_of(thing), name_of)
    digest = written.digest(wanted)
    page = shelf.find(thing)
    if page is None:
        return Change(shelf, thing, None, digest, CREATE, publish)
    current = shelf.lines(shelf.read(page.get_latest_revision_as_object()), name_of)
    loaded = LoadedPage.objects.filter(page_id=page.pk).first()
    if current == wanted:
        late = publish and not page.live and (loaded is None or not loaded.published)
        move = UPDATE if late or loaded is None else SAME
    elif is_ours(page, loaded, current):
        move = UPDATE
    else:
        move = EDITED
    difference = written.difference(wanted, current, thing.source.name) if move == EDITED else []
    return Change(shelf, thing, page, digest, move, publish, difference)


def is_ours(page: Page, loaded: LoadedPage | None, current: list[str]) -> bool:
    """Nobody wrote in it: it holds what was loaded, or was planted with the tree and never saved."""
    return page.latest_revision_id is None if loaded is None else written.digest(current) == loaded.digest


def address_faults(change: Change) -> list[Fault]:
    """Another page of the CMS may already live at this address."""
    parent, slug = change.shelf.parent(), change.thing.values["slug"]
    if parent is None or change.move not in (CREATE, UPDATE):
        return []
    neighbours = ParcoursPage.objects.all() if change.shelf is PARCOURS else parent.get_children()
    rivals = neighbours.filter(slug=slug).exclude(pk=change.page.pk if change.page else None)
    sentence = f"l’adresse « {slug} » est déjà celle d’une autre page du CMS : changez « slug » ici, ou là-bas."
    return [Fault(change.source, 1, sentence)] if rivals.exists() else []


def write(report: Report, files: Mapping[str, bytes]) -> None:
    before = set(edition_pks())
    load_media(report.media, files)
    plant()
    for change in report.moved(CREATE, UPDATE):
        write_page(change)
    refreeze(report)
    list_again()
    list_questions_again()
    open_libraries()
    report.editions = [pk for pk in edition_pks() if pk not in before]


def edition_pks():
    return ParcoursPage.objects.filter(editions__isnull=False).values_list("editions", flat=True)


def plant() -> None:
    """The catalogue under the home page, the national library under the catalogue."""
    catalogue = CataloguePage.objects.first()
    if catalogue is None:
        page = CataloguePage(
            title="Catalogue", slug="catalogue", translation_key=stable_id("cataloguepage", "national")
        )
        catalogue = HomePage.objects.first().add_child(instance=page)
        catalogue.save_revision().publish()
    if library() is None:
        page = LibraryPage(
            title="Bibliothèque nationale",
            slug="bibliotheque-nationale",
            translation_key=stable_id("librarypage", "national"),
        )
        catalogue.add_child(instance=page)


def write_page(change: Change) -> None:
    page = change.shelf.find(change.thing) or change.shelf.new(change.thing)  # the tree has moved since the plan
    change.shelf.fill(page, change.thing)
    if change.page is None:
        page.live = False
        change.shelf.parent().add_child(instance=page)
    revision = page.save_revision(clean=False)
    LoadedPage.objects.update_or_create(
        page_id=page.pk,
        defaults={"source": change.source, "digest": change.digest, "published": change.publish},
    )
    if change.publish:
        try:
            revision.publish()
        except PublicationRefused as refused:
            raise CatalogueRefused([Fault(change.source, 1, sentence) for sentence in refused.sentences]) from refused


def refreeze(report: Report) -> None:
    """A parcours whose file did not move follows the modules that were just published, if it still can."""
    published = [
        change.thing.id for change in report.moved(CREATE, UPDATE) if change.shelf is MODULES and change.publish
    ]
    followers = ParcoursPage.objects.live().filter(parcours_modules__module__reference__in=published).distinct()
    for parcours in followers:
        try:
            freeze(parcours)
        except PublicationRefused as refused:
            report.behind[parcours.title] = refused.sentences
