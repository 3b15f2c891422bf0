"""The one way out for tables: CSV as French spreadsheets open it, or Excel; row by row, whatever their number."""

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from lms.kernel.formats import date_short

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
CSV, XLSX = "csv", "xlsx"
CONTENT_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LABELS = {CSV: "CSV", XLSX: "Excel"}
AT_ONCE = 1_000  # lines written while one waits: a longer list is made by a job
WIDEST_SHEET_NAME = 31
NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def form_asked(code: str | None) -> str:
    """CSV to whoever asks for none that exists."""
    return code if code in LABELS else CSV


def write(
    out, form: str, headings: Sequence[str], rows: Iterable[Sequence], title: str = "", separator: str = ";"
) -> None:
    """Write a table to a binary file. Values: texts, numbers, dates, None; `title` names the sheet."""
    if form == CSV:
        _write_csv(out, headings, rows, separator)
    else:
        _write_xlsx(out, headings, rows, title)


def _write_csv(out, headings, rows, separator):
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(map(harmless, headings))
    writer.writerows([_as_text(value) for value in row] for row in rows)
    text.detach()


def _as_text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, datetime.datetime | datetime.date):
        return date_short(value)
    return harmless(value) if isinstance(value, str) else str(value)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula when it opens the file."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def _write_xlsx(out, headings, rows, title):
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title.translate(NOT_IN_SHEET_NAMES)[:WIDEST_SHEET_NAME].strip() or "Feuille 1")
    sheet.freeze_panes = "A2"
    bold = Font(bold=True)
    sheet.append([_cell(sheet, heading, font=bold) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    book.save(out)


def _cell(sheet, value, font=None):
    """Typed by what it is: a text stays a text, whatever its first sign."""
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub(" ", value)
    elif isinstance(value, datetime.datetime):
        value = value.date()
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    if font:
        cell.font = font
    return cell
