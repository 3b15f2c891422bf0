"""What one line says, whatever its file: whose it is, which structure, which facts. Pure: cells in, values out."""

import datetime
import re
from dataclasses import dataclass, field

from certification.habilitation.engine.cells import NBSP, Unclear, day, percentage, text, yes
from certification.habilitation.engine.kinds import FileKind
from certification.habilitation.engine.rule import Kind
from lms.accounts.engine.addresses import normalise_email
from lms.accounts.engine.names import clean_name

ADDRESS = re.compile(r"[^\s@<>(),;:\"\[\]\\]+@[^\s@<>(),;:\"\[\]\\.]+(?:\.[^\s@<>(),;:\"\[\]\\.]+)+")
OTHER_TEST = re.compile(r"\b(abc[ -]?(?:diag|pix)|positionnement)\b", re.IGNORECASE)
"""What the name of a campaign says of the other tests of Pix (domain reference § 6.6): they are never the same fact."""
LONGEST_ADDRESS, LONGEST_NAME, LONGEST_STRUCTURE = 254, 120, 200
VALIDATED = "validated"
ABSENT = "Absence notée : rien à enregistrer."
NOT_SHARED = "Résultats non envoyés par la personne : ils ne comptent pas tant qu’elle ne les a pas partagés."
CLOSED = "Compte fermé dans Aidants Connect : aucun fait n’en est tiré."
NO_MANDATE = "Compte sans le droit de créer des mandats (référent) : ce n’est pas un aidant habilité."
NO_ADDRESS = "Aucune adresse n’a été saisie sur Pix : rien ne dit de qui il s’agit."
CANCELLED = "Inscription annulée : rien à enregistrer."
HELD_HERE = "Cette session est tenue sur ce site : ses présences y sont signées, la ligne n’ajoute rien."
SESSION_CANCELLED = "Aidants Connect dit cette session annulée : aucune présence n’en est tirée."
COUNTED = "Comptée avec la ligne {line}, la première de cette personne pour cette formation."
MISSED = "Présente {attended} fois sur {due} : la formation n’est pas suivie en entier."
ABSENT_THROUGHOUT = "Absente chaque fois : rien à enregistrer."
UNREADABLE_ELSEWHERE = (
    "La date ou la présence de la ligne {line} ne se lit pas : corrigez-la, rien ne se conclut sans elle."
)
REFERENT = (
    "Compte de référent : ce fichier ne dit pas s’il peut créer des mandats, aucun fait n’en est tiré. "
    "Les comptes aidants (A10) le disent."
)


@dataclass(frozen=True)
class SaidFact:
    kind: str
    on: datetime.date
    score: int | None = None
    trainer: str = ""


@dataclass
class Said:
    """`structure` holds what describes one; `aside` is why a line that is right has no effect."""

    email: str = ""
    first_name: str = ""
    last_name: str = ""
    profession: str = ""
    is_conseiller: bool = False
    external_id: str = ""
    status: str = ""
    structure: dict = field(default_factory=dict)
    facts: list[SaidFact] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    aside: str = ""


def said_by(kind: str, values: dict, *, dated_on: datetime.date, on: datetime.date | None = None) -> Said:
    """`values`: the cells by code of column. `dated_on`: the day the file was true. `on`: the day a list is about."""
    said = Said(
        email=normalise_email(text(values.get("email", ""))),
        first_name=clean_name(text(values.get("first_name", ""))),
        last_name=clean_name(text(values.get("last_name", ""))),
        profession=clean_name(text(values.get("profession", "")))[:150],
        external_id=text(values.get("external_id", ""))[:40],
        structure=_structure(values),
    )
    try:
        _check_identity(said)
        said.is_conseiller = yes(values.get("conseiller", ""), "Conseiller numérique")
        READERS.get(kind, _nothing)(said, values, dated_on, on)
    except Unclear as unclear:
        said.faults.append(str(unclear))
    return said


def _check_identity(said):
    """What cannot be kept is told: an address nobody could sign in with, a name that no paper would hold."""
    if said.email and (len(said.email) > LONGEST_ADDRESS or not ADDRESS.fullmatch(said.email)):
        told = f"L’adresse «{NBSP}{said.email[:60]}{NBSP}»"
        raise Unclear(f"{told} n’est pas une adresse électronique{NBSP}: corrigez-la.")
    for name, what in ((said.last_name, "Le nom"), (said.first_name, "Le prénom")):
        if len(name) > LONGEST_NAME:
            told = f"{what} «{NBSP}{name[:30]}…{NBSP}»"
            raise Unclear(f"{told} dépasse {LONGEST_NAME} caractères{NBSP}: raccourcissez-le.")


def _structure(values) -> dict:
    return {
        code: found[:LONGEST_STRUCTURE]
        for code in (
            *("structure", "data_pass_id", "siret", "type", "type_details", "address", "address_complement"),
            *("postcode", "city", "departement", "legal_category", "france_services_number"),
        )
        if (found := text(values.get(code, "")))
    }


def _nothing(said, values, dated_on, on):
    """A file that only tells structures, or who belongs to which: it mixes accounts, open or closed, and requests."""


def _people_to_train(said, values, dated_on, on):
    said.status = text(values.get("status", ""))
    added = day(values.get("added_on", ""), "La date d’ajout", latest=dated_on) or dated_on
    said.facts.append(SaidFact(Kind.ELIGIBILITY, added))


