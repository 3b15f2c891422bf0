"""A file comes in and is read line by line; nothing of it is recorded yet."""

import hashlib
import json
from itertools import chain, islice

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from certification.habilitation.actions.forgetting import erase_file
from certification.habilitation.documents.imports.plans import planner_of
from certification.habilitation.engine.foreign import natures_like, refusal
from certification.habilitation.engine.half_days import Tally
from certification.habilitation.engine.layouts import SHAPES, missing_columns
from certification.habilitation.lifecycle import ATTENDANCES, FileKind, FileState, Outcome
from certification.habilitation.models import ImportedFile, ImportedLine
from lms.kernel.formats import NBSP, plural
from lms.kernel.jobs import post, renew
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.rows import append
from lms.kernel.sensitive import has_social_security
from lms.kernel.tables import Limits, Unreadable, clean_cell, heading_key, read_file, recognise

BATCH = 500
LINE = ("file_id", "number", "values", "outcome", "sentences", "candidates", "person_id", "habilitation_id")
LIMITS = Limits(file_bytes=30_000_000, unpacked_bytes=200_000_000, rows=100_000)
ONCE, WHOLE = (*ATTENDANCES, FileKind.PIX_CSV), 0.8
GUESSED = "Alphabet deviné : {label}. Regardez si les accents sont justes."
NO_LINE = "Ce fichier n’a aucune ligne sous ses titres : il n’y a rien à enregistrer."
FORBIDDEN = (
    "La ligne {line} porte un numéro de sécurité sociale : ce site n’en garde aucun. Le fichier déposé est effacé. "
    "Retirez ce numéro, ou sa colonne, puis déposez le fichier de nouveau."
)
NOT_JSON = "Ce fichier n’est pas le JSON attendu : une liste de lignes « date d’envoi », « email saisi », « résultat »."


class Forbidden(Unreadable):
    """It holds what is kept nowhere: nothing of it stays, its content included."""


def receive(uploaded, *, kind, dated_on, organisation, by, held_on=None, status="") -> ImportedFile:
    """Keep the file, and have it read by a job. The same one deposited twice in a row is the same one.

    `held_on`, `status`: what the depositor says of all its lines, that they do not say themselves.
    """
    content = uploaded.read()
    digest = hashlib.sha256(content).hexdigest()
    told = {"on": held_on and held_on.isoformat(), "status": status}
    same = {"sha256": digest, "kind": kind, "organisation": organisation, "dated_on": dated_on}
    with transaction.atomic():
        for waiting in ImportedFile.objects.filter(**same, state__in=(FileState.READING, FileState.CHECKED)):
            if all((waiting.mapping.get(name) or None) == (value or None) for name, value in told.items()):
                return waiting
        found = ImportedFile(
            **same,
            name=uploaded.name[-200:],
            received_by=by,
            mapping={name: value for name, value in told.items() if value},
        )
        found.content.save(f"{found.public_id}", ContentFile(content), save=False)
        found.save()
        record("habilitation.receive_file", found, by=by, after={"kind": kind, "sha256": digest})
        post("habilitation.read_file", found.pk, key=f"habilitation.read_file:{found.pk}:0", awaited=True)
    return found


def read_again(found, *, mapping, by):
    """The operator said which column is which."""
    with transaction.atomic():
        found = ImportedFile.objects.select_for_update(no_key=True).get(pk=found.pk)
        if not found.content:
            raise TransitionRefused(["Ce fichier est effacé : déposez-le de nouveau."])
        if not found.can_be_read_again:
            raise TransitionRefused(["Ce fichier est déjà enregistré, ou en cours de lecture : rechargez la page."])
        times = found.mapping.get("times", 0) + 1
        found.mapping, found.state = found.mapping | mapping | {"times": times}, FileState.READING
        found.save(update_fields=["mapping", "state"])
        post("habilitation.read_file", found.pk, key=f"habilitation.read_file:{found.pk}:{times}", awaited=True)


def read(found):
    """Read the whole file into lines that say what they would do. Made by a job; may be made again.

    Nothing is left of a file that somebody abandons meanwhile.
    """
    found.lines.all().delete()
    try:
        with found.content.open("rb") as file:
            rows = _json_rows(file) if found.kind == FileKind.PIX_JSON else _table_rows(file, found)
            counts = _keep_lines(found, rows)
    except Unreadable as refused:
        found.lines.all().delete()
        found.state, found.warnings = FileState.UNREADABLE, [str(refused)]
        _end_reading(found, [], erase=isinstance(refused, Forbidden))
        return
    found.counts, found.lines_count, found.state = counts, sum(counts.values()), FileState.CHECKED
    found.warnings += _shorter_than_before(found)
    _end_reading(found, ["counts", "lines_count", "lines_done"])


def _shorter_than_before(found) -> list[str]:
    """A list that is handed whole each time and has lost many of its lines was perhaps cut on the way."""
    if found.kind in ONCE:
        return []
    done = ImportedFile.objects.done().filter(kind=found.kind, organisation=found.organisation_id)
    before = done.order_by("-dated_on", "-pk").values_list("lines_count", flat=True).first() or 0
    if found.lines_count >= WHOLE * before:
        return []
    return [
        f"Le dernier fichier de cette nature avait {plural(before, 'ligne', 'lignes')}, "
        f"celui-ci {plural(found.lines_count, 'ligne', 'lignes')}. "
        "Vérifiez qu’il est entier."
    ]


