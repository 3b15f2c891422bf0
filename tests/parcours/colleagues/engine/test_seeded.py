"""What must hold: two thousand colleagues, thirty things wrong, thirty found where they are, none besides."""

import tracemalloc
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from lms.kernel.tables import read_file, read_text
from parcours.colleagues.engine.checking import Checks, check
from parcours.colleagues.engine.entries import entries_of
from tests.kernel.tables.files import lines, ods, text_file, xlsx
from tests.parcours.colleagues.seeding import HEADINGS, seeded


def valid(email):
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


CHECKS = Checks(
    valid_email=valid,
    closed_domain=lambda email: email.endswith("@conseiller-numerique.fr"),
    shared_mailbox=lambda email: email.startswith("accueil@"),
    colleagues={},
)


def found_in(table):
    entries = list(entries_of(table)[1])
    verdicts = check(entries, CHECKS)
    blocking = {
        entry.line: [fault.code for fault in verdict.faults if fault.blocking]
        for entry, verdict in zip(entries, verdicts, strict=True)
    }
    warned = [fault for verdict in verdicts for fault in verdict.faults if not fault.blocking]
    return {line: codes for line, codes in blocking.items() if codes}, warned, len(entries)


def quoted(cell, separator):
    return f'"{cell}"' if separator in cell else cell


def text(rows, separator, end):
    return lines([[quoted(cell, separator) for cell in row] for row in rows], separator, end)


WAYS = {
    "pasted from a spreadsheet": lambda rows: read_text(text(rows, "\t", "\n")),
    "CSV of a French Excel": lambda rows: read_file(text_file(text(rows, ";", "\r\n"), "cp1252")),
    "CSV in UTF-8 with its mark": lambda rows: read_file(text_file(text(rows, ",", "\r\n"), "utf-8-sig")),
    "CSV in ISO-8859-15": lambda rows: read_file(text_file(text(rows, "|", "\n").replace("’", "'"), "iso8859_15")),
    "CSV in UTF-16": lambda rows: read_file(text_file(text(rows, "\t", "\r\n"), "utf-16")),
    "accents taken apart": lambda rows: read_text(unicodedata.normalize("NFD", text(rows, ";", "\r"))),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("headings", [True, False], ids=["with headings", "without"])
def test_thirty_faults_are_found_on_their_lines_and_no_other(way, headings):
    list_ = seeded()
    rows = [HEADINGS, *list_.rows] if headings else list_.rows
    found, warned, count = found_in(WAYS[way](rows))
    assert found == {line + headings: [code] for line, code in list_.expected.items()}
    assert (warned, count) == ([], 2_000)


@pytest.mark.parametrize("saved", [xlsx, ods])
def test_they_are_found_in_a_workbook_where_control_characters_are_line_breaks(saved):
    list_ = seeded()
    rows = [[cell.replace("\x07", "\n") for cell in row] for row in (HEADINGS, *list_.rows)]
    found, _, _ = found_in(read_file(saved(rows)))
    assert found == {line + 1: [code] for line, code in list_.expected.items()}


@pytest.mark.parametrize("seed", ["a", "b", "c", "d"])
def test_other_people_with_the_same_faults_give_the_same_result(seed):
    list_ = seeded(600, seed)
    found, warned, _ = found_in(read_text(text([HEADINGS, *list_.rows], ";", "\n")))
    assert found == {line + 1: [code] for line, code in list_.expected.items()}
    assert warned == []


def test_two_thousand_lines_are_read_and_checked_in_a_moment_and_a_little_memory():
    pasted = text([HEADINGS, *seeded().rows], ";", "\n")
    tracemalloc.start()
    found_in(read_text(pasted))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000
