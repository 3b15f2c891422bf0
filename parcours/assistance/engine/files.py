"""What may be joined to a question: its nature is read in its bytes, never in its name.

Pictures lose what the device wrote beside them. Sentences say what is wrong with which file, and what to do.
"""

import io
import re
import unicodedata
import warnings
import zipfile
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from lms.kernel.sensitive import has_social_security

MOST_FILES = 3
MOST_BYTES = 5_000_000
MOST_PIXELS = 50_000_000
MOST_UNZIPPED, MOST_ENTRIES = 60_000_000, 2_000
NAME_LENGTH = 80
ODT = "application/vnd.oasis.opendocument.text"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXTENSIONS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    ODT: "odt",
    DOCX: "docx",
    "text/plain": "txt",
}
MACROS = re.compile(r"vbaProject\.bin$|/activeX/|^Basic/|^Scripts/")
ACCEPTED = "PDF, PNG, JPEG, ODT, DOCX ou texte"
NOT_ACCEPTED = "« {name} » n’est pas un fichier accepté ({accepted}) : enregistrez-le sous une de ces formes."
NUMBERED = "Le nom d’un fichier contient un numéro de sécurité sociale : renommez-le, puis joignez-le de nouveau."


class Unfit(Exception):
    """The file is refused; `str()` gives the sentence to show."""


@dataclass(frozen=True)
class CheckedFile:
    """`data` is what is kept: for a picture, redrawn without what the device wrote beside it."""

    name: str
    content_type: str
    data: bytes


def check(name: str, data: bytes, *, most_bytes=MOST_BYTES, types=None, accepted=ACCEPTED) -> CheckedFile:
    """Raises Unfit with the sentence to show. `types`: those accepted, in words `accepted`; all of ours by default."""
    shown = display_name(name)
    if has_social_security(name):
        raise Unfit(NUMBERED)
    if not data:
        raise Unfit(f"« {shown} » est vide : choisissez un autre fichier.")
    if len(data) > most_bytes:
        raise Unfit(too_big(shown, most_bytes))
    content_type = _type_of(data)
    if content_type not in (types or EXTENSIONS):
        raise Unfit(NOT_ACCEPTED.format(name=shown, accepted=accepted))
    data = _kept(content_type, data, shown)
    return CheckedFile(clean_name(name, EXTENSIONS[content_type]), content_type, data)


def too_big(name: str, most_bytes: int = MOST_BYTES) -> str:
    return f"« {display_name(name)} » dépasse {most_bytes // 1_000_000} Mo : réduisez-le, ou joignez-en une partie."


def display_name(name: str) -> str:
    """The last part of a path, without what would not show or would show as something else."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(char for char in last if unicodedata.category(char)[0] not in "CZ" or char == " ")
    return re.sub(r"[\s<>:\"|?*«»]+", " ", plain).strip(" .")[:NAME_LENGTH] or "fichier"


def clean_name(name: str, extension: str) -> str:
    """The name with the extension of what the file really is."""
    stem, dot, given = display_name(name).rpartition(".")
    known = {*EXTENSIONS.values(), "jpeg"}
    if given.lower() not in known:
        stem = f"{stem}{dot}{given}"
    return f"{stem.strip() or 'fichier'}.{extension}"


def _type_of(data):
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"PK\x03\x04"):
        return _type_of_archive(data)
    return "text/plain" if _text(data) is not None else None


def _type_of_archive(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            bomb = len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNZIPPED
            if bomb or any(MACROS.search(name) for name in names):
                return None
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                return ODT if archive.read("mimetype").strip() == ODT.encode() else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError):
        return None
    return DOCX if {"[Content_Types].xml", "word/document.xml"} <= names else None


def _kept(content_type, data, shown):
    if content_type.startswith("image/"):
        return _redrawn(data, shown)
    if content_type != "text/plain":
        return data
    text = _text(data)
    if has_social_security(text):
        raise Unfit(f"« {shown} » contient un numéro de sécurité sociale : retirez-le avant de joindre ce fichier.")
    return text.encode()


def _text(data):
    """Text of any usual encoding, or None for what is no text."""
    if b"\x00" in data:
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    controls = sum(unicodedata.category(char) == "Cc" and char not in "\t\n\r\f" for char in text[:5000])
    return None if controls or "\ufffd" in text else text


def _redrawn(data, shown):
    """The same picture, upright, without its place, its date nor its device."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Unfit(f"« {shown} » est une image trop grande : réduisez-la.")
                return _saved(ImageOps.exif_transpose(picture), picture.format)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError, Warning) as error:
        raise Unfit(NOT_ACCEPTED.format(name=shown, accepted=ACCEPTED)) from error


def _saved(picture, format):
    bare = picture.copy()
    bare.info = {name: value for name, value in picture.info.items() if name == "transparency"}
    output = io.BytesIO()
    bare.save(output, format, optimize=True, **({"quality": 88} if format == "JPEG" else {}))
    return output.getvalue()
