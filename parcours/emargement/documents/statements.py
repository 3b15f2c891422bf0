"""The very words that are signed, frozen with their hash."""

import hashlib
from dataclasses import dataclass

from lms.kernel.formats import NBSP

LONGEST = 400


@dataclass(frozen=True)
class Statement:
    text: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()


def statement_of(attendance) -> Statement:
    """`attendance` with its person, its half-day, its session and edition."""
    sheet = attendance.sheet
    return _fitting(f"{attendance.person.full_name} certifie sa présence à", sheet)


def countersign_of(sheet, trainer) -> Statement:
    return _fitting(f"{trainer.full_name} certifie l’émargement de", sheet)


def _fitting(opening, sheet) -> Statement:
    begun = f"{opening} la demi-journée du {sheet.label}, formation «{NBSP}"
    title = sheet.session.edition.title
    room = LONGEST - len(begun) - 3
    return Statement(f"{begun}{title if len(title) <= room else title[: room - 1] + '…'}{NBSP}».")
