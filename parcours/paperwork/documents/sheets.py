"""The feuille d’émargement of one half-day, as it was countersigned."""

from lms.kernel.formats import NBSP, date_short, instant, time_short
from parcours.paperwork.documents.pieces import (
    content_of,
    digest,
    facts,
    half_day_label,
    lines,
    nature_of,
    parties,
    place_of,
    table,
)


def sheet_content(rows, session, *, cites="") -> dict:
    """`rows`: a SheetRows of emargement whose sheet is locked."""
    sheet, half_day = rows.sheet, rows.half_day
    blocks = [
        facts(
            [
                ("Formation", session.title),
                ("Nature", nature_of(session.edition.content)),
                ("Demi-journée", half_day_label(half_day)),
                ("Lieu", place_of(half_day)),
                ("Formatrice ou formateur", ", ".join(rows.trainers) or rows.locked_by),
            ]
        ),
        table(
            ("Stagiaire", "Employeur", "État", "Signature"),
            [(line.name, line.employer, line.state, _signed(line)) for line in rows.lines],
            widths=(42, 42, 38, 48),
            title=f"Stagiaires{NBSP}: {len(rows.lines)}",
        ),
        _corrections(rows),
        parties(
            (
                "Contreseing",
                [
                    rows.locked_by,
                    sheet.countersign,
                    f"Le {instant(sheet.locked_at, session.zone)}",
                    f"Empreinte{NBSP}: {sheet.countersign_sha256}",
                ],
            ),
            (
                "Ce qui fait la signature",
                [
                    "Chaque personne a signé elle-même une phrase qui la nomme, avec la demi-journée et la formation ; "
                    "son empreinte est gardée avec la signature."
                ],
            ),
        ),
    ]
    return content_of(session, blocks, holder=half_day_label(half_day), cites=cites)


def _signed(line) -> str:
    if not line.signed_at:
        return "–"
    when = f"{date_short(line.signed_at)} à {time_short(line.signed_at)}"
    told = [f"{when}, {line.way}"]
    if line.entered_by:
        told.append(f"recueillie par {line.entered_by}")
    if line.reason:
        told.append(f"hors délai{NBSP}: {line.reason}")
    told.append(f"empreinte {line.statement_sha256[:12]}")
    return ", ".join(told)


def _corrections(rows):
    told = [
        f"{line.name}{NBSP}: « {one.before['words']} » corrigé en « {one.after['words']} ». Motif{NBSP}: {one.reason}"
        for line in rows.lines
        for one in line.corrections
    ]
    return lines(told, title="Corrections") if told else None


def sheet_key(sheet, content) -> str:
    """A correction makes another one."""
    return f"paperwork.sheet:{sheet.pk}:{digest(content['blocks'])[:16]}"
