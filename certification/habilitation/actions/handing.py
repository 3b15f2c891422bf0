"""A file is handed to another service: made, counted, its print kept; never without a line in the log."""

import hashlib
import io
from collections.abc import Iterator

from django.db import transaction

from certification.habilitation.documents.handing import EXPORTS, lines_of, size_of
from certification.habilitation.models import HandOver
from lms.kernel import prepared
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.tables import AT_ONCE, write

NOTHING = "Ce fichier serait vide : il n’y a aucune ligne à remettre pour l’instant."
CHUNK = 1_000


@transaction.atomic
def hand_over(kind, *, form, by, organisation, only_new=False, period=None) -> HandOver:
    """The file is in `content`, unless it is long: a job then makes it. Raises TransitionRefused when it is empty."""
    lines = size_of(lines_of(EXPORTS[kind], by, only_new=only_new, period=period))
    if not lines:
        raise TransitionRefused([NOTHING])
    first, last = period or (None, None)
    values = {"form": form, "only_new": only_new, "lines": lines, "starts_on": first, "ends_on": last}
    handed = HandOver(kind=kind, by=by, organisation=organisation, **values)
    if lines > AT_ONCE:
        prepared.order(handed)
    else:
        content = made(handed)
        handed.save()
        handed.content = content
    record("habilitation.hand_over", handed, by=by, after={"kind": kind, "lines": handed.lines})
    return handed


def made(handed) -> bytes:
    """The bytes of the file; its print, its lines and how many they are are noted on the way, and not saved."""
    export, out = EXPORTS[handed.kind], io.BytesIO()
    handed.lines_ids = []
    found = lines_of(export, handed.by, only_new=handed.only_new, period=handed.period)
    rows = export.rows(_noted(found, handed.lines_ids))
    counted = _Counted(rows)
    write(out, handed.form, export.columns, counted, title=export.label, separator=export.separator)
    content = out.getvalue()
    handed.lines, handed.sha256 = counted.total, hashlib.sha256(content).hexdigest()
    return content


class _Counted:
    def __init__(self, rows):
        self.rows, self.total = rows, 0

    def __iter__(self):
        for row in self.rows:
            self.total += 1
            yield row


def _noted(found, ids) -> Iterator:
    """One after the other, whatever their number; figures have no line of their own."""
    for one in found if isinstance(found, list) else found.iterator(chunk_size=CHUNK):
        if key := getattr(one, "pk", None):
            ids.append(key)
        yield one


def forget_made_files() -> None:
    HandOver.objects.outlived().kept().update(content=None)
