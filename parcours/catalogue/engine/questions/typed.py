"""Réponse courte and texte à trous: their golden answers are marked at once, and must be marked as announced."""

import yaml

from parcours.assessment.engine import cloze
from parcours.assessment.engine.blanks import OPTIONAL, REQUIRED, blank_faults
from parcours.assessment.engine.formats import FORMATS, NUMBER, TEXT
from parcours.catalogue.engine import header
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.questions.nodes import child, entries, item, line_of, texts, under, without
from parcours.catalogue.engine.questions.written import Kind, Written
from parcours.catalogue.engine.source import Source
from parcours.catalogue.engine.typography import french

FEWEST_TRIES = 3
KEYS = {"accepted": "acceptees", "tried_accepted": "essais_acceptes", "tried_refused": "essais_refuses"}
ASIDE = (*KEYS.values(), "pieges")
FORMAT = {
    "format": Field(header.one_of(*FORMATS), required=False, default=TEXT),
    "tolerance": Field(header.raw, required=False),
    "accents": Field(header.one_of(OPTIONAL, REQUIRED), required=False, default=OPTIONAL),
}
PITFALL = {"texte": Field(header.raw), "retour": Field(header.text)}
FEEDBACK = {"retour_juste": Field(header.text), "retour_faux": Field(header.text)}


def read_short_answer(written: Written) -> dict:
    value = read_blank(written.source, written.node, written.values, written.path, written.line)
    for part in ("tried_accepted", "tried_refused"):
        if len(value[part]) < FEWEST_TRIES:
            written.source.say(written.line, f"il faut au moins {FEWEST_TRIES} « {KEYS[part]} ».")
    return value | feedback(written)


def read_cloze_text(written: Written) -> dict:
    text, blanks = french(written.values["texte"]), []
    described = under(written.node, "trous")
    for key, node in described.value if isinstance(described, yaml.MappingNode) else []:
        found, line = entries(written.source, node, "trou"), line_of(key)
        values = header.take(written.source, without(found, *ASIDE), FORMAT | {"libelle": Field(header.text)}, line)
        path = (*written.path, "trou", key.value)
        value = {"name": key.value, "label": values["libelle"]}
        value |= read_blank(written.source, node, values, path, line)
        blanks.append(item((*written.path, "trou"), key.value, value))
    for sentence in cloze.faults(text, [blank["value"]["name"] for blank in blanks]) if text else []:
        written.source.say(written.line, sentence)
    return {"text": text, "blanks": blanks} | feedback(written)


def feedback(written: Written) -> dict:
    return {"feedback_right": written.values["retour_juste"], "feedback_wrong": written.values["retour_faux"]}


def read_blank(source: Source, node: yaml.Node, values: dict, path: tuple, line: int) -> dict:
    """The raw CMS content of a blank; what marking makes of its golden answers is said at their lines."""
    shown = french if values["format"] == TEXT else str
    given = {part: texts(source, node, key) for part, key in KEYS.items()}
    if not given["accepted"]:
        source.say(line, "il manque « acceptees ».")
    if values["tolerance"] and values["format"] != NUMBER:
        source.say(line, "« tolerance » est pour un nombre : écrivez « format: nombre ».")
    value = {
        "format": values["format"],
        "accepted": [item((*path, "acceptee"), text, shown(text)) for _, text in given["accepted"]],
        "pitfalls": read_pitfalls(source, node, shown, path),
        "tolerance": values["tolerance"],
        "accents": values["accents"],
        "tried_accepted": [item((*path, "acceptes"), text, text) for _, text in given["tried_accepted"]],
        "tried_refused": [item((*path, "refuses"), text, text) for _, text in given["tried_refused"]],
    }
    if given["accepted"]:
        say_disagreements(source, value, given, line)
    return value


def read_pitfalls(source: Source, node: yaml.Node, shown, path: tuple) -> list[dict]:
    pitfalls = []
    for one in child(node, "pieges"):
        values = header.take(source, entries(source, one, "piège"), PITFALL, line_of(one))
        if values["texte"]:
            value = {"text": shown(values["texte"]), "feedback": values["retour"]}
            pitfalls.append(item((*path, "piege"), values["texte"], value))
    return pitfalls


def say_disagreements(source: Source, value: dict, given: dict, line: int) -> None:
    blank = {
        "format": value["format"],
        "accepted": [one["value"] for one in value["accepted"]],
        "pitfalls": [one["value"] for one in value["pitfalls"]],
        "tolerance": value["tolerance"],
        "accents": value["accents"],
    }
    tries = ([text for _, text in given[part]] for part in ("tried_accepted", "tried_refused"))
    for fault in blank_faults(blank, *tries):
        lines = given.get(fault.part)
        source.say(lines[fault.rank][0] if lines else line, fault.sentence)


SHORT_ANSWER = Kind(read_short_answer, FORMAT | FEEDBACK, ASIDE)
CLOZE_TEXT = Kind(read_cloze_text, {"texte": Field(header.raw)} | FEEDBACK, ("trous",))
