"""The evidence of a session as one zip: pieces, an index by indicator, a manifest, and what checks them offline."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone

from parcours.quality.documents.evidence.index import Evidence
from parcours.quality.engine import verifier
from parcours.quality.engine.archive import Archive

STYLE = Path(__file__).resolve().parents[2] / "data" / "pack.css"
INDEX, READ_ME, CHECKER, LOOK = "index.html", "verifier.html", "verifier.py", "style.css"


@dataclass(frozen=True)
class Written:
    """`manifest` is the hash that the checker shows, to compare with the one the platform keeps."""

    manifest: str
    missing: int


def write_pack(out, evidence: Evidence, *, told: Callable[[int, int], None], made_at=None) -> Written:
    """Stream the pack to a binary file; `told(done, total)` hears how far it is."""
    archive, total = Archive(out), len(evidence.files)
    for done, filed in enumerate(evidence.files, 1):
        piece = filed.piece
        archive.add(
            filed.path,
            piece.chunks(),
            title=piece.title,
            proof=piece.proof,
            on=piece.on and piece.on.isoformat(),
            author=piece.author,
            masked=piece.masked,
        )
        told(done, total)
    made_at = made_at or timezone.now()
    context = {"evidence": evidence, "session": evidence.case.session, "made_at": made_at}
    archive.add(INDEX, [render_to_string("quality/pack/index.html", context).encode()], title="Index par indicateur")
    archive.add(
        READ_ME, [render_to_string("quality/pack/verifier.html", context).encode()], title="Vérifier ce dossier"
    )
    archive.add(CHECKER, [Path(verifier.__file__).read_bytes()], title="Programme de vérification")
    archive.add(LOOK, [STYLE.read_bytes()], title="Mise en page")
    return Written(archive.close(_about(evidence, made_at)), len(evidence.missing))


def _about(evidence, made_at) -> dict:
    session = evidence.case.session
    return {
        "session": str(session.public_id),
        "title": session.title,
        "organisation": evidence.case.issuer,
        "first_day": evidence.case.first_day.isoformat(),
        "last_day": evidence.case.last_day.isoformat(),
        "referential": evidence.referential.code if evidence.referential else "",
        "made_at": made_at.isoformat(timespec="seconds"),
        "missing": [one.indicator.number for one in evidence.missing],
    }
