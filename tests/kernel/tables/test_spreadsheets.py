import datetime
import io
import zipfile

import openpyxl
import pytest

from lms.kernel.tables import Limits, Unreadable, read_file
from tests.kernel.tables.files import HEADINGS, PEOPLE, archive, ods, xlsx

TABLE = [HEADINGS, *PEOPLE]


def cells(table):
    return [row.cells for row in table.rows]


@pytest.mark.parametrize("saved", [xlsx, ods])
def test_a_workbook_is_read_like_any_table(saved):
    table = read_file(saved(TABLE))
    assert cells(table) == TABLE
    assert dict(table.reading)["Feuille lue"] == "Agents"


def test_rows_keep_the_number_a_spreadsheet_shows():
    file = xlsx([["Liste du CCAS"], [], ["Nom", "Prénom"], [None, None], ["Durand", "Marie"]])
    assert [row.line for row in read_file(file).rows] == [1, 3, 5]
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    assert [row.line for row in read_file(ods([["Nom"], [blank], ["Durand"]])).rows] == [1, 3]


def test_values_are_written_as_they_are_read_in_french():
    values = [12.0, 0.5, 73282932000074, datetime.datetime(2026, 11, 22), datetime.datetime(2026, 11, 22, 9, 30), True]
    assert cells(read_file(xlsx([values]))) == [
        ("12", "0,5", "73282932000074", "22/11/2026", "22/11/2026 09:30", "VRAI")
    ]


def test_values_of_an_opendocument_are_written_the_same_way():
    row = [
        '<table:table-cell office:value-type="float" office:value="12"><text:p>12,00</text:p></table:table-cell>',
        '<table:table-cell office:value-type="date" office:date-value="2026-11-22"/>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="false"/>',
        '<table:table-cell table:number-columns-repeated="2"><text:p>bis</text:p></table:table-cell>',
    ]
    assert cells(read_file(ods([row]))) == [("12", "22/11/2026", "FAUX", "bis", "bis")]


def test_a_formula_gives_its_value():
    book = openpyxl.Workbook()
    book.active.append(["Nom", "=1+1"])
    out = io.BytesIO()
    book.save(out)
    parts = {name: zipfile.ZipFile(out).read(name) for name in zipfile.ZipFile(out).namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = (
        parts[sheet].replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>")
    )
    assert cells(read_file(archive(parts))) == [("Nom", "2")]


def test_the_first_filled_sheet_in_sight_is_read_and_the_others_are_counted():
    file = xlsx(TABLE, before=[("Vide", "visible"), ("Cachée", "hidden")])
    assert (cells(read_file(file)), read_file(file).sheet) == (TABLE, "Agents")
    table = read_file(ods(TABLE, sheets=("Agents", "Notes", "Brouillon")))
    assert (table.sheet, table.other_sheets) == ("Agents", 2)


def test_a_workbook_that_unfolds_into_a_flood_is_refused_before_it_does():
    bomb = archive({"xl/workbook.xml": b"0" * 3_000_000})
    with pytest.raises(Unreadable, match="Une fois déplié"):
        read_file(bomb, Limits(unpacked_bytes=1_000_000))


def test_rows_repeated_without_end_are_refused():
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    file = ods([["Nom"]], extra=f'<table:table-row table:number-rows-repeated="1000000000">{cell}</table:table-row>')
    with pytest.raises(Unreadable, match="au-delà de la ligne"):
        list(read_file(file).rows)


def test_blank_rows_without_end_cost_nothing():
    blank = '<table:table-row table:number-rows-repeated="1000000000"><table:table-cell/></table:table-row>'
    assert cells(read_file(ods([["Nom"]], extra=blank))) == [("Nom",)]


def test_a_sheet_that_lies_about_its_size_is_read_to_its_true_end():
    file = xlsx(TABLE)
    parts = {name: zipfile.ZipFile(file).read(name) for name in zipfile.ZipFile(file).namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'ref="A1:C4"', b'ref="A1:XFD1048576"')
    assert b"XFD1048576" in parts[sheet]
    assert cells(read_file(archive(parts))) == TABLE


def test_a_cell_far_below_is_refused_rather_than_reached():
    file = xlsx([["Nom"]])
    parts = {name: zipfile.ZipFile(file).read(name) for name in zipfile.ZipFile(file).namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(
        b"</sheetData>", b'<row r="999999999"><c r="A999999999"><v>1</v></c></row></sheetData>'
    )
    with pytest.raises(Unreadable, match="lignes vides"):
        list(read_file(archive(parts)).rows)


@pytest.mark.parametrize("saved", [xlsx, ods])
def test_too_many_columns_are_refused(saved):
    with pytest.raises(Unreadable, match="plus de 100 colonnes"):
        list(read_file(saved([["x"] * 101])).rows)


ENTITIES = """<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><x>&b;</x>"""
SPOILT = {
    "cut short": lambda: io.BytesIO(xlsx(TABLE).read()[:-200]),
    "not what it says": lambda: archive({"xl/workbook.xml": "<nothing/>"}),
    "with entities": lambda: archive({"content.xml": ENTITIES}),
    "without rows": lambda: ods([]),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_spoilt_workbook_is_refused_in_a_sentence(how):
    with pytest.raises(Unreadable) as refused:
        list(read_file(SPOILT[how]()).rows)
    assert "Ce classeur" in str(refused.value)


def test_a_workbook_that_breaks_on_the_way_is_refused_too():
    file = ods(TABLE)
    content = zipfile.ZipFile(file).read("content.xml")
    broken = archive({"content.xml": content[: content.rindex(b"</office:spreadsheet>")]})
    with pytest.raises(Unreadable, match="abîmé"):
        list(read_file(broken).rows)
