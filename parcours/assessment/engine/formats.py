"""What is typed in a field that expects more than text, read as a value: two writings of one value are equal."""

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from urllib.parse import urlsplit

from parcours.assessment.engine.texts import without_accents

TEXT, NUMBER, DATE, EMAIL, URL = "texte", "nombre", "date", "email", "url"
POSTCODE, TELEPHONE, FILE_NAME = "code-postal", "telephone", "nom-fichier"

NUMERAL = re.compile(r"[+-]?(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d+)?", re.ASCII)
DAY_FIRST = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4})", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
IN_WORDS = re.compile(r"(?:le )?(\d{1,2})(?:er)? ([a-z]+) (\d{4})", re.ASCII)
MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
EMAIL_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://")
FRENCH_CODES = re.compile(r"^(?:\+|00)(?:33|262|590|594|596)")
FORBIDDEN_IN_NAMES = re.compile(r'[/\\:*?"<>|]')


def number(text: str) -> Decimal | None:
    """« 1 234,5 » is 1234.5; a unit is not part of a number."""
    if not NUMERAL.fullmatch(text):
        return None
    return Decimal(text.replace(" ", "").replace(",", "."))


def date(text: str) -> datetime.date | None:
    """31/12/2024, 2024-12-31 and 31 décembre 2024 are one day."""
    if found := DAY_FIRST.fullmatch(text):
        day, month, year = found[1], int(found[3]), found[4]
    elif found := YEAR_FIRST.fullmatch(text):
        year, month, day = found[1], int(found[2]), found[3]
    elif (found := IN_WORDS.fullmatch(without_accents(text))) and found[2] in MONTHS:
        day, month, year = found[1], MONTHS.index(found[2]) + 1, found[3]
    else:
        return None
    try:
        return datetime.date(int(year), month, int(day))
    except ValueError:
        return None


def email(text: str) -> str | None:
    return text if EMAIL_ADDRESS.fullmatch(text) else None


def url(text: str) -> tuple | None:
    """An address without a scheme is one in https; a final slash changes nothing."""
    if " " in text:
        return None
    try:
        parts = urlsplit(text if SCHEME.match(text) else f"https://{text}")
    except ValueError:
        return None
    if not HOST.fullmatch(parts.netloc):
        return None
    return parts.scheme, parts.netloc, parts.path.rstrip("/"), parts.query, parts.fragment


def postcode(text: str) -> str | None:
    digits = text.replace(" ", "")
    return digits if re.fullmatch(r"\d{5}", digits, re.ASCII) else None


def telephone(text: str) -> str | None:
    """+33 1 23 45 67 89 is 01 23 45 67 89; short numbers (15, 3646) are numbers too."""
    digits = re.sub(r"[ .\-]|\(0\)", "", text)
    digits = FRENCH_CODES.sub("0", digits)
    return digits if re.fullmatch(r"0\d{9}|[1-9]\d{1,5}|\+\d{6,15}", digits, re.ASCII) else None


def file_name(text: str) -> str | None:
    return None if FORBIDDEN_IN_NAMES.search(text) or not text.strip(".") else text


READERS: dict[str, Callable] = {
    NUMBER: number,
    DATE: date,
    EMAIL: email,
    URL: url,
    POSTCODE: postcode,
    TELEPHONE: telephone,
    FILE_NAME: file_name,
}
FORMATS = (TEXT, *READERS)
NAMES = {
    TEXT: "un texte",
    NUMBER: "un nombre",
    DATE: "une date",
    EMAIL: "une adresse e-mail",
    URL: "une adresse de site",
    POSTCODE: "un code postal",
    TELEPHONE: "un numéro de téléphone",
    FILE_NAME: "un nom de fichier",
}


def tolerance(text: str) -> tuple[Decimal, bool] | None:
    """« 0,5 » is a difference, « 5 % » a share of the answer: (amount, whether it is a share)."""
    text = text.replace("\u00a0", " ").replace("\u202f", " ").strip()
    amount = number(text.removesuffix("%").strip())
    return None if amount is None or amount < 0 else (amount, text.endswith("%"))
