"""The YAML files of questions, read with the line of every value; what they become is raw CMS content."""

from dataclasses import dataclass

import yaml

from parcours.catalogue.engine import header
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.ids import stable_id
from parcours.catalogue.engine.markdown import to_html
from parcours.catalogue.engine.source import Source

RULES = ("toutes-repondues", "score")
KEPT = ("meilleure", "derniere")
YAML_PROBLEMS = {
    "mapping values are not allowed here": (
        "deux-points suivis d’une espace dans une phrase ; écrivez « >- » après la clé, et la phrase à la ligne."
    ),
    "found character '\\t' that cannot start any token": "une tabulation ; remplacez-la par des espaces.",
    "could not find expected ':'": "il manque « : » après une clé, ou la phrase n’est pas décalée sous sa clé.",
    "expected <block end>, but found '-'": "ce tiret n’est pas aligné avec ceux de sa liste.",
    "expected <block end>, but found '<block mapping start>'": "cette clé n’est pas alignée avec celles du même objet.",
    "found unexpected end of stream": "un guillemet ouvert n’est pas fermé.",
}

SERIE = {
    "serie": Field(header.slug),
    "titre": Field(header.text),
    "regle": Field(header.one_of(*RULES)),
    "seuil": Field(header.integer, required=False, default=None),
    "note_retenue": Field(header.one_of(*KEPT), required=False),
}
QUESTION = {
    "id": Field(header.slug),
    "type": Field(header.one_of("choix-unique", "choix-multiple", "vrai-faux")),
    "enonce": Field(header.raw),
    "explication": Field(header.raw),
    "etape": Field(header.raw, required=False),
}
TRUE_FALSE = {
    "reponse": Field(header.one_of("vrai", "faux")),
    "retour_vrai": Field(header.text),
    "retour_faux": Field(header.text),
}
OPTION = {
    "texte": Field(header.text),
    "juste": Field(header.yes, required=False, default=False),
    "retour": Field(header.text),
}


@dataclass
class Serie:
    id: str
    line: int
    value: dict
    """Raw CMS content of a `SerieDeQuestionsBlock`, without the ids of its questions."""
    questions: list[dict]


def parse_questions(source: Source, module: str) -> list[Serie]:
    root = composed(source)
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        source.say(1, "un fichier de questions est une liste : chaque série commence par « - serie: ».")
        return []
    series = [read_serie(source, module, node) for node in root.value]
    repeated(source, [(serie.id, serie.line) for serie in series], "série")
    lines = [(question["id"], question["line"]) for serie in series for question in serie.questions]
    repeated(source, lines, "question")
    return series


def composed(source: Source) -> yaml.Node | None:
    if source.faults:
        return None
    try:
        return yaml.compose("\n".join(source.lines), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = YAML_PROBLEMS.get(
            error.problem or "", "l’écriture YAML n’est pas comprise ici : vérifiez les décalages."
        )
        source.say(mark.line + 1 if mark else 1, problem)
    except (yaml.YAMLError, RecursionError):
        source.say(1, "ce fichier n’est pas lisible comme du YAML.")
    return None


def repeated(source: Source, named: list[tuple[str, int]], what: str) -> None:
    seen: set[str] = set()
    for name, line in named:
        if name and name in seen:
            source.say(line, f"l’id de {what} « {name} » est déjà pris plus haut.")
        seen.add(name)


def entries(source: Source, node: yaml.Node, what: str) -> dict[str, header.Entry]:
    """A mapping as header entries, its lists of mappings left aside."""
    if not isinstance(node, yaml.MappingNode):
        source.say(node.start_mark.line + 1, f"{what} : des lignes « clé: valeur » sont attendues ici.")
        return {}
    found: dict[str, header.Entry] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if key.value in found:
            source.say(line, f"« {key.value} » est écrit deux fois.")
        found[key.value] = header.Entry(scalar(value), line)
    return found


def scalar(node: yaml.Node) -> str | list[str]:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value).strip()
    return [str(child.value) for child in node.value] if isinstance(node, yaml.SequenceNode) else ["?"]


