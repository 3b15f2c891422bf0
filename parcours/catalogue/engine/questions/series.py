from dataclasses import dataclass

import yaml

from parcours.assessment.engine.kinds import CHOICES, CLOZE, KINDS, MATCHING, ORDERING, SHORT, TRUE_FALSE
from parcours.catalogue.engine import header
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.ids import stable_id
from parcours.catalogue.engine.questions import choices, listed, typed
from parcours.catalogue.engine.questions.nodes import child, composed, entries, line_of, rich, without
from parcours.catalogue.engine.questions.written import Kind, Written
from parcours.catalogue.engine.source import Source

RULES = ("toutes-repondues", "score")
KEPT = ("meilleure", "derniere")

SERIE = {
    "serie": Field(header.slug),
    "titre": Field(header.text),
    "regle": Field(header.one_of(*RULES)),
    "seuil": Field(header.integer, required=False, default=None),
    "note_retenue": Field(header.one_of(*KEPT), required=False),
}
QUESTION = {
    "id": Field(header.slug),
    "type": Field(header.one_of(*KINDS)),
    "enonce": Field(header.raw),
    "explication": Field(header.raw),
    "etape": Field(header.raw, required=False),
}
READ_BY: dict[str, Kind] = dict.fromkeys(CHOICES, choices.OPTIONS) | {
    TRUE_FALSE: choices.TWO_SIDES,
    SHORT: typed.SHORT_ANSWER,
    CLOZE: typed.CLOZE_TEXT,
    MATCHING: listed.PAIRS,
    ORDERING: listed.STEPS,
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
    refuse_repeated_ids(source, [(serie.id, serie.line) for serie in series], "série")
    lines = [(question["id"], question["line"]) for serie in series for question in serie.questions]
    refuse_repeated_ids(source, lines, "question")
    return series


def refuse_repeated_ids(source: Source, named: list[tuple[str, int]], what: str) -> None:
    seen: set[str] = set()
    for name, line in named:
        if name and name in seen:
            source.say(line, f"l’id de {what} « {name} » est déjà pris plus haut.")
        seen.add(name)


def read_serie(source: Source, module: str, node: yaml.Node) -> Serie:
    line = line_of(node)
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
    line = line_of(node)
    found = entries(source, node, "question")
    name = found["type"].value if "type" in found else ""
    kind = READ_BY.get(name if isinstance(name, str) else "", choices.OPTIONS)
    values = header.take(source, without(found, *kind.aside), QUESTION | kind.fields, line)
    path = ("module", module, "question", values["id"])
    value = {
        "statement": rich(source, found, "enonce"),
        **kind.read(Written(source, node, found, values, path, line)),
        "explanation": rich(source, found, "explication"),
        "taught_in": values["etape"],
    }
    block = {"type": str(name).replace("-", "_"), "id": stable_id(*path), "value": value}
    return {"id": values["id"], "line": line, "taught_in": values["etape"], "block": block}
