"""What the pieces said when an anomaly was reported: kept as it was, and read again as it was."""

from dataclasses import dataclass

from certification.funding.documents.comparison import comparison_of
from certification.funding.documents.pieces import pieces_of
from certification.funding.models import Beneficiary

FIGURES = ("granted", "signed", "online", "certified", "billed")


@dataclass(frozen=True)
class EvidenceLine:
    """One person; `told` by the names of FIGURES, in minutes."""

    person: str
    told: dict
    words: str


@dataclass(frozen=True)
class Evidence:
    """`pieces`: a label, a number or nothing, a SHA-256 fingerprint."""

    lines: list[EvidenceLine]
    of_file: list[str]
    pieces: list[dict]


def evidence_of(demande) -> dict:
    """In codes, figures and fingerprints; nobody is named."""
    found = comparison_of(demande)
    lines = [
        {
            "beneficiary": line.beneficiary.pk,
            "words": line.words,
            **{name: getattr(line.told, name) for name in FIGURES},
        }
        for line in found.lines
    ]
    pieces = [{"label": one.kind, "number": one.paper, "sha256": one.sha256} for one in pieces_of(demande)]
    if demande.invoice:
        pieces.append({"label": "Facture", "number": demande.invoice.number, "sha256": demande.invoice.file_sha256})
    return {"lines": lines, "of_file": [one.words for one in found.of_file], "pieces": pieces}


def evidence_read(decision) -> Evidence:
    kept = decision.evidence or {"lines": [], "of_file": [], "pieces": []}
    whose = Beneficiary.objects.filter(demande=decision.demande_id).for_file()
    names = {one.pk: one.registration.person.full_name for one in whose}
    lines = [
        EvidenceLine(
            names.get(one["beneficiary"], "–"), {name: one[name] for name in FIGURES}, one["words"] or "concordant"
        )
        for one in kept["lines"]
    ]
    return Evidence(lines, kept["of_file"], kept["pieces"])
