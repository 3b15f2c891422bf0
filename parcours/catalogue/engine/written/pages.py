"""What is compared: the lines of a whole page, their digest, and how two differ."""

import difflib
import hashlib

from parcours.catalogue.engine import parcours
from parcours.catalogue.engine.written.blocks import block_lines
from parcours.catalogue.engine.written.text import NameOf, header_lines, markdown


def digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def difference(loaded: list[str], edited: list[str], source: str) -> list[str]:
    """Unified, from the file to the page of the CMS."""
    return list(difflib.unified_diff(loaded, edited, f"{source} (fichier)", f"{source} (CMS)", lineterm="", n=2))


def module_lines(values: dict, name_of: NameOf) -> list[str]:
    lines = header_lines(values, ("titre", "slug", "resume", "objectifs", "competences", "sources"))
    lines += header_lines(values, ("relu_le", "a_relire_le"))
    for etape in values["body"]:
        lines += etape_lines(etape["value"], name_of)
    return lines


def parcours_lines(values: dict, name_of: NameOf) -> list[str]:
    names = [name for name in parcours.HEADER if name not in ("type", "id")]
    return [*header_lines(values, names), "", *markdown(values["presentation"], name_of)]


def page_lines(values: dict, name_of: NameOf) -> list[str]:
    lines = header_lines(values, ("titre", "slug", "resume", "a_jour_le"))
    for block in values["body"]:
        lines += block_lines(block, name_of)
    return lines


def etape_lines(value: dict, name_of: NameOf) -> list[str]:
    head = {
        "id": value["slug"],
        "minutes": value["minutes"],
        "reflexion": value["reflection"],
        "reflexion_pour": value["reflection_reason"],
        "duree": "estimation à vérifier" if value["estimate"] else "",
        "competences": value.get("competences") or [],
    }
    lines = ["", f"# {value['title']}", "", "::: etape", *header_lines(head, head), ":::"]
    for block in value["content"]:
        lines += block_lines(block, name_of)
    return lines
