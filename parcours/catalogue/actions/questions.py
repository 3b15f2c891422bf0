"""The questions of the modules: listed so that they are found, copied where they are taken up."""

from collections.abc import Iterable
from copy import deepcopy

from django.db import transaction
from django.utils import timezone

from lms.kernel.formats import date_short
from parcours.catalogue.engine import reprises
from parcours.catalogue.models import LibraryPage, ListedQuestion, ModulePage
from parcours.catalogue.permissions import questions_read_by

WRITTEN = ("is_draft", "position", "kind", "statement", "etape", "competences", "words", "value")


@transaction.atomic
def list_questions(page: ModulePage, draft: ModulePage | None = None) -> None:
    """Write again what is found of a module: its questions as published, then those that only its draft has.

    A row keeps its key for as long as its question stays in the module: an editor may have it in hand.
    """
    rows = {}
    if draft is not None:
        rows = {row.block_id: row for row in rows_of(draft, page, is_draft=True)}
    if page.live:
        rows |= {row.block_id: row for row in rows_of(page, page, is_draft=False)}
    ListedQuestion.objects.filter(page=page).exclude(block_id__in=rows).delete()
    ListedQuestion.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["page", "block_id"], update_fields=WRITTEN
    )


def list_questions_again(pages: Iterable[ModulePage] | None = None) -> None:
    """Of the whole CMS, at each load."""
    for page in ModulePage.objects.all().iterator() if pages is None else pages:
        list_questions(page, page.get_latest_revision_as_object())


def rows_of(source: ModulePage, page: ModulePage, *, is_draft: bool) -> Iterable[ListedQuestion]:
    found = reprises.asked_in(source.body.get_prep_value(), source.competences.split())
    for rank, asked in enumerate(found):
        yield ListedQuestion(
            page_id=page.pk,
            block_id=asked.block["id"],
            is_draft=is_draft,
            position=rank,
            kind=asked.block["type"],
            statement=asked.statement,
            etape=asked.etape[:150],
            competences="\n".join(["", *asked.competences, ""]),
            words=f"{asked.words} {reprises.folded(source.title)}",
            value=asked.block["value"],
        )


def take_up(body, page: ModulePage, *, by):
    """The same stream, with a copy of each question that was chosen in it; those nobody may read are left out."""
    raw = deepcopy(body.get_prep_value()) if body else []
    keys = reprises.chosen_in(raw)
    if not keys:
        return body
    held = held_by(page)
    chosen = questions_read_by(by).select_related("page").in_bulk([key for key in keys if key])

    def found(block_id, key):
        if block_id in held:
            return held[block_id]  # taken up by an earlier save of the same window, and maybe changed since
        question = chosen.get(key)
        return question and copied(question, block_id, page)

    reprises.take_up(raw, found)
    return body.stream_block.to_python(raw)


def held_by(page: ModulePage) -> dict[str, dict]:
    """The questions of the latest draft, by the id of their block."""
    if not page.pk:
        return {}
    draft = ModulePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return {asked.block["id"]: asked.block for asked in reprises.asked_in(draft.body.get_prep_value(), ())}


def copied(question: ListedQuestion, block_id: str, page: ModulePage) -> dict:
    source = question.page
    library = LibraryPage.objects.ancestor_of(source).first()
    where = library.title if library else "catalogue"
    told = f"Module « {source.title} » ({where}), le {date_short(timezone.localdate())}"
    module = "" if source.pk == page.pk else source.address
    return reprises.copied(question.block, block_id, taken_from=told[:400], module=module)
