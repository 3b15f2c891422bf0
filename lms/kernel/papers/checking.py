"""Is this file, byte for byte, the paper that was issued? Only files known to be ours are ever parsed."""

import hashlib
import re
from dataclasses import dataclass
from enum import Enum

from lms.kernel.models.paper import AlteredFile, Paper

from . import signing

MAX_BYTES = 5 * 1024 * 1024
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")
ADDRESS_IN_FILE = re.compile(rb"/verifier/([A-Za-z0-9_-]{20,64})/")


class Outcome(Enum):
    """A title and a sentence: what was found, then what to do."""

    SAME = (
        "Ce fichier est le document délivré",
        "Il est identique, octet par octet, à celui que nous avons délivré, et sa signature électronique le couvre "
        "en entier.",
    )
    ALTERED = (
        "Ce fichier a été modifié",
        "Il a la taille du document délivré, mais pas les mêmes octets. Ne l’acceptez pas : fiez-vous au contenu "
        "affiché sur cette page, ou demandez le fichier d’origine à son titulaire.",
    )
    APPENDED = (
        "Des octets ont été ajoutés à ce fichier",
        "Il commence comme le document délivré, puis contient autre chose, que la signature ne couvre pas. "
        "Ne l’acceptez pas : demandez le fichier d’origine à son titulaire.",
    )
    TRUNCATED = (
        "Ce fichier est incomplet",
        "Il commence comme le document délivré, mais la fin manque. Téléchargez-le ou demandez-le de nouveau, "
        "puis recommencez.",
    )
    OTHER_PAPER = (
        "Ce fichier est un autre document",
        "Il a bien été délivré ici, mais sous un autre numéro. Ouvrez l’adresse imprimée sur ce fichier pour le "
        "vérifier.",
    )
    UNKNOWN = (
        "Ce PDF n’est pas le document délivré",
        "Il n’a pas été délivré ici tel quel : il a pu être modifié, réenregistré par un logiciel, scanné ou imprimé "
        "de nouveau. Demandez le fichier d’origine à son titulaire.",
    )
    NOT_A_PDF = (
        "Ce fichier n’est pas un PDF",
        "Le document délivré est un fichier PDF. Une photo ou une copie d’écran ne peut pas être comparée : "
        "choisissez le PDF reçu.",
    )
    EMPTY = (
        "Ce fichier est vide",
        "Il ne contient aucun octet : le téléchargement a sans doute été interrompu. Recommencez avec le PDF reçu.",
    )
    UNSURE = (
        "La vérification n’a pas pu aboutir",
        "Le fichier correspond à ce que nous avons enregistré, mais sa signature ne peut pas être confirmée. "
        "Ne concluez rien, et prévenez l’organisme qui a délivré ce document.",
    )

    @property
    def title(self):
        return self.value[0]

    @property
    def sentence(self):
        return self.value[1]

    @property
    def holds(self):
        return self is Outcome.SAME


@dataclass(frozen=True)
class Finding:
    outcome: Outcome
    paper: Paper | None = None


def find(data: bytes) -> Finding:
    """The paper a file claims to be, by its bytes or by the address printed in it, and how they compare."""
    known = Paper.objects.issued().filter(sha256=_digest(data)).first()
    if known is None and (address := ADDRESS_IN_FILE.search(data)):
        known = Paper.objects.issued().filter(token=address[1].decode()).first()
    return Finding(check(known, data) if known else _shape(data) or Outcome.UNKNOWN, known)


def check(paper: Paper, data: bytes) -> Outcome:
    if fault := _shape(data):
        return fault
    digest = _digest(data)
    if digest == paper.sha256:
        seal = signing.seal_of(data)
        return Outcome.SAME if seal.holds and seal.certificate == paper.certificate else Outcome.UNSURE
    if Paper.objects.issued().filter(sha256=digest).exists():
        return Outcome.OTHER_PAPER
    return _difference(paper, data)


def token_in(text: str) -> str:
    """The code in what a person typed: the code alone, or the address that ends with it."""
    last = text.strip().split("?")[0].split("#")[0].rstrip("/").rpartition("/")[2]
    return last if TOKEN.fullmatch(last) else ""


def _shape(data):
    if not data:
        return Outcome.EMPTY
    return None if data.startswith(b"%PDF-") else Outcome.NOT_A_PDF


def _difference(paper, data):
    if len(data) > paper.size and _digest(data[: paper.size]) == paper.sha256:
        return Outcome.APPENDED
    if len(data) == paper.size:
        return Outcome.ALTERED
    return Outcome.TRUNCATED if len(data) < paper.size and _issued_bytes(paper).startswith(data) else Outcome.UNKNOWN


def _issued_bytes(paper):
    try:
        return paper.read()
    except AlteredFile:
        return b""


def _digest(data):
    return hashlib.sha256(data).hexdigest()
