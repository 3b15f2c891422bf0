import codecs
import contextlib
import io
import time
import unicodedata

import pytest

from lms.kernel.tables import Column, Limits, Unreadable, read_file, read_text, recognise
from tests.kernel.tables.files import HEADINGS, PEOPLE, archive, lines, text_file

TABLE = [HEADINGS, *PEOPLE]
NARROW = [tuple(cell.replace("’", "'") for cell in row) for row in TABLE]


def cells(table):
    return [row.cells for row in table.rows]


def read(file, **limits):
    return cells(read_file(file, Limits(**limits)))


SAVED = {
    "UTF-8": (TABLE, "utf-8", b""),
    "UTF-8 with its mark": (TABLE, "utf-8", codecs.BOM_UTF8),
    "UTF-16 with its mark": (TABLE, "utf-16-le", codecs.BOM_UTF16_LE),
    "UTF-16, the other way": (TABLE, "utf-16-be", codecs.BOM_UTF16_BE),
    "UTF-16 without its mark": (TABLE, "utf-16-le", b""),
    "Windows-1252": (TABLE, "cp1252", b""),
    "ISO-8859-15": (NARROW, "iso8859_15", b""),
    "Mac OS Roman": (TABLE, "mac_roman", b""),
    "MS-DOS": (NARROW, "cp850", b""),
}


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"], ids=["semicolon", "comma", "tab", "bar"])
@pytest.mark.parametrize("saved", SAVED)
def test_a_file_is_read_in_any_alphabet_with_any_separator(saved, separator):
    rows, codec, mark = SAVED[saved]
    assert read(text_file(lines(rows, separator), codec, mark)) == rows


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_a_line_ends_as_each_system_ends_it(end):
    assert read(text_file(lines(TABLE, end=end))) == TABLE
    assert cells(read_text(lines(TABLE, end=end))) == TABLE


def test_what_was_guessed_is_said():
    table = read_file(text_file(lines(TABLE), "cp1252"))
    assert table.reading == [
        ("Format", "fichier texte"),
        ("Alphabet", "Windows-1252 (deviné)"),
        ("Séparateur", "point-virgule"),
    ]
    assert dict(read_file(text_file(lines(TABLE))).reading)["Alphabet"] == "UTF-8"


WORDS = {
    "cp1252": ["Sœur", "Cœuré", "L’Haÿ", "ÉLÉONORE", "François", "Noël", "Zoé"],
    "iso8859_15": ["Sœur", "Cœuré", "ÉLÉONORE", "François", "Noël", "Zoé"],
    "mac_roman": ["Sœur", "Cœuré", "L’Haÿ", "ÉLÉONORE", "François", "Noël", "Zoé"],
    "cp850": ["ÉLÉONORE", "François", "Noël", "Zoé"],
}


@pytest.mark.parametrize(("codec", "word"), [(codec, word) for codec, words in WORDS.items() for word in words])
def test_one_word_is_enough_to_tell_the_alphabet(codec, word):
    assert read(text_file(f"Nom;Ville\nDurand;{word}\n", codec))[1] == ("Durand", word)


def test_decomposed_accents_come_out_composed():
    pasted = unicodedata.normalize("NFD", lines(TABLE))
    assert cells(read_text(pasted)) == TABLE


def test_a_late_accent_counts_as_much_as_an_early_one():
    rows = [("Nom", "Ville"), *[("Durand", "Rennes")] * 9_000, ("Noël", "Sète")]
    assert read(text_file(lines(rows), "cp1252"))[-1] == ("Noël", "Sète")
    assert read(text_file(lines(rows)))[-1] == ("Noël", "Sète")


def test_lines_are_numbered_as_an_editor_shows_them():
    table = read_text("\n\nNom;Prénom\n\nDurand;Marie\n;;\nRoux;Paul\n")
    assert [row.line for row in table.rows] == [3, 5, 7]


def test_a_quoted_cell_may_hold_the_separator_a_quote_or_a_line_break():
    pasted = 'Nom;Note\n"Durand ; Roux";"dit ""Momo"""\n"Le\nGoff";suite\nPetit;fin\n'
    rows = list(read_text(pasted).rows)
    assert [row.cells for row in rows[1:]] == [("Durand ; Roux", 'dit "Momo"'), ("Le\nGoff", "suite"), ("Petit", "fin")]
    assert [row.line for row in rows] == [1, 2, 3, 5]


def test_a_quote_never_closed_swallows_no_line():
    pasted = 'Nom;Prénom\n"Durand;Marie\nRoux;Paul\nPetit;Luc\n'
    assert cells(read_text(pasted)) == [("Nom", "Prénom"), ('"Durand', "Marie"), ("Roux", "Paul"), ("Petit", "Luc")]


def test_a_quote_inside_a_word_is_a_letter_like_another():
    assert cells(read_text('Nom;Prénom\nO"Neil;Ann\nLe "Goff";Yann\n'))[1:] == [
        ('O"Neil', "Ann"),
        ('Le "Goff"', "Yann"),
    ]


def test_the_separator_declared_by_excel_is_believed_and_its_line_is_no_row():
    assert cells(read_text("sep=,\nNom,Note\nDurand,1;2;3\nRoux,4;5;6\n")) == [
        ("Nom", "Note"),
        ("Durand", "1;2;3"),
        ("Roux", "4;5;6"),
    ]


