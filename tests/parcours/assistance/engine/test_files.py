import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from parcours.assistance.engine import files
from parcours.assistance.engine.files import Unfit, check, clean_name, display_name
from tests.parcours.assistance.factories import GOOD, NIR, PDF, archive, docx, odt, picture


@pytest.mark.parametrize("name", GOOD)
def test_what_is_accepted_is_known_by_its_bytes(name):
    data, content_type = GOOD[name]
    assert check(name, data).content_type == content_type
    assert check("sans-nom", data).content_type == content_type


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("programme.pdf", b"MZ\x90\x00" + b"\x00" * 60),
        ("page.pdf", b"\x00\x01\x02"),
        ("image.png", b"\x89PNG\r\n\x1a\n" + b"no picture"),
        ("photo.jpg", b"\xff\xd8\xff\xe0 cut"),
        ("notes.docx", archive(**{"hello.txt": "x"})),
        ("notes.docx", b"PK\x03\x04 broken"),
        ("macro.docx", docx(**{"word/vbaProject.bin": "x"})),
        ("macro.odt", odt(**{"Basic/Standard/Module1.xml": "x"})),
        ("tableur.ods", archive(mimetype="application/vnd.oasis.opendocument.spreadsheet")),
        ("anim.gif", b"GIF89a\x01\x00\x01\x00\x00"),
        ("vide.pdf", b""),
    ],
)
def test_anything_else_is_refused_by_name_whatever_it_is_called(name, data):
    with pytest.raises(Unfit, match=name.split(".")[0]):
        check(name, data)


def test_a_file_beyond_five_megabytes_is_refused():
    with pytest.raises(Unfit, match="dépasse 5"):
        check("gros.pdf", PDF + b"0" * files.MOST_BYTES)


def test_an_archive_that_unfolds_without_end_is_refused():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "x")
        file.writestr("word/document.xml", b"0" * (files.MOST_UNZIPPED + 1))
    with pytest.raises(Unfit):
        check("bombe.docx", output.getvalue())


def test_a_picture_too_large_to_hold_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MOST_PIXELS", 100)
    with pytest.raises(Unfit, match="trop grande"):
        check("photo.jpg", picture())


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_picture_loses_its_place_and_its_device(format):
    data = picture(format, located=True)
    assert Image.open(io.BytesIO(data)).getexif()
    kept = check("photo", data).data
    with Image.open(io.BytesIO(kept)) as image:
        assert dict(image.getexif()) == {}
        assert image.size == (60, 40)
    assert b"T\xc3\xa9l\xc3\xa9phone" not in kept


@pytest.mark.parametrize("mode", ["P", "L", "LA", "RGBA", "1", "I;16"])
def test_pictures_of_every_sort_stay_pictures(mode):
    with Image.open(io.BytesIO(check("image.png", picture("PNG", mode)).data)) as image:
        assert image.size == (60, 40)


def test_a_picture_taken_sideways_is_put_upright():
    output, exif = io.BytesIO(), Image.Exif()
    exif[274] = 6
    Image.new("RGB", (60, 40)).save(output, "JPEG", exif=exif)
    with Image.open(io.BytesIO(check("photo.jpg", output.getvalue()).data)) as image:
        assert image.size == (40, 60)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_text_of_any_encoding_is_kept_readable(encoding):
    assert check("note.txt", "Émargement à faire".encode(encoding)).data.decode() == "Émargement à faire"


@pytest.mark.parametrize(("name", "data"), [(f"mandat {NIR}.pdf", PDF), ("note.txt", f"Le numéro : {NIR}".encode())])
def test_a_social_security_number_is_refused_and_not_repeated(name, data):
    with pytest.raises(Unfit) as refused:
        check(name, data)
    assert "sécurité sociale" in str(refused.value)
    assert "006" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\Zoé\consigne.pdf", "consigne.pdf"),
        ("photo.jpg.exe", "photo.jpg.exe.pdf"),
        ("image.jpeg", "image.pdf"),
        ("  .pdf", "fichier.pdf"),
        ("a\u202egnp.pdf", "agnp.pdf"),
        ("nom\x00\r\n.pdf", "nom.pdf"),
        ('mon "fichier" <1>.pdf', "mon fichier 1.pdf"),
        ("É" * 300 + ".pdf", "É" * 80 + ".pdf"),
        ("", "fichier.pdf"),
    ],
)
def test_a_name_is_cleaned_and_says_what_the_file_is(name, shown):
    assert clean_name(name, "pdf") == shown


@given(st.text())
def test_a_clean_name_is_one_short_line(name):
    shown = display_name(name)
    assert 0 < len(shown) <= files.NAME_LENGTH
    assert len(shown.splitlines()) == 1
    assert not set(shown) & set('/\\"<>')


@given(st.binary(max_size=300))
def test_no_file_is_refused_by_an_error(data):
    try:
        check("fichier", data)
    except Unfit as unfit:
        assert str(unfit)
