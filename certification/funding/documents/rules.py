"""The dated rules of a funding: fictional until somebody of the OPCO confirms them, and said so."""

import hashlib
import json
from dataclasses import dataclass

from certification.funding.models import Confirmation
from lms.kernel.formats import NBSP, plural
from lms.kernel.rules import current, define

WITHDRAWAL = define(
    "funding.withdrawal_minutes",
    "prise en charge : combien de minutes une décision peut être retirée avant d’être notifiée",
    "integer",
    default=30,
)
CAPS = define(
    "funding.caps",
    "prise en charge : plafonds, en euros par heure et en heures par personne",
    "json",
    default={"per_hour": "70.00", "hours_per_person": 35},
)
AGREEMENT_DAYS = define(
    "funding.agreement_days", "prise en charge : combien de jours un accord reste valable", "integer", default=365
)
REPLY_DAYS = define(
    "funding.reply_days", "prise en charge : combien de jours pour répondre à un complément", "integer", default=15
)
REASONS = define(
    "funding.refusal_reasons",
    "prise en charge : motifs de refus",
    "texts",
    default=[
        "l’employeur ne relève pas de cet OPCO",
        "l’action n’entre pas dans les priorités de la branche",
        "l’enveloppe de l’année est épuisée",
        "les pièces demandées n’ont pas été fournies",
        "la demande fait double emploi avec une autre",
    ],
)
SENTENCES = define(
    "funding.complement_sentences",
    "prise en charge : phrases préparées pour demander un complément",
    "texts",
    default=[
        "La convention n’est pas signée par l’employeur : joignez l’exemplaire signé des deux parties.",
        "Le devis et le coût demandé diffèrent : corrigez l’un des deux, ou expliquez l’écart.",
        "L’IDCC ne correspond pas à l’activité de l’employeur : vérifiez-le sur le bulletin de paie.",
        "Des heures facturées ne sont pas prouvées : joignez une facture corrigée, ou expliquez l’écart.",
        "Le relevé de dépenses manque : l’employeur ayant payé, joignez-le avec ses pièces comptables.",
    ],
)
SHOWN = (CAPS, AGREEMENT_DAYS, REPLY_DAYS, WITHDRAWAL, REASONS, SENTENCES)
FICTIONAL = "règle fictive, à confirmer"


def sha256_of(value) -> str:
    told = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True)
class RuleShown:
    """A rule as it is in force, in words, and who confirmed it for one OPCO."""

    code: str
    label: str
    lines: list[str]
    sha256: str
    confirmation: Confirmation | None


def rules_for(opco) -> list[RuleShown]:
    known = {(one.code, one.value_sha256): one for one in Confirmation.objects.of(opco)}
    found = []
    for definition in SHOWN:
        value = current(definition.code)
        sha256 = sha256_of(value)
        label = definition.label.removeprefix("prise en charge : ")
        found.append(
            RuleShown(definition.code, label, in_words(definition, value), sha256, known.get((definition.code, sha256)))
        )
    return found


def fictional_for(opco, *definitions) -> bool:
    """Whether one of these rules, as it is in force, was confirmed by nobody of this OPCO."""
    wanted = {(one.code, sha256_of(current(one.code))) for one in definitions}
    known = Confirmation.objects.filter(opco=opco).values_list("code", "value_sha256")
    return bool(wanted - set(known))


def in_words(definition, value) -> list[str]:
    if definition == CAPS:
        return [
            f"{str(value.get('per_hour', '–')).replace('.', ',')}{NBSP}€ par heure et par personne",
            f"{value.get('hours_per_person', '–')}{NBSP}heures par personne",
        ]
    if definition == WITHDRAWAL:
        return [plural(value, "minute", "minutes")]
    return [plural(value, "jour", "jours")] if isinstance(value, int) else list(value)
