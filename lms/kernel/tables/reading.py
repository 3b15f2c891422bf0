"""The one way in for tables: pasted, CSV, Excel or OpenDocument, told apart by what they contain, not by their name."""

import io
import unicodedata
from collections.abc import Iterator
from itertools import islice

from lms.kernel.tables.delimited import SAMPLE_LINES, lines_of, rows_cut, rows_of_people, separator_of
from lms.kernel.tables.encodings import CHUNK, encoding_of
from lms.kernel.tables.faults import Limits, Unreadable
from lms.kernel.tables.spreadsheets import OTHER_ARCHIVE, read_spreadsheet
from lms.kernel.tables.table import Row, Table

ARCHIVE, OLD_OFFICE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
NEUTRALISED = tuple(f"'{sign}" for sign in "=+-@\t")
EMPTY = "Il n’y a rien à lire ici : le fichier ou le texte est vide."
OLD = (
    "Ce classeur est dans un ancien format (.xls), ou protégé par un mot de passe. "
    "Ouvrez-le, retirez le mot de passe, enregistrez-le au format .xlsx ou .ods, puis réessayez."
)
NOT_A_TABLE = {ARCHIVE: OTHER_ARCHIVE, OLD_OFFICE: OLD, PDF: OTHER_ARCHIVE}
LIMITS = Limits()


def read_text(text: str, limits: Limits = LIMITS) -> Table:
    """What somebody pasted. Raises Unreadable with the sentence to show, here or while the rows come."""
    limits.check_size(len(text.encode()))
    if not text.strip():
        raise Unreadable(EMPTY)
    sample = list(islice(_lines(text), SAMPLE_LINES))
    return _text_table("texte collé", _lines(text), sample, limits)


def read_file(file, limits: Limits = LIMITS) -> Table:
    """A binary file open at its beginning, that stays open while the rows come. Raises Unreadable, as above."""
    limits.check_size(file.seek(0, io.SEEK_END))
    file.seek(0)
    start = file.read(CHUNK)
    file.seek(0)
    if start.startswith(ARCHIVE):
        table = read_spreadsheet(file, limits)
        return Table(table.kind, _kept(table.rows, limits), sheet=table.sheet, other_sheets=table.other_sheets)
    _refuse_what_is_no_text(start)
    encoding = encoding_of(file)
    sample = list(islice(lines_of(io.BytesIO(start), encoding.codec), SAMPLE_LINES))
    return _text_table("fichier texte", lines_of(file, encoding.codec), sample, limits, encoding)


def _refuse_what_is_no_text(start):
    if not start.strip():
        raise Unreadable(EMPTY)
    for mark, sentence in NOT_A_TABLE.items():
        if start.startswith(mark):
            raise Unreadable(sentence)
    strange = sum(byte < 9 or 13 < byte < 32 for byte in start) - start.count(0)
    if strange > 0.05 * len(start):
        raise Unreadable(OTHER_ARCHIVE)


def _lines(text) -> Iterator[str]:
    return (line.removesuffix("\n") for line in io.StringIO(text, newline=None))


def _text_table(kind, lines, sample, limits, encoding=None) -> Table:
    separator = separator_of(sample)
    rows = rows_cut(lines, separator) if separator else rows_of_people(lines)
    return Table(kind, _kept(rows, limits), encoding, separator)


def _kept(rows, limits) -> Iterator[Row]:
    """The rows that say something, cleaned, within limits."""
    count = 0
    for row in rows:
        cells = tuple(map(clean_cell, row.cells))
        cells = cells[: next((at for at in range(len(cells), 0, -1) if cells[at - 1]), 0)]
        if cells:
            count += 1
            limits.check_rows(count)
            limits.check_cells(row.line, cells)
            yield Row(row.line, cells)


def clean_cell(cell: str) -> str:
    """Composed letters, nothing around, no null, and without the apostrophe an export puts before a formula."""
    cell = unicodedata.normalize("NFC", cell).replace("\0", "\ufffd").strip().strip("\ufeff\u200b").strip()
    return cell[1:] if cell.startswith(NEUTRALISED) else cell
