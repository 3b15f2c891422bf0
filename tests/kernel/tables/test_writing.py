import csv
import datetime
import io
import tracemalloc
import unicodedata

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel.tables import CSV, XLSX, read_file, write
from tests.kernel.tables.files import HEADINGS, PEOPLE


def written(form, headings, rows, **values):
    out = io.BytesIO()
    write(out, form, headings, rows, **values)
    out.seek(0)
    return out


def test_a_csv_opens_by_itself_in_a_french_spreadsheet():
    data = written(CSV, HEADINGS, PEOPLE).read()
    assert data.startswith("\ufeffNom;Prénom;Adresse e-mail\r\n".encode())
    assert data.endswith(b"\r\n")


@pytest.mark.parametrize("text", ["=cmd|'/c calc'!A1", "+33 1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_becomes_a_formula(text):
    data = written(CSV, ["Nom"], [[text]])
    rows = list(csv.reader(io.TextIOWrapper(data, "utf-8-sig", newline=""), delimiter=";"))
    assert rows[1] == [f"'{text}"]
    sheet = openpyxl.load_workbook(written(XLSX, ["Nom"], [[text]])).active
    assert sheet["A2"].data_type == "s"


def test_values_keep_their_type_in_a_workbook_and_are_french_in_a_csv():
    row = ["Durand", 12, 1.5, datetime.date(2026, 11, 22), None]
    assert written(CSV, list("abcde"), [row]).read().decode("utf-8-sig").splitlines()[1] == "Durand;12;1,5;22/11/2026;"
    sheet = openpyxl.load_workbook(written(XLSX, list("abcde"), [row], title="Où en sont [mes] collègues ?")).active
    assert [cell.value for cell in sheet[2]] == ["Durand", 12, 1.5, datetime.datetime(2026, 11, 22), None]
    assert sheet.title == "Où en sont  mes  collègues"


printable = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)
normal = printable.map(lambda text: unicodedata.normalize("NFC", text)).filter(lambda text: text.strip("'=+-@"))


@pytest.mark.parametrize("form", [CSV, XLSX])
@given(rows=st.lists(st.tuples(normal, normal, normal), min_size=2, max_size=6))
def test_what_is_written_is_read_again(form, rows):
    rows = [tuple(f"a{cell}" for cell in row) for row in rows]
    table = read_file(written(form, ["un", "deux", "trois"], rows))
    assert [row.cells for row in table.rows] == [("un", "deux", "trois"), *rows]


def peak_of(form, count, path):
    rows = (("Durand", "Marie", f"marie{n}@ville-exemple.fr", n, None) for n in range(count - 1))
    tracemalloc.start()
    with path.open("wb") as out:
        write(out, form, ["Nom", "Prénom", "Mail", "Rang", "Vide"], rows)
    with path.open("rb") as file:
        assert sum(1 for _ in read_file(file).rows) == count
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize(("form", "count"), [(CSV, 5_000), (XLSX, 500)])
def test_four_times_as_many_rows_take_hardly_more_memory(form, count, tmp_path):
    peak_of(form, count, tmp_path / "warm")
    few, many = peak_of(form, count, tmp_path / "few"), peak_of(form, 4 * count, tmp_path / "many")
    assert many < few + 1_000_000


@pytest.mark.parametrize("form", [CSV, XLSX])
def test_twenty_thousand_rows_go_out_and_come_in(form):
    rows = (("Durand", "Marie", f"marie{n}@ville-exemple.fr") for n in range(19_999))
    assert sum(1 for _ in read_file(written(form, ["Nom", "Prénom", "Mail"], rows)).rows) == 20_000
