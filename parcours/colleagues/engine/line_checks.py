"""What one line says by itself: an address that cannot be one, a name that is none."""

import re
import unicodedata
from collections.abc import Iterator

from lms.accounts.engine.addresses import has_accent_before_at
from lms.accounts.engine.names import DECEPTIVE, can_be_read, clean_name
from lms.kernel.tables import is_heading
from parcours.colleagues.engine.addresses import addresses_in, clean_address, domain_of, meant_domain, repaired
from parcours.colleagues.engine.columns import COLUMNS
from parcours.colleagues.engine.faults import EMAIL, FIELDS, FIRST_NAME, LABELS, LAST_NAME, Fault, error, warning
from parcours.colleagues.engine.names import name_key, words_of_address

LONGEST_NAME, LONGEST_ADDRESS = 120, 254
TOTALS = re.compile(r"^(sous)?total|^nombred|^effectif|^soit\d|^ntotal")
FORMULA = re.compile(r"^[=+@]|^-\S")
MISREAD = re.compile(
    r"\ufffd|[ÃÂ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
)


def faults_of(entry, checks) -> Iterator[Fault]:
    """`entry` has first_name, last_name, email, extra (cells beyond the headings); `checks` the rules of the site."""
    if whole := _no_person(entry):
        yield whole
        return
    yield from _faults_of_address(entry, checks)
    for name in (FIRST_NAME, LAST_NAME):
        if fault := _fault_of_name(name, entry):
            yield fault
    if entry.extra and "@" not in entry.extra:
        told = f"Cette ligne compte plus de cases que le titre des colonnes : « {entry.extra[:60]} » n’est pas lu."
        yield warning("overflow", EMAIL, told)


def _no_person(entry) -> Fault | None:
    values = [getattr(entry, name) for name in FIELDS]
    if is_heading(values, COLUMNS):
        text = "Cette ligne répète le titre des colonnes. Écartez-la."
        return error("heading", LAST_NAME, text)
    if "@" not in entry.email and any(TOTALS.match(name_key(value)) for value in values):
        return error("total", LAST_NAME, "Cette ligne semble être un total, pas une personne. Écartez-la.")
    return None


# --- The address ------------------------------------------------------------------------------------------------------


def _faults_of_address(entry, checks) -> Iterator[Fault]:
    email = entry.email
    if "@" not in email:
        yield _without_at(entry)
    elif len(email) > LONGEST_ADDRESS:
        yield error("email_too_long", EMAIL, f"L’adresse dépasse {LONGEST_ADDRESS} caractères. Vérifiez-la.")
    elif len(several := addresses_in(email)) > 1:
        text = f"Cette case contient {len(several)} adresses. Gardez celle que la personne est seule à lire."
        yield error("email_several", EMAIL, text, email=several[0])
    elif has_accent_before_at(email):
        text = "L’adresse contient une lettre accentuée avant le signe @. Retirez l’accent."
        yield error("email_accent", EMAIL, text, email=repaired(email))
    elif not checks.valid_email(email):
        yield _invalid(email, checks)
    elif checks.closed_domain(email):
        text = f"Les adresses en {domain_of(email)} n’existent plus. Indiquez l’adresse actuelle de la personne."
        yield error("email_closed", EMAIL, text)
    elif meant := meant_domain(domain_of(email)):
        corrected = f"{email.rpartition('@')[0]}@{meant}"
        text = f"« {domain_of(email)} » s’écrit sans doute « {meant} ». Corrigez l’adresse."
        yield error("email_slip", EMAIL, text, email=corrected)
    elif checks.shared_mailbox(email):
        text = (
            "Cette adresse semble lue par plusieurs personnes : elle permet de se former, "
            "mais ne servira pas pour l’habilitation. Demandez à la personne une adresse à son nom."
        )
        yield warning("email_shared", EMAIL, text)


def _without_at(entry) -> Fault:
    for name in (LAST_NAME, FIRST_NAME):
        if "@" in getattr(entry, name):
            text = f"L’adresse est dans la colonne « {LABELS[name]} ». Échangez les deux cases."
            swapped = {EMAIL: clean_address(getattr(entry, name)), name: entry.email}
            return error("email_elsewhere", EMAIL, text, **swapped)
    if "@" in entry.extra:
        text = "L’adresse est une colonne trop loin : cette ligne est décalée. Corrigez ses trois cases."
        return error("shifted", EMAIL, text, email=next(iter(addresses_in(entry.extra)), ""))
    if not entry.email:
        return error("email_missing", EMAIL, "L’adresse e-mail manque. Demandez-la à la personne, ou écartez la ligne.")
    text = f"« {entry.email[:60]} » n’est pas une adresse : il y manque le signe @."
    return error("email_invalid", EMAIL, text)


def _invalid(email, checks) -> Fault:
    better = repaired(email)
    suggestion = {EMAIL: better} if checks.valid_email(better) else {}
    text = f"« {email[:60]} » n’est pas une adresse complète. Vérifiez-la : prenom.nom@domaine.fr."
    return error("email_invalid", EMAIL, text, **suggestion)


# --- The names --------------------------------------------------------------------------------------------------------


def _fault_of_name(name, entry) -> Fault | None:
    """The first thing wrong with it: others show once this one is corrected."""
    text, label = getattr(entry, name), LABELS[name]
    if "@" in text:
        swapped = "@" not in entry.email
        told = f"Le {label.lower()} contient une adresse. Écrivez le {label.lower()} de la personne."
        return None if swapped else error("name_address", name, told)
    if not text:
        return error("name_missing", name, f"Le {label.lower()} manque. Complétez-le.", **_guessed(name, entry.email))
    if FORMULA.match(text):
        told = f"Le {label.lower()} commence par « {text[0]} », comme une formule de tableur. Écrivez-le en lettres."
        return error("name_formula", name, told)
    if len(text) > LONGEST_NAME:
        return error("name_too_long", name, f"Le {label.lower()} dépasse {LONGEST_NAME} caractères. Raccourcissez-le.")
    return _fault_of_letters(name, text, label)


def _fault_of_letters(name, text, label) -> Fault | None:
    if any(unicodedata.category(char) == "Cc" or ord(char) in DECEPTIVE for char in text):
        told = f"Le {label.lower()} contient des caractères invisibles ou un saut de ligne. Écrivez-le de nouveau."
        return error("name_control", name, told, **{name: clean_name(text)})
    if MISREAD.search(text):
        told = f"Les accents de « {text[:60]} » sont illisibles. Écrivez le {label.lower()} de nouveau."
        return error("name_misread", name, told, **_reread(name, text))
    if any(char.isdigit() for char in text):
        told = f"Le {label.lower()} « {text[:60]} » contient un chiffre. Corrigez-le."
        return error("name_digit", name, told)
    if not can_be_read(text) or not any(char.isalpha() for char in text):
        return error("name_unreadable", name, f"Le {label.lower()} « {text[:60]} » n’est pas un nom. Corrigez-le.")
    return None


def _guessed(name, email) -> dict[str, str]:
    """What « marie.durand@… » lets one suppose."""
    words = re.split(r"[._]", email.partition("@")[0])
    if "@" not in email or len(words) != 2 or len(words_of_address(email)) != 2 or min(map(len, words)) < 2:
        return {}
    first, last = ("-".join(part.capitalize() for part in word.split("-")) for word in words)
    return {name: first if name == FIRST_NAME else last}


def _reread(name, text) -> dict[str, str]:
    """UTF-8 that was read as Windows-1252 comes back whole, unless a letter was lost on the way."""
    try:
        return {name: text.encode("cp1252").decode("utf-8")}
    except UnicodeError:
        return {}