@transaction.atomic
def _end_reading(found, fields, erase=False):
    held = ImportedFile.objects.select_for_update(no_key=True).get(pk=found.pk)
    if held.state == FileState.READING:
        found.save(update_fields=[*fields, "state", "warnings", "encoding", "separator", "mapping"])
    else:
        found.lines.all().delete()
    if erase:
        erase_file(found, "content")


def _without_numbers(lines):
    """The cells of each line, by its number. Raises Forbidden at the first social security number, in any column."""
    for number, cells in lines:
        if has_social_security(" | ".join(cells)):
            raise Forbidden(FORBIDDEN.format(line=number))
        yield number, cells


def _keep_lines(found, rows) -> dict:
    planner, counts = planner_of(found), {}
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        plans, _ = planner.plans([(number, values, None) for number, values in batch])
        values = dict(batch)
        append(ImportedLine, LINE, (_line(found, plan, values[plan.number]) for plan in plans))
        for plan in plans:
            counts[plan.outcome] = counts.get(plan.outcome, 0) + 1
        renew()
    if not counts:
        raise Unreadable(NO_LINE)
    return counts


def _line(found, plan, values):
    """In the order of LINE."""
    whom = (plan.person and plan.person.pk, plan.habilitation and plan.habilitation.pk)
    values = {} if plan.outcome == Outcome.ERASED else values
    return found.pk, plan.number, values, plan.outcome, plan.sentences, plan.candidates, *whom


def _table_rows(file, found):
    """Pairs of a line number and its values; says how it was read. Raises Unreadable when columns are missing."""
    table = read_file(file, LIMITS)
    shape = SHAPES[found.kind]
    lines = iter(table.rows)
    top = list(islice(lines, 1))
    layout, rows = recognise(chain(top, lines), shape.columns)
    headings = layout.headings or (top[0].cells if top else ())
    found.encoding = table.encoding.label if table.encoding else ""
    found.separator = table.separator
    guessed = table.encoding and table.encoding.guessed
    found.warnings = [GUESSED.format(label=table.encoding.label)] if guessed else []
    if foreign := refusal(found.kind, headings):
        raise Unreadable(foreign)
    found.mapping = found.mapping | {"headings": [one[:120] for one in headings if one]}
    positions = _positions(layout, headings, found)
    if missing := missing_columns(found.kind, positions):
        raise Unreadable(_not_this_nature(found, missing, headings))
    allowed = _without_numbers((row.line, row.cells) for row in rows)
    lines = ((number, _cells(cells, positions)) for number, cells in allowed)
    return _counted(file, lines, positions, shape) if shape.by_half_day else lines


def _counted(file, lines, positions, shape):
    """The file is read twice: what the half-days of each person come to is known before any of them is planned."""
    tally = Tally(lines)
    file.seek(0)
    _, again = recognise(read_file(file, LIMITS).rows, shape.columns)
    return ((row.line, tally.told(row.line, _cells(row.cells, positions))) for row in again)


def _not_this_nature(found, missing, headings) -> str:
    told = f"Il manque {', '.join(missing)}{NBSP}: ce n’est pas un fichier «{NBSP}{found.get_kind_display()}{NBSP}»"
    if likely := natures_like(headings):
        return f"{told}. Ses colonnes sont celles de «{NBSP}{FileKind(likely[0]).label}{NBSP}»{NBSP}: déposez-le ainsi."
    return f"{told}, ou ses titres de colonnes ont changé."


def _positions(layout, headings, found) -> dict[str, int]:
    chosen = found.mapping.get("email")
    positions = dict(layout.positions)
    if chosen in headings:
        positions["email"] = headings.index(chosen)
    return positions


def _cells(cells, positions) -> dict[str, str]:
    return {code: cells[at] for code, at in positions.items() if at < len(cells) and cells[at]}


def _json_rows(file):
    LIMITS.check_size(file.seek(0, 2))
    file.seek(0)
    try:
        lines = json.loads(file.read().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable(NOT_JSON) from None
    if not isinstance(lines, list) or not all(isinstance(one, dict) for one in lines):
        raise Unreadable(NOT_JSON)
    LIMITS.check_rows(len(lines))
    if lines and not any("email saisi" in one for one in lines):
        raise Unreadable(NOT_JSON)
    codes = {heading_key(column.label): column.code for column in SHAPES[FileKind.PIX_JSON].columns}
    told = _without_numbers(
        (rank, [_plain(value) for value in one.values()]) for rank, one in enumerate(lines, start=1)
    )
    return (
        (rank, {codes[key]: cell for key, cell in zip(map(heading_key, one), cells, strict=True) if key in codes})
        for (rank, cells), one in zip(told, lines, strict=True)
    )


def _plain(value) -> str:
    """As a cell of a table: without null, nor half of a character that no database holds."""
    told = "" if value is None else str(value)[:500]
    return clean_cell(told.encode("utf-8", "replace").decode())


def abandon(found, *, by):
    with transaction.atomic():
        found = ImportedFile.objects.select_for_update(no_key=True).get(pk=found.pk)
        if found.state in (FileState.RUNNING, FileState.DONE):
            raise TransitionRefused(["Ce fichier est déjà enregistré : il ne peut plus être abandonné."])
        if found.state == FileState.ABANDONED:
            raise TransitionRefused(["Ce fichier est déjà abandonné."])
        found.state, found.finished_at = FileState.ABANDONED, timezone.now()
        found.save(update_fields=["state", "finished_at"])
        found.lines.all().delete()
        found.content.delete(save=True)
        record("habilitation.abandon_file", found, by=by)
