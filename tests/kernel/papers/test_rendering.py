"""What the engine is not allowed: fetching, missing, going on for ever, eating the machine."""

import base64
import io
import os
import re
import time

import pytest
from django.db import connection
from PIL import Image
from pypdf import PdfReader

from lms.kernel.papers import glyphs, pdf, texts_of
from lms.kernel.papers.sandbox import ChildFailed, Limits, run_apart
from lms.kernel.templatetags.papers import fitted
from tests.kernel.papers.factories import content, issue

FAST = Limits(seconds=6, cpu_seconds=1)


def words(file):
    """The text of a PDF as a sequence of words: line ends and unbreakable spaces do not count."""
    return " ".join("".join(page.extract_text() + "\n" for page in PdfReader(io.BytesIO(file)).pages).split())


@pytest.fixture(scope="module")
def warm():
    pdf.warm()


@pytest.mark.django_db
def test_the_pdf_says_all_that_is_frozen():
    paper, file = issue()
    said = words(file)
    for text in [*texts_of(content()), paper.number, paper.verification_url, "page 1 sur 1", "DONNÉES FICTIVES"]:
        assert " ".join(text.split()) in said, text


@pytest.mark.django_db
def test_outside_demonstration_nothing_says_fictional(settings):
    settings.DEMO = False
    paper, file = issue()
    assert "FICTIVES" not in words(file)
    assert "fictives" not in paper.twin_html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "Marie-Antoinette Éléonore " + "de la Rochefoucauld-" * 4 + "d’Aubigné",
        "X" * 120,
        "O’Neil-L'Hôte Œuvré",
        "محمد بن عبد الله",
        "דוד כהן",
        "Éloïse 🌻 Ñandú",
        "Ελένη Наталья",
        "<script>alert(1)</script> & {{ 7 }} %s",
        "李小龍",
        "A\u202eB\u200d\ufe0fC\nD\x07",
        f"Page{pdf.PAGES}",
        "",
    ],
)
def test_every_name_is_printed_inside_the_page(name):
    _, file = issue(holder=name, employer={"name": name, "siret": ""})
    reader = PdfReader(io.BytesIO(file))
    assert len(reader.pages) == 1
    for x in abscissas(reader.pages[0]):
        assert 0 <= x < 210 * 72 / 25.4
    first = "".join(char for char in name.split()[0] if char != pdf.PAGES) if name.split() else ""
    assert not first[:3].isascii() or first[:20] in words(file)


def abscissas(page):
    found = []
    page.extract_text(
        visitor_text=lambda text, cm, tm, font, size: found.append(cm[4] + tm[4]) if text.strip() else None
    )
    return found


def test_characters_no_font_has_are_replaced_visibly():
    assert glyphs.runs("李 A") == [("wide", "▯"), ("text", " A")]
    assert not glyphs.is_complete("李")
    assert glyphs.is_complete("Éloïse 🌻 محمد Ελένη")


@pytest.mark.django_db
def test_the_paper_says_when_a_character_could_not_be_printed():
    _, file = issue(holder="李小龍")
    assert "la page de vérification montre le texte exact" in words(file)


def test_each_run_has_the_font_that_draws_it():
    assert glyphs.runs("Ana محمد 🌻 !") == [("text", "Ana "), ("wide", "محمد "), ("emoji", "🌻"), ("text", " !")]


def test_a_long_text_shrinks_and_a_short_one_does_not():
    def size_of(text):
        return float(re.search(r"font-size: ([\d.]+)pt", fitted(text, "x", width=170, size=24, least=12, lines=2))[1])

    assert size_of("Camille Durand") == 24
    assert 12 < size_of("W" * 60) < 24
    assert size_of("W" * 200) == 12


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="http://localhost:9/x.png">',
        '<img src="https://example.org/x.png">',
        '<img src="file:///etc/passwd">',
        '<img src="/etc/passwd">',
        '<img src="../pdf.py">',
        '<img src="../../../../../../etc/passwd">',
        '<link rel="stylesheet" href="http://localhost:9/x.css">',
        '<link rel="stylesheet" href="../../../config/settings.py">',
        "<style>@import url(file:///etc/passwd);</style>",
        "<style>@font-face { font-family: x; src: url(/etc/passwd); }</style>",
        '<p style="background-image: url(http://localhost:9/x.png)">x</p>',
        '<img src="missing.png">',
        '<p style="unknown-property: 1">x</p>',
        '<p style="font-family: wide">李</p>',
    ],
)
def test_what_is_refused_or_missing_fails_the_whole_paper(warm, caplog, markup):
    with pytest.raises(pdf.RenderFailed) as failed:
        pdf.to_pdf(f'<html><head><link rel="stylesheet" href="paper.css"></head><body>{markup}<p>x</p></body></html>')
    assert failed.value.why == "refused"
    assert caplog.text == ""  # what the engine says quotes the document