def test_the_separator_that_cuts_most_lines_alike_wins_over_commas_in_the_text():
    pasted = "Liste, du CCAS, au 1er mars\nNom;Adresse\nDurand;1, rue du Port, Dol\nRoux;2, rue du Port, Dol\n"
    assert cells(read_text(pasted))[2] == ("Durand", "1, rue du Port, Dol")


def test_the_apostrophe_an_export_puts_before_a_formula_is_taken_out():
    assert cells(read_text("Nom;Téléphone\nDurand;'+33 1 99 00 00 00\nL'Hôte;'était\n"))[1:] == [
        ("Durand", "+33 1 99 00 00 00"),
        ("L'Hôte", "'était"),
    ]


MAIL_PROGRAMS = {
    "one per line": "Marie DURAND <marie@a.fr>\nPaul Roux <paul@a.fr>\n",
    "one line, commas": "Marie DURAND <marie@a.fr>, Paul Roux <paul@a.fr>",
    "one line, semicolons": "Marie DURAND <marie@a.fr>; Paul Roux <paul@a.fr>;",
    "quoted": '"Marie DURAND" <marie@a.fr>,\n"Paul Roux" <paul@a.fr>',
}


@pytest.mark.parametrize("way", MAIL_PROGRAMS)
def test_people_are_pasted_from_a_mail_program(way):
    assert cells(read_text(MAIL_PROGRAMS[way])) == [("Marie DURAND", "marie@a.fr"), ("Paul Roux", "paul@a.fr")]


def test_last_name_first_keeps_its_comma_in_a_mail_program():
    assert cells(read_text('"DURAND, Marie" <marie@a.fr>; "LE GOFF, Yann" <yann@a.fr>')) == [
        ("DURAND, Marie", "marie@a.fr"),
        ("LE GOFF, Yann", "yann@a.fr"),
    ]


def test_lines_without_a_separator_or_bare_addresses_are_read_too():
    assert cells(read_text("Marie Durand marie@a.fr\nPaul Roux paul@a.fr\n")) == [
        ("Marie Durand", "marie@a.fr"),
        ("Paul Roux", "paul@a.fr"),
    ]
    assert cells(read_text("marie@a.fr; paul@a.fr, luc@a.fr")) == [
        ("", f"{one}@a.fr") for one in ("marie", "paul", "luc")
    ]


def test_signs_of_a_mail_program_without_an_address_are_only_signs():
    assert cells(read_text("Nom;Prénom\n<b>Durand</b>;Marie\n<i>Roux</i>;Paul\n"))[1] == ("<b>Durand</b>", "Marie")


def test_a_person_without_an_address_is_not_lost():
    assert cells(read_text("Marie Durand <marie@a.fr>\nPaul Roux\nLuc Petit <luc@>\nAnne Le <anne@a.fr>\n"))[1:3] == [
        ("Paul Roux",),
        ("Luc Petit", "luc@"),
    ]


# --- Refusals ---------------------------------------------------------------------------------------------------------

BIG = lines([("a", "b")] * 30)
REFUSED = {
    "empty": (b"", {}, "vide"),
    "blank": (b" \r\n \r\n", {}, "vide"),
    "too heavy": (BIG.encode(), {"file_bytes": 20}, "Partagez-le"),
    "too many rows": (BIG.encode(), {"rows": 29}, "plus de 29 lignes"),
    "too wide": (b"a;b;c\n", {"columns": 2}, "La ligne 1 compte plus de 2 colonnes"),
    "a cell too long": (b"a;" + b"b" * 50, {"cell_characters": 40}, "À la ligne 1"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + bytes(200), {}, ".xls"),
    "a PDF": (b"%PDF-1.7 \n" + b"x" * 50, {}, "n’est pas un tableau"),
    "a picture": (bytes(range(256)) * 4, {}, "n’est pas un tableau"),
    "a text document": (archive({"word/document.xml": "<a/>"}).read(), {}, "n’est pas un tableau"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_refusal_says_what_is_wrong(what):
    data, limits, words = REFUSED[what]
    with pytest.raises(Unreadable) as refused:
        read(io.BytesIO(data), **limits)
    assert words in str(refused.value)
    assert str(refused.value).endswith(".")


def test_the_limits_are_those_announced():
    read(io.BytesIO(BIG.encode()), rows=30, file_bytes=len(BIG), columns=2)
    with pytest.raises(Unreadable):
        read_text(" \n ")


@pytest.mark.parametrize("codec", ["cp1252", "mac_roman"])
def test_a_list_of_agents_is_known_by_its_apostrophes_when_few_names_have_accents(codec):
    rows = [("Nom", "Profession"), ("Zoé", "agent d’accueil"), *[(f"Nom{n}", "agent d’accueil") for n in range(40)]]
    assert cells(read_file(io.BytesIO("\n".join(map(";".join, rows)).encode(codec)))) == rows


@pytest.mark.parametrize(
    "text",
    [
        *('"a"' + " ;" * 100_000, '"a";' * 100_000, ";" * 300_000, "<" * 100_000, "@" * 30_000, "a@," * 20_000),
        *("a" * 30_000, "<@" * 30_000, "(" * 30_000 + ";b", '"abc;def\n' * 10_000),
    ],
    ids=lambda text: text[:6],
)
def test_a_hostile_line_is_read_or_refused_in_a_time_that_grows_with_it_and_no_faster(text):
    begun = time.process_time()
    with contextlib.suppress(Unreadable):
        list(recognise(read_text(text).rows, [Column("email", "Adresse", ("e-mail",))])[1])
    assert time.process_time() - begun < 5
