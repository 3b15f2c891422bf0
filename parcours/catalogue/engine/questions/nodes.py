"""YAML with the line of every value."""

import yaml

from parcours.catalogue.engine import header
from parcours.catalogue.engine.ids import stable_id
from parcours.catalogue.engine.markdown import to_html
from parcours.catalogue.engine.source import Source

PROBLEMS = {
    "mapping values are not allowed here": (
        "deux-points suivis d’une espace dans une phrase ; écrivez « >- » après la clé, et la phrase à la ligne."
    ),
    "found character '\\t' that cannot start any token": "une tabulation ; remplacez-la par des espaces.",
    "could not find expected ':'": "il manque « : » après une clé, ou la phrase n’est pas décalée sous sa clé.",
    "expected <block end>, but found '-'": "ce tiret n’est pas aligné avec ceux de sa liste.",
    "expected <block end>, but found '<block mapping start>'": "cette clé n’est pas alignée avec celles du même objet.",
    "found unexpected end of stream": "un guillemet ouvert n’est pas fermé.",
}


def composed(source: Source) -> yaml.Node | None:
    if source.faults:
        return None
    try:
        return yaml.compose("\n".join(source.lines), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = PROBLEMS.get(error.problem or "", "l’écriture YAML n’est pas comprise ici : vérifiez les décalages.")
        source.say(mark.line + 1 if mark else 1, problem)
    except (yaml.YAMLError, RecursionError):
        source.say(1, "ce fichier n’est pas lisible comme du YAML.")
    return None


def line_of(node: yaml.Node) -> int:
    return node.start_mark.line + 1


def entries(source: Source, node: yaml.Node, what: str) -> dict[str, header.Entry]:
    """A mapping as header entries, its lists of mappings left aside."""
    if not isinstance(node, yaml.MappingNode):
        source.say(line_of(node), f"{what} : des lignes « clé: valeur » sont attendues ici.")
        return {}
    found: dict[str, header.Entry] = {}
    for key, value in node.value:
        line = line_of(key)
        if key.value in found:
            source.say(line, f"« {key.value} » est écrit deux fois.")
        found[key.value] = header.Entry(scalar(value), line)
    return found


def scalar(node: yaml.Node) -> str | list[str]:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value).strip()
    return [str(child.value) for child in node.value] if isinstance(node, yaml.SequenceNode) else ["?"]


def under(node: yaml.Node, name: str) -> yaml.Node | None:
    """What is written under a key."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for key, value in pairs if key.value == name), None)


def child(node: yaml.Node, name: str) -> list[yaml.Node]:
    """The list written under a key, or nothing."""
    found = under(node, name)
    return found.value if isinstance(found, yaml.SequenceNode) else []


def texts(source: Source, node: yaml.Node, name: str) -> list[tuple[int, str]]:
    """The (line, text) of each short text under a key: a list, or one alone."""
    found = under(node, name)
    listed = found.value if isinstance(found, yaml.SequenceNode) else [found] if found is not None else []
    for one in listed:
        if not isinstance(one, yaml.ScalarNode):
            source.say(line_of(one), f"« {name} » attend des textes ; mettez entre guillemets ceux qui ont « : ».")
    return [(line_of(one), str(one.value).strip()) for one in listed if isinstance(one, yaml.ScalarNode) and one.value]


def without(found: dict, *names: str) -> dict:
    return {key: entry for key, entry in found.items() if key not in names}


def rich(source: Source, found: dict[str, header.Entry], key: str) -> str:
    if key not in found or not isinstance(found[key].value, str):
        return ""
    line = found[key].line
    return to_html(source, [(line + n, text) for n, text in enumerate(found[key].value.split("\n"))])


def item(path: tuple[str, ...], name: str, value) -> dict:
    """An element of a list of the CMS, under an id of its own."""
    return {"type": "item", "id": stable_id(*path, name), "value": value}


def repeated(texts: list[str]) -> bool:
    alike = [text.strip().casefold() for text in texts]
    return len(alike) != len(set(alike))
