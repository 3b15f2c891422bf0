"""What a file that came in says of itself, and of its lines, in words."""

from django.db.models import Q

from certification.habilitation.engine.layouts import SHAPES
from certification.habilitation.lifecycle import ExternalStatus, FileKind, Outcome
from certification.habilitation.models import ImportedFile
from lms.accounts.engine.addresses import normalise_email
from lms.accounts.models import Person
from lms.kernel.formats import date_long, instant, number, plural
from lms.kernel.tables import SEPARATORS

KINDS = {
    Outcome.NEW: "success",
    Outcome.CHANGED: "success",
    Outcome.SAME: "",
    Outcome.DOUBTFUL: "warning",
    Outcome.UNMATCHED: "warning",
    Outcome.FAULTY: "error",
    Outcome.LEFT_OUT: "",
    Outcome.ERASED: "",
}
ORDER = tuple(KINDS)
MOST_CAMPAIGNS = 5
OF_LINES = {
    Outcome.NEW: ("nouvelle", "nouvelles"),
    Outcome.CHANGED: ("complétée", "complétées"),
    Outcome.SAME: ("déjà connue", "déjà connues"),
    Outcome.DOUBTFUL: ("à rapprocher", "à rapprocher"),
    Outcome.UNMATCHED: ("sans personne connue", "sans personne connue"),
    Outcome.FAULTY: ("en erreur", "en erreur"),
    Outcome.LEFT_OUT: ("sans effet", "sans effet"),
    Outcome.ERASED: ("d’une personne effacée à sa demande", "de personnes effacées à leur demande"),
}


def facts_of(found: ImportedFile) -> list[tuple[str, str]]:
    told = [
        ("Nature", found.get_kind_display()),
        ("À jour du", date_long(found.dated_on)),
        ("Date de la formation", date_long(found.held_on) if found.held_on else ""),
        ("Statut des demandes, dit au dépôt", _status_told(found)),
        ("Campagne Pix", _campaigns_told(found)),
        ("Déposé par", f"{found.received_by.full_name}, {instant(found.received_at)}"),
        (
            "Confirmé par",
            f"{found.confirmed_by.full_name}, {instant(found.confirmed_at)}" if found.confirmed_by else "",
        ),
        ("Alphabet", found.encoding),
        ("Séparateur", SEPARATORS.get(found.separator, "")),
        ("Empreinte (SHA-256)", found.sha256),
    ]
    return [pair for pair in told if pair[1]]


def _campaigns_told(found) -> str:
    """As the lines name them: whoever confirms sees whether it is the test of Aidants Connect."""
    if found.kind != FileKind.PIX_CSV:
        return ""
    named = found.lines.filter(values__has_key="campaign").order_by("values__campaign")
    return ", ".join(named.values_list("values__campaign", flat=True).distinct()[:MOST_CAMPAIGNS])


def _status_told(found) -> str:
    status = found.mapping.get("status")
    return ExternalStatus(status).label if status else ""


def tabs_of(found: ImportedFile, asked: str) -> list[tuple[str, str, str, bool]]:
    """Code, label, count and whether it is the one asked, for each outcome that has lines."""
    counts = found.lines.by_outcome()
    return [(code.value, code.label, number(counts[code]), code == asked) for code in ORDER if counts.get(code)]


def summary_of(found: ImportedFile) -> str:
    """« 12 000 lignes : 11 987 déjà connues, 13 à rapprocher »."""
    told = [plural(found.counts[code], *OF_LINES[code]) for code in ORDER if found.counts.get(code)]
    return f"{plural(found.lines_count, 'ligne', 'lignes')} : {', '.join(told)}" if told else ""


def candidates_of(lines) -> dict[int, list]:
    """The people each line may be about, by line; one query."""
    wanted = {pk for line in lines for pk in line.candidates}
    people = {one.pk: one for one in Person.objects.filter(pk__in=wanted)}
    return {line.pk: [people[pk] for pk in line.candidates if pk in people] for line in lines}


def may_be_new(line) -> bool:
    """Whether the line may be about somebody nobody knows: its file makes people, and nobody has that address."""
    email = normalise_email(line.values.get("email", ""))
    if not (email and SHAPES[line.file.kind].makes_people):
        return False
    return not Person.objects.filter(Q(email=email) | Q(pix_email=email)).exists()