def _attendance(said, values, dated_on, on):
    said.aside = _without_effect(values)
    if said.aside:
        return
    if not yes(values.get("present", ""), "La présence"):
        said.aside = ABSENT
        return
    _trained(said, values, dated_on, on)


def _without_effect(values) -> str:
    if values.get("held_here"):
        return HELD_HERE
    if text(values.get("state", "")).casefold().startswith("annul"):
        return CANCELLED
    return SESSION_CANCELLED if values.get("is_cancelled") else ""


def _half_days(said, values, dated_on, on):
    """One line for each half-day: the first one says what they all come to."""
    said.aside = _without_effect(values)
    if said.aside:
        return
    yes(values.get("present", ""), "La présence")
    day(values.get("on", ""), "La date")
    if first := values.get("counted_at"):
        said.aside = COUNTED.format(line=first)
    elif line := values.get("unclear_at"):
        raise Unclear(UNREADABLE_ELSEWHERE.format(line=line))
    else:
        said.aside = _missed(values)
        if not said.aside:
            _trained(said, values, dated_on, on)


def _missed(values) -> str:
    """Why what the half-days come to is no training; a line without an address is counted with no other."""
    if not (due := values.get("half_days")):
        return "" if yes(values.get("present", ""), "La présence") else ABSENT
    if (attended := values["attended"]) == due:
        return ""
    return ABSENT_THROUGHOUT if attended == "0" else MISSED.format(attended=attended, due=due)


def _trained(said, values, dated_on, on):
    held = day(values.get("on", ""), "La date de formation", latest=dated_on) or on
    if held is None:
        raise Unclear(f"Il manque la date de la formation{NBSP}: indiquez-la en déposant le fichier.")
    said.facts.append(SaidFact(Kind.TRAINING, held, trainer=text(values.get("trainer", ""))))


def _feed(said, values, dated_on, on):
    """The feed of accounts: it names people by their identifier, and never says who may create mandats."""
    if not yes(values.get("is_active", ""), "Compte actif"):
        said.aside = CLOSED
    elif yes(values.get("is_referent", ""), "Référent"):
        said.aside = REFERENT
    else:
        said.facts.append(SaidFact(Kind.ACCOUNT, dated_on))


def _account(said, values, dated_on, on):
    if "is_active" in values and not yes(values["is_active"], "Compte actif"):
        said.aside = CLOSED
    elif "can_create" in values and not yes(values["can_create"], "Peut créer des mandats"):
        said.aside = NO_MANDATE
    else:
        said.facts.append(SaidFact(Kind.ACCOUNT, dated_on))


def _general(said, values, dated_on, on):
    """The general export: its defects are known (reference § 8.1, A11), only the columns that say true are read.

    It does not always say who may create mandats: of a référent, the training then does.
    """
    trained = day(values.get("on", ""), "La date de formation", latest=dated_on)
    _account(said, values, dated_on, on)
    if not (said.aside or trained or "can_create" in values) and yes(values.get("is_referent", ""), "Référent"):
        said.aside, said.facts = REFERENT, []
    if said.aside:
        return
    trainer = text(values.get("trainer", ""))
    if trained:
        said.facts.append(SaidFact(Kind.TRAINING, trained, trainer=trainer))
    if any(yes(values.get(code, ""), "Moyen de connexion") for code in ("device", "app")):
        said.facts.append(SaidFact(Kind.DEVICE, dated_on))
    if yes(values.get("bad_siret", ""), "SIRET invalide"):
        said.structure.pop("siret", None)
    _read_label(said, values)


def _pix(said, values, dated_on, on):
    if other := OTHER_TEST.search(f"{values.get('campaign', '')} {values.get('profile', '')}"):
        said.aside = f"Campagne «{NBSP}{other[0]}{NBSP}»{NBSP}: ce n’est pas le test Pix Aidants Connect."
        return
    if "shared" in values and not yes(values["shared"], "Le partage"):
        said.aside = NOT_SHARED
        return
    sent = day(values.get("on", ""), "La date d’envoi", latest=dated_on)
    if sent is None:
        raise Unclear(f"Il manque la date d’envoi{NBSP}: sans elle, rien ne dit que les résultats ont été envoyés.")
    score = percentage(values.get("score", ""), "Le résultat")
    if said.email:
        said.facts.append(SaidFact(Kind.PIX, sent, score))
    else:
        said.aside = NO_ADDRESS


def _structures_datapass(said, values, dated_on, on):
    said.status = text(values.get("status", ""))
    if said.status.casefold() != VALIDATED:
        said.aside = f"Demande qui n’est pas validée («{NBSP}{said.status[:30]}{NBSP}») : elle n’est pas reprise."


def _structure_requests(said, values, dated_on, on):
    _structures_datapass(said, values, dated_on, on)
    _read_label(said, values)


def _read_label(said, values):
    if yes(values.get("france_services", ""), "Label France services"):
        said.structure["france_services"] = True


READERS = {
    FileKind.PEOPLE_TO_TRAIN: _people_to_train,
    FileKind.ATTENDANCE: _attendance,
    FileKind.HALF_DAYS: _half_days,
    FileKind.PLAIN_ATTENDANCE: _half_days,
    FileKind.ACCOUNTS_FEED: _feed,
    FileKind.STRUCTURES_DATAPASS: _structures_datapass,
    FileKind.STRUCTURE_REQUESTS: _structure_requests,
    FileKind.ACCOUNTS: _account,
    FileKind.GENERAL: _general,
    FileKind.PIX_JSON: _pix,
    FileKind.PIX_CSV: _pix,
}
