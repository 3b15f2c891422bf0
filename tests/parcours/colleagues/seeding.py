"""Two thousand colleagues with thirty things wrong, always the same ones, and the lines where they are."""

import random
from dataclasses import dataclass

from lms.demo.population.draw import data, plain

HEADINGS = ("Nom", "Prénom", "Adresse e-mail")
DOMAIN = "ville-exemple.fr"


SPOILERS = {  # what is done to a good line, and the fault that must be found: no other
    "email_missing": lambda last, first, email: (last, first, ""),
    "email_invalid": lambda last, first, email: (last, first, email.replace("@", " chez ")),
    "email_invalid ": lambda last, first, email: (last, first, email.replace(".fr", "")),
    "email_invalid  ": lambda last, first, email: (last, first, email.replace("@", "@@")),
    "email_invalid   ": lambda last, first, email: (last, first, email.replace(".fr", ",fr")),
    "email_accent": lambda last, first, email: (last, first, "é" + email),
    "email_several": lambda last, first, email: (last, first, f"{email} / autre.{email}"),
    "email_slip": lambda last, first, email: (last, first, email.replace(DOMAIN, "gmial.com")),
    "email_slip ": lambda last, first, email: (last, first, email.replace(".fr", ".fe")),
    "email_slip  ": lambda last, first, email: (last, first, email.replace(DOMAIN, "wanado.fr")),
    "email_closed": lambda last, first, email: (last, first, email.replace(DOMAIN, "conseiller-numerique.fr")),
    "email_too_long": lambda last, first, email: (last, first, "a" * 250 + email),
    "email_elsewhere": lambda last, first, email: (email, first, last),
    "email_elsewhere ": lambda last, first, email: (last, email, first),
    "shifted": lambda last, first, email: (last, "le", first, email),
    "name_missing": lambda last, first, email: ("", first, email),
    "name_missing ": lambda last, first, email: (last, "", email),
    "name_too_long": lambda last, first, email: (last * 40, first, email),
    "name_formula": lambda last, first, email: ("=cmd|'/c calc'!A1", first, email),
    "name_formula ": lambda last, first, email: (last, "+33 1 99 00 12 34", email),
    "name_control": lambda last, first, email: (last, f"{first[:2]}\x07{first[2:]}", email),
    "name_misread": lambda last, first, email: (last, "GÃ©raldine", email),
    "name_digit": lambda last, first, email: (f"{last} 2", first, email),
    "name_unreadable": lambda last, first, email: ("???", first, email),
    "name_address": lambda last, first, email: (email, first, email),
    "heading": lambda last, first, email: HEADINGS,
    "total": lambda last, first, email: ("Total", "26 agents", ""),
    "duplicate": None,
    "duplicate ": None,
    "duplicate  ": None,
}
assert len(SPOILERS) == 30


@dataclass
class Seeded:
    rows: list[tuple[str, ...]]
    expected: dict[int, str]
    """The fault of each faulty line, by its number in the table without headings, from 1."""


def colleagues(count, seed="colleagues"):
    """Good lines only: people of all sorts, each with a name and an address of their own."""
    draw, names, seen = random.Random(seed), data("noms"), set()
    while len(seen) < count:
        first, last = draw.choice(names["prenoms"]), draw.choice(names["noms"])
        if draw.random() < 0.2:
            last = f"{last}-{draw.choice(names['noms'])}"
        if draw.random() < 0.3:
            last = last.upper()
        key = plain(f"{first} {last}")
        if key in seen:
            continue
        seen.add(key)
        email = f"{plain(first)}.{plain(last)}@{DOMAIN if draw.random() < 0.9 else 'agglo-exemple.fr'}"
        yield last, first, email.upper() if draw.random() < 0.05 else email


def seeded(count=2_000, seed="colleagues") -> Seeded:
    rows, draw = list(colleagues(count, seed)), random.Random(f"{seed}:spoilers")
    expected = {}
    for at, code in zip(sorted(draw.sample(range(100, count), len(SPOILERS))), SPOILERS, strict=True):
        good = (rows[at][0], rows[at][1], rows[at][2].lower().replace("agglo-exemple.fr", DOMAIN))
        rows[at] = SPOILERS[code](*good) if SPOILERS[code] else (*good[:2], rows[at % 100][2])
        expected[at + 1] = code.strip()
    return Seeded(rows, expected)
