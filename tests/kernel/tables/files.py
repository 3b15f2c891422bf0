"""The same small table, as French machines save it."""

import io
import zipfile
from itertools import chain
from xml.sax.saxutils import escape

import openpyxl

HEADINGS = ("Nom", "Prénom", "Adresse e-mail")
PEOPLE = (
    ("Lefèvre", "Gaëlle", "gaelle.lefevre@ville-exemple.fr"),
    ("D’Almeida", "François", "francois.dalmeida@ville-exemple.fr"),
    ("Noël", "Zoé", "zoe.noel@ville-exemple.fr"),
)


def lines(rows, separator=";", end="\r\n"):
    return end.join(separator.join(cells) for cells in rows) + end


def text_file(text, codec="utf-8", mark=b""):
    return io.BytesIO(mark + text.encode(codec))


def xlsx(rows, title="Agents", before=()):
    """`before`: pairs of a sheet's name and its state, put in front."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cell in chain.from_iterable(sheet.iter_rows()):
        cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type  # no text is a formula
    for rank, (name, state) in enumerate(before):
        book.create_sheet(name, rank).sheet_state = state
    book.active = len(before)
    return _bytes(book.save)


def ods(rows, sheets=("Agents",), extra=""):
    """Each row a list of texts, or of ready-made XML cells."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    tables = "".join(f'<table:table table:name="{name}">{body}{extra}</table:table>' for name in sheets)
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
{tables}</office:spreadsheet></office:body></office:document-content>""",
        }
    )


def _ods_cell(value):
    if value.startswith("<"):
        return value
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'


def archive(parts):
    def save(out):
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in parts.items():
                packed.writestr(name, content)

    return _bytes(save)


def _bytes(save):
    out = io.BytesIO()
    save(out)
    out.seek(0)
    return out
