"""Spreadsheets, read row by row: the archive is weighed before anything of it is unpacked."""

import datetime
import zipfile
from collections.abc import Iterator

import openpyxl
from defusedxml.ElementTree import iterparse

from lms.kernel.formats import date_short, number
from lms.kernel.tables.faults import MEGABYTE, Limits, Unreadable
from lms.kernel.tables.table import Row, Table

LINES_LOOKED_AT = 200_000  # blank ones included: a sheet may declare a million of them
SPOILT = "Ce classeur est abîmé ou incomplet. Ouvrez-le dans votre tableur, enregistrez-le de nouveau, puis réessayez."
NO_SHEET = "Ce classeur ne contient aucune feuille remplie. Vérifiez que vous avez choisi le bon fichier."
OTHER_ARCHIVE = (
    "Ce fichier n’est pas un tableau. Choisissez un classeur (.xlsx, .ods) ou un fichier CSV, "
    "ou copiez-collez les lignes."
)
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
PARAGRAPH = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"


def read_spreadsheet(file, limits: Limits) -> Table:
    try:
        names = _weighed(file, limits)
        if "xl/workbook.xml" in names:
            return _read_xlsx(file, limits)
        if "content.xml" in names:
            return _read_ods(file, limits)
    except Unreadable:
        raise
    except Exception as fault:  # a spoilt or hostile archive fails in any way its libraries can
        raise Unreadable(SPOILT) from fault
    raise Unreadable(OTHER_ARCHIVE)


def _weighed(file, limits) -> set[str]:
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_bytes:
        raise Unreadable(
            f"Une fois déplié, ce classeur pèse {number(unpacked / MEGABYTE)} Mo ; la limite est de "
            f"{number(limits.unpacked_bytes / MEGABYTE)} Mo. Ne gardez que la feuille et les colonnes utiles."
        )
    return {part.filename for part in parts}


def _honest(rows) -> Iterator[Row]:
    """The rows themselves, unless the archive breaks on the way."""
    try:
        yield from rows
    except Unreadable:
        raise
    except Exception as fault:  # as above
        raise Unreadable(SPOILT) from fault


# --- Excel ------------------------------------------------------------------------------------------------------------


def _read_xlsx(file, limits) -> Table:
    book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for rank, sheet in enumerate(sheets):
        sheet.reset_dimensions()  # what a file declares of itself is not believed
        if next(_rows_of_sheet(sheet, limits), None):
            rows = _honest(_rows_of_sheet(sheet, limits))
            return Table("classeur Excel", rows, sheet=sheet.title, other_sheets=len(sheets) - rank - 1)
    raise Unreadable(NO_SHEET)


def _rows_of_sheet(sheet, limits) -> Iterator[Row]:
    for line, values in enumerate(sheet.iter_rows(values_only=True, max_col=limits.columns + 1), 1):
        _go_on(line)
        if any(value is not None for value in values):
            yield Row(line, tuple(written(value) for value in values))


def _go_on(line):
    if line > LINES_LOOKED_AT:
        raise Unreadable(
            f"Cette feuille va au-delà de la ligne {number(LINES_LOOKED_AT)}. "
            "Supprimez les lignes vides, puis réessayez."
        )


def written(value) -> str:
    """A value as it is read in French, without the decimals a spreadsheet adds to whole numbers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VRAI" if value else "FAUX"
    if isinstance(value, float):
        return f"{value:.15g}".replace(".", ",")
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return date_short(value) if midnight else f"{date_short(value)} {value:%H:%M}"
    if isinstance(value, datetime.date):
        return date_short(value)
    return f"{value:%H:%M}" if isinstance(value, datetime.time) else str(value)


# --- LibreOffice ------------------------------------------------------------------------------------------------------


def _read_ods(file, limits) -> Table:
    with zipfile.ZipFile(file) as archive:
        sheets = _filled_sheets(archive, limits)
    if not sheets:
        raise Unreadable(NO_SHEET)
    rows = _honest(_rows_of_ods(file, sheets[0], limits))
    return Table("classeur OpenDocument", rows, sheet=sheets[0], other_sheets=len(sheets) - 1)


def _filled_sheets(archive, limits) -> list[str]:
    found = {}
    with archive.open("content.xml") as content:
        for name, _ in _ods_rows(content, limits):
            found[name] = True
    return list(found)


def _rows_of_ods(file, wanted, limits) -> Iterator[Row]:
    with zipfile.ZipFile(file) as archive, archive.open("content.xml") as content:
        yield from (row for name, row in _ods_rows(content, limits) if name == wanted)


def _ods_rows(content, limits) -> Iterator[tuple[str, Row]]:
    """Each row that is not blank, with the name of its sheet."""
    sheet, line = None, 0
    for event, element in iterparse(content, events=("start", "end"), forbid_dtd=True):
        if event == "start" and element.tag == f"{TABLE}table":
            sheet, line = element, 0
        elif event == "end" and element.tag == f"{TABLE}table-row":
            cells = _ods_cells(element, limits.columns + 1)
            times = int(element.get(f"{TABLE}number-rows-repeated", 1))
            if any(cells):
                yield from ((sheet.get(f"{TABLE}name", ""), Row(at, cells)) for at in _span(line, times))
            line += times
            _forget_rows(sheet)


def _span(line, times) -> Iterator[int]:
    for at in range(line + 1, line + times + 1):
        _go_on(at)
        yield at


def _forget_rows(sheet):
    """Keep the attributes of the sheet, and none of the rows already read."""
    for child in list(sheet):
        sheet.remove(child)


def _ods_cells(row, most) -> tuple[str, ...]:
    cells = []
    for cell in row:
        if cell.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell") and len(cells) < most:
            times = int(cell.get(f"{TABLE}number-columns-repeated", 1))
            cells += [_ods_value(cell)] * min(times, most - len(cells))
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _ods_value(cell) -> str:
    kind = cell.get(f"{OFFICE}value-type")
    if kind in ("float", "currency", "percentage"):
        return written(float(cell.get(f"{OFFICE}value")))
    if kind == "date":
        return written(datetime.datetime.fromisoformat(cell.get(f"{OFFICE}date-value")))
    if kind == "boolean":
        return written(cell.get(f"{OFFICE}boolean-value") == "true")
    return "\n".join("".join(paragraph.itertext()) for paragraph in cell.findall(PARAGRAPH))
