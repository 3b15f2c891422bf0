"""What forbids a publication, and what a reviewer lets pass."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from lms.kernel.journal import record
from parcours.catalogue.blocks import UNKNOWN
from parcours.catalogue.engine import faults
from parcours.catalogue.engine.faults import Fault, File
from parcours.catalogue.engine.media import HEAD
from parcours.catalogue.engine.parcours import minutes_fault
from parcours.catalogue.models import Competence, ModulePage, Opening, ParcoursPage, PublicationException, SeancePage


class PublicationRefused(Exception):
    """A page cannot be published: with the sentences that say why, and what to do."""

    def __init__(self, sentences: list[str], page: Page | None = None):
        super().__init__(" ".join(sentences))
        self.sentences, self.page = sentences, page


def publication_faults(page: Page) -> list[Fault]:
    """All that forbids this page, as it stands, to be published; what a reviewer has let pass is left out."""
    if isinstance(page, ModulePage):
        return [*unknown_competences(page), *of_module(page.pk, page.title, page.body)]
    if isinstance(page, SeancePage):
        return [*unknown_competences(page), *of_seance(page.title, page.sequences, page.sheets)]
    if isinstance(page, ParcoursPage):
        modules, seances = page.modules, page.seances
        if not is_history(page.opening, modules, seances):
            return of_parcours(page.pk, page.minutes, modules, seances)
    return []


def is_history(opening: str, modules: Sequence, seances: Sequence) -> bool:
    """A programme of the past, told and never followed here: what it announced credits nobody with an hour."""
    return opening == Opening.CLOSED and not modules and not seances


def of_parcours(pk, minutes: int, modules: Sequence[ModulePage], seances: Sequence[SeancePage]) -> list[Fault]:
    """`modules` and `seances`: as they are published, in order."""
    if not modules and not seances:
        return [Fault("Ce parcours ne cite aucun module ni aucune demi-journée : ajoutez-en au moins un.")]
    found = [
        Fault(f"Le module « {one.title} » n’est pas publié : publiez-le d’abord.") for one in modules if not one.live
    ]
    found += [
        Fault(f"La demi-journée « {one.title} » n’est pas publiée : publiez-la d’abord.")
        for one in seances
        if not one.live
    ]
    found += [replace(fault, path=()) for module in modules for fault in met_in(module.title, module.body)]
    online = sum(child.value["minutes"] or 0 for module in modules for child in module.body)
    mismatch = minutes_fault(minutes, online, sum(seance.minutes for seance in seances))
    found += [Fault(mismatch)] if mismatch else []
    return without_passed(found, [pk, *(module.pk for module in modules)])


def of_module(pk, title: str, body) -> list[Fault]:
    return without_passed(met_in(title, body), [pk])


def met_in(title: str, body) -> list[Fault]:
    found = [
        *unfinished(body, f"Module « {title} »"),
        *faults.module_faults(title, body.get_prep_value(), file_reader()),
    ]
    return list(dict.fromkeys(found))


def unknown_competences(page) -> list[Fault]:
    """Those that the page itself cites; those of its blocks are judged by the blocks."""
    unknown = Competence.objects.unknown(page.competences.split())
    return [Fault(UNKNOWN.format(code), f"« {page.title} »") for code in unknown]


def of_seance(title: str, sequences, sheets) -> list[Fault]:
    where = f"Demi-journée « {title} »"
    return [*unfinished(sequences, where), *unfinished(sheets, where)]


def without_passed(found: list[Fault], pages: Sequence[int]) -> list[Fault]:
    """Leave out what a reviewer let pass on one of these pages."""
    passed = set(PublicationException.objects.filter(page__in=pages).values_list("fault", flat=True))
    return [fault for fault in found if not (fault.may_pass and str(fault) in passed)]


def check(page: Page) -> None:
    """Raises PublicationRefused."""
    if found := publication_faults(page):
        raise PublicationRefused(list(map(str, found)), page)


@transaction.atomic
def let_pass(page: Page, found: Sequence[Fault], *, reason: str, by) -> list[PublicationException]:
    """Publish despite these faults, once and for as long as each stays the same."""
    exceptions = []
    for sentence in dict.fromkeys(str(fault) for fault in found if fault.may_pass):
        exception = PublicationException.objects.create(page_id=page.pk, fault=sentence, reason=reason, by=by)
        record("catalogue.published_despite_fault", exception, by=by, after={"page": page.pk})
        exceptions.append(exception)
    return exceptions


def file_reader():
    @cache
    def file_of(kind: str, pk) -> File:
        model = get_image_model() if kind == "image" else get_document_model()
        found = model.objects.filter(pk=pk).first()
        return File(found.filename, head_of(found) if kind == "audio" else b"") if found else File("")

    return file_of


def head_of(document) -> bytes:
    try:
        with document.file.open("rb") as opened:
            return opened.read(HEAD)
    except OSError:
        return b""


def unfinished(stream, where: str) -> list[Fault]:
    """What the blocks themselves require before publication, and a draft may lack."""
    try:
        stream.stream_block.clean(stream)
    except ValidationError as error:
        return list(lacking(stream.stream_block, stream, error, where))
    return []


def lacking(block, value, error: ValidationError, where: str, path: tuple[int, ...] = ()) -> Iterator[Fault]:
    """The sentences of a refused block, each where it was met."""
    inner = getattr(error, "block_errors", {})
    own = error.non_block_errors.as_data() if hasattr(error, "non_block_errors") else [error]
    for one in own:
        yield from (Fault(sentence, where, path) for sentence in one.messages)
    for key, found in inner.items():
        child, held, name = inside(block, value, key)
        deeper = (*path, key) if isinstance(block, StreamBlock) and len(path) < 2 else path
        yield from lacking(child, held, found, f"{where}, {name}" if name else where, deeper)


def inside(block, value, key):
    """A child block that was refused, its value, and what it is called."""
    if isinstance(block, StreamBlock):
        child = value[key]
        return child.block, child.value, called(child.block.label, child.value, key)
    if isinstance(block, ListBlock):
        return block.child_block, value[key], called(block.child_block.label, value[key], key)
    if isinstance(block, StructBlock):
        child = block.child_blocks[key]
        silent = isinstance(child, StreamBlock | ListBlock)
        return child, value[key], "" if silent else f"« {child.label} »"
    raise TypeError(block)


def called(label: str, value, rank: int) -> str:
    title = value.get("title") if hasattr(value, "get") else ""
    return f"{label[:1].lower()}{label[1:]} « {title} »" if title else f"{label[:1].lower()}{label[1:]} {rank + 1}"
