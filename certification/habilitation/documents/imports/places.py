"""The structure of a line: whether it says enough of one, what it adds to one that is known, what is odd about it."""

from certification.habilitation.documents.imports.known import fit_number, fit_siret
from lms.kernel.formats import NBSP
from lms.organisations.engine.identifiers import opaque_digits
from lms.organisations.models.organisation import match_key

OTHER_TYPE = match_key("Autre")
UNDER_ANOTHER_NAME = "Reconnue à son SIRET, sous un autre nom : « {name} »."
SIRET_SHARED = "« {name} » a le même SIRET : une antenne, ou un doublon à réunir."


def place_key(told) -> str:
    """What tells a structure from those of other lines: its number, or else its SIRET with its name."""
    return (
        opaque_digits(told.get("data_pass_id", ""))
        or f"{fit_siret(told)} {match_key(told.get('structure', ''))}".strip()
    )


def names_one(told) -> bool:
    """Whether a line says enough to make a structure known: a name alone may be that of a line of totals."""
    known = fit_number(told) or fit_siret(told) or told.get("postcode") or told.get("city")
    return bool(match_key(told.get("structure", "")) and known)


def oddities(told, one, known) -> list[str]:
    """What is to be looked at: a SIRET known under another name, or that is none. `one`: the structure, when known."""
    siret, name = fit_siret(told), match_key(told.get("structure", ""))
    if told.get("siret") and not siret:
        return [f"Le SIRET «{NBSP}{told['siret'][:20]}{NBSP}» n’en est pas un : il n’est pas repris."]
    if not siret or not name:
        return []
    if one is None:
        return [SIRET_SHARED.format(name=other) for other in known.by_siret.get(siret, [])[:1]]
    by_siret = one.siret == siret and one.data_pass_id != opaque_digits(told.get("data_pass_id", ""))
    return [UNDER_ANOTHER_NAME.format(name=one)] if by_siret and name not in one.match_key else []


def completions(plan, known) -> dict:
    """What a structure did not say and the line does; nothing is ever overwritten."""
    told, one = plan.said.structure, plan.organisation
    fields = _fields(told, known)
    if one is None:
        return fields
    column = {name: one._meta.get_field(name).attname for name in fields}
    missing = {name: value for name, value in fields.items() if not getattr(one, column[name])}
    if one.structure_type_id and one.structure_type_id != getattr(fields.get("structure_type"), "pk", None):
        missing.pop("structure_type_details", None)
    return {name: value for name, value in missing.items() if known.is_free(name, value, one)}


def _fields(told, known) -> dict:
    """The fields of a structure, from what a line tells; what does not fit is left out."""
    kind, details = _type_of(told, known)
    postcode = told.get("postcode", "")
    postcode = postcode.zfill(5) if postcode.isdigit() and len(postcode) == 4 else postcode
    fields = {
        "data_pass_id": fit_number(told),
        "siret": fit_siret(told),
        "structure_type": kind,
        "structure_type_details": details[:200],
        "address": told.get("address", "")[:200],
        "address_complement": told.get("address_complement", "")[:200],
        "postcode": postcode if len(postcode) == 5 else "",
        "city": told.get("city", "")[:80],
        "departement": known.departements.get(_departement_code(told, postcode)),
        "legal_category": told.get("legal_category", "")[:4],
    }
    return {name: value for name, value in fields.items() if value}


def _type_of(told, known) -> tuple:
    """One of the list, or « Autre » with the words of the file: accepting a request makes a type of any words."""
    label, other = told.get("type", ""), known.types.get(OTHER_TYPE)
    kind = known.types.get(match_key(label))
    if kind is not None and kind != other:
        return kind, ""
    return (other, told.get("type_details", "") if kind else label) if label else (None, "")


def _departement_code(told, postcode) -> str:
    """The code that the file gives; otherwise that of the postcode, which cannot tell the two of Corsica apart."""
    if code := told.get("departement", ""):
        return code.zfill(2)
    return postcode[:3] if postcode[:2] == "97" else postcode[:2]
