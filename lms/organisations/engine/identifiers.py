"""The numbers an organisation carries, and the sentence said when one of them cannot be right."""

from stdnum.exceptions import InvalidChecksum
from stdnum.fr import siret as stdnum_siret

ASCII_DIGITS = frozenset("0123456789")
SEPARATORS = frozenset(
    ".-\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\N{WORD JOINER}"
)
WHERE_TO_FIND = "Vous le trouverez sur votre avis de situation."


def compact(text: str) -> str:
    """Drop what people type between the digits: spaces of any kind, dots, hyphens."""
    return "".join(char for char in text if not char.isspace() and char not in SEPARATORS)


def siret_refusal(siret: str) -> str | None:
    """Why this SIRET, already compact, cannot be one; nothing when it can.

    La Poste (SIREN 356000000): the sum of the digits is a multiple of 5, except for its head office.
    """
    if set(siret) - ASCII_DIGITS:
        return f"Le SIRET ne comporte que des chiffres ; retirez les autres caractères. {WHERE_TO_FIND}"
    if len(siret) != 14:
        plural = "s" if len(siret) > 1 else ""
        return f"Le SIRET comporte {len(siret)} chiffre{plural} ; il en faut 14. {WHERE_TO_FIND}"
    if not siret.strip("0"):
        return f"Le SIRET ne comporte que des zéros ; indiquez celui de votre structure. {WHERE_TO_FIND}"
    try:
        stdnum_siret.validate(siret)
    except InvalidChecksum:
        return f"Ce SIRET comporte sans doute une faute de frappe ; vérifiez chaque chiffre. {WHERE_TO_FIND}"
    return None


def nda_refusal(nda: str) -> str | None:
    if len(nda) != 11 or not nda.isascii() or not nda.isalnum():
        return (
            f"Le numéro de déclaration d’activité comporte {len(nda)} caractères ; il en faut 11. "
            "Vous le trouverez sur le récépissé de la DREETS."
        )
    return None


def nda_warning(nda: str) -> str | None:
    """Region (2), département (2), order (5), département (2) in the numbers known; not published as a rule."""
    if nda and nda[2:4] != nda[9:11]:
        return (
            "Ce numéro de déclaration d’activité n’a pas la forme habituelle : le département y figure d’ordinaire "
            "deux fois. Vérifiez-le sur le récépissé de la DREETS."
        )
    return None


def opaque_digits(text: str) -> str:
    """A Datapass number as it is compared: digits only, without leading zeros (postcodes 01 to 09 lose them)."""
    return compact(text).lstrip("0")


def datapass_refusal(digits: str) -> str | None:
    if set(digits) - ASCII_DIGITS:
        return "Le numéro Datapass ne comporte que des chiffres ; retirez les autres caractères."
    return None


def commune_refusal(code: str) -> str | None:
    digits = code[:1] + code[2:] if code[:2] in {"2A", "2B"} else code
    if len(code) != 5 or set(digits) - ASCII_DIGITS:
        return "Le code INSEE d’une commune comporte 5 caractères, comme 35238 ou 2A004 ; ce n’est pas le code postal."
    return None


def departement_of_commune(commune_code: str) -> str:
    """Code of the département of an INSEE commune code: 2A004 gives 2A, 97608 gives 976."""
    return commune_code[:3] if commune_code[:2] in {"97", "98"} else commune_code[:2]