def test_a_picture_that_would_fill_the_memory_is_refused(warm):
    bomb = io.BytesIO()
    Image.new("1", (6000, 6000)).save(bomb, "png")
    address = "data:image/png;base64," + base64.b64encode(bomb.getvalue()).decode()
    with pytest.raises(pdf.RenderFailed):
        pdf.to_pdf(f'<html><body><img src="{address}"><p>x</p></body></html>')


@pytest.mark.django_db
def test_what_a_name_contains_is_never_markup():
    paper, file = issue(holder="<script>alert(1)</script><img src=/etc/passwd>{% now %}")
    assert "<script" not in paper.twin_html
    assert "<img" not in paper.twin_html
    assert "<script>alert(1)</script>" in words(file)


def test_what_is_beside_the_paper_may_be_used(warm):
    assert pdf.to_pdf('<html><body><img src="fictional.jpg"><p>x</p></body></html>').startswith(b"%PDF-")


def test_an_endless_document_is_stopped(warm):
    started = time.monotonic()
    with pytest.raises(pdf.RenderFailed) as failed:
        pdf.to_pdf("<table>" + "<tr><td>x</td></tr>" * 20_000 + "</table>", limits=FAST)
    assert failed.value.why == "time"
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("work", "why"),
    [
        (lambda: bytes(2 * 10**9), "memory"),
        (lambda: [b"x" * 10**6 for _ in iter(int, 1)], "memory"),
        (lambda: any(iter(int, 1)), "time"),
        (lambda: time.sleep(60), "time"),
        (lambda: os._exit(3), "died"),
        (lambda: os.kill(os.getpid(), 9), "died"),
        (lambda: 1 / 0, "refused"),
    ],
)
def test_a_child_that_goes_wrong_harms_nobody(work, why):
    limits = Limits(seconds=3, cpu_seconds=1, memory_bytes=200 * 1024 * 1024)
    with pytest.raises(ChildFailed) as failed:
        run_apart(work, limits)
    assert failed.value.why == why
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)  # and nobody is left behind


@pytest.mark.django_db(transaction=True)
def test_the_child_shares_no_file_with_its_parent():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        own = {"0", "1", "2"}
        left = set(run_apart(lambda: " ".join(os.listdir("/proc/self/fd")).encode()).decode().split())
        assert len(left - own) <= 2  # its pipe, and the listing itself
        cursor.execute("SELECT 2")
        assert cursor.fetchone() == (2,)


def test_what_a_child_writes_goes_with_it(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def write_and_die():
        import tempfile

        with open(tempfile.mkstemp()[1], "w") as file:
            file.write("Camille Durand")
        os._exit(1)

    with pytest.raises(ChildFailed):
        run_apart(write_and_die)
    assert list(tmp_path.iterdir()) == []


def test_a_long_answer_comes_whole():
    assert run_apart(lambda: b"x" * 5_000_000) == b"x" * 5_000_000


def test_the_same_document_is_laid_out_the_same_way(warm):
    html = "<html><body><p>Deux fois</p></body></html>"
    assert pdf.to_pdf(html) == pdf.to_pdf(html)


@pytest.mark.django_db
def test_the_file_is_dated_titled_and_says_its_language_without_naming_the_person():
    paper, file = issue()
    reader = PdfReader(io.BytesIO(file))
    assert reader.metadata.creation_date == paper.issued_at.replace(microsecond=0)
    assert reader.metadata.title == f"Attestation d’essai {paper.number}"
    assert reader.metadata.author == "Ouest Médiation Formation"
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert "Durand" not in str(reader.metadata)


@pytest.mark.parametrize("paragraphs", [1, 100])
def test_pages_are_counted(warm, paragraphs):
    file = pdf.to_pdf("<html><body>" + "<p>ligne</p>" * paragraphs + f"<p>sur {pdf.PAGES}</p></body></html>")
    pages = len(PdfReader(io.BytesIO(file)).pages)
    assert (pages > 1) == (paragraphs > 1)
    assert words(file).endswith(f"sur {pages}")
