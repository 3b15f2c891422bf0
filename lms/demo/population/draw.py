"""What is drawn by lot, always the same for the same seed and rank: more people never change the first ones."""

import random
import unicodedata
import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from stdnum import luhn

NAMESPACE = uuid.UUID("6f1d2a52-6a0f-5b0e-9f0e-3d6d3c1f7a10")
DATA = Path(__file__).parent.parent / "data"


@cache
def data(name):
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def lot(seed, kind, rank) -> random.Random:
    return random.Random(f"{seed}:{kind}:{rank}")


def identity(seed, kind, rank) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{seed}:{kind}:{rank}")


def plain(text) -> str:
    """For an address: lower case, ASCII, hyphens."""
    letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return "-".join("".join(char if char.isalnum() else " " for char in letters).split())


def siret(rank) -> str:
    """Passes the check; its five zeros show that it is fictional."""
    office, unit = divmod(rank, 999)
    siren = f"00000{unit + 1:03d}"
    siren += luhn.calc_check_digit(siren)
    number = f"{siren}{office + 1:04d}"
    return number + luhn.calc_check_digit(number)


@dataclass(frozen=True)
class Town:
    name: str
    departement: object

    @property
    def postcode(self):
        code = self.departement.code
        return {"2A": "20000", "2B": "20200"}.get(code, code.ljust(5, "0"))


def town(draw, departement) -> Town:
    parts = data("structures")["communes"]
    start, end = draw.choice(parts["debut"]), draw.choice(parts["fin"])
    return Town(f"{start} {end}" if end.startswith("l’") else f"{start}-{end}", departement)