def child(node: yaml.Node, name: str) -> list[yaml.Node]:
    """The list written under a key, or nothing."""
    for key, value in getattr(node, "value", []):
        if key.value == name and isinstance(value, yaml.SequenceNode):
            return value.value
    return []


def without(found: dict, *names: str) -> dict:
    return {key: entry for key, entry in found.items() if key not in names}


def read_serie(source: Source, module: str, node: yaml.Node) -> Serie:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        entries(source, node, "série")
        return Serie("", line, {}, [])
    values = header.take(source, without(entries(source, node, "série"), "questions"), SERIE, line)
    questions = [read_question(source, module, child_node) for child_node in child(node, "questions")]
    if not questions:
        source.say(line, "cette série n’a pas de questions.")
    if values["regle"] == "score" and not (values["seuil"] and 1 <= values["seuil"] <= 100):
        source.say(line, "un quiz noté demande « seuil », entre 1 et 100.")
    if values["regle"] == "score" and not values["note_retenue"]:
        source.say(line, "un quiz noté demande « note_retenue » : meilleure ou derniere.")
    value = {
        "title": values["titre"],
        "rule": values["regle"] or "toutes-repondues",
        "threshold": values["seuil"],
        "keep": values["note_retenue"],
    }
    return Serie(values["serie"], line, value, questions)


def read_question(source: Source, module: str, node: yaml.Node) -> dict:
    """{"id", "line", "taught_in", "block"}: the block is what the CMS stores."""
    line = node.start_mark.line + 1
    found = entries(source, node, "question")
    kind = found["type"].value if "type" in found else ""
    fields = QUESTION | (TRUE_FALSE if kind == "vrai-faux" else {})
    values = header.take(source, without(found, "reponses"), fields, line)
    path = ("module", module, "question", values["id"])
    value = {"statement": rich(source, found, "enonce")}
    if kind == "vrai-faux":
        value |= {
            "answer": values["reponse"],
            "feedback_true": values["retour_vrai"],
            "feedback_false": values["retour_faux"],
        }
    else:
        value["options"] = read_options(source, child(node, "reponses"), kind, path, line)
    value |= {"explanation": rich(source, found, "explication"), "taught_in": values["etape"]}
    block = {"type": kind.replace("-", "_"), "id": stable_id(*path), "value": value}
    return {"id": values["id"], "line": line, "taught_in": values["etape"], "block": block}


def rich(source: Source, found: dict[str, header.Entry], key: str) -> str:
    if key not in found or not isinstance(found[key].value, str):
        return ""
    line = found[key].line
    return to_html(source, [(line + n, text) for n, text in enumerate(found[key].value.split("\n"))])


def read_options(source: Source, nodes: list[yaml.Node], kind: str, path: tuple, line: int) -> list[dict]:
    options = []
    for node in nodes:
        at = node.start_mark.line + 1
        values = header.take(source, entries(source, node, "réponse"), OPTION, at)
        value = {"text": values["texte"], "correct": values["juste"], "feedback": values["retour"]}
        options.append({"type": "item", "id": stable_id(*path, "option", values["texte"]), "value": value})
    texts = [option["value"]["text"].casefold() for option in options]
    if len(texts) != len(set(texts)):
        source.say(line, "deux réponses ont le même texte.")
    check_right(source, options, kind, line)
    return options


def check_right(source: Source, options: list[dict], kind: str, line: int) -> None:
    right = sum(1 for option in options if option["value"]["correct"])
    if len(options) < 2:
        source.say(line, "il faut au moins deux « reponses ».")
    elif not right:
        source.say(line, "aucune réponse juste : écrivez « juste: oui » sous l’une d’elles.")
    elif kind == "choix-unique" and right > 1:
        source.say(line, f"{right} réponses justes pour un choix unique ; gardez-en une, ou écrivez choix-multiple.")
    elif kind == "choix-multiple" and right < 2:
        source.say(line, "une seule réponse juste pour un choix multiple ; écrivez choix-unique.")
    elif kind == "choix-multiple" and right == len(options):
        source.say(line, "toutes les réponses sont justes ; ajoutez-en une qui ne l’est pas.")
