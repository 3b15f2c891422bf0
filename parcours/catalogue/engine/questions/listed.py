"""Appariement and ordre: what is matched, what is put in order."""

from parcours.assessment.engine import matching, ordering
from parcours.catalogue.engine import header
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.questions.nodes import child, entries, item, line_of, repeated, texts
from parcours.catalogue.engine.questions.typed import FEEDBACK, feedback
from parcours.catalogue.engine.questions.written import Kind, Written
from parcours.catalogue.engine.typography import french

PAIR = {"gauche": Field(header.text), "droite": Field(header.text), "retour": Field(header.text)}


def read_pairs(written: Written) -> dict:
    pairs = []
    for node in child(written.node, "paires"):
        values = header.take(written.source, entries(written.source, node, "paire"), PAIR, line_of(node))
        value = {"left": values["gauche"], "right": values["droite"], "feedback": values["retour"]}
        pairs.append(item((*written.path, "paire"), values["gauche"], value))
    intruders = [french(text) for _, text in texts(written.source, written.node, "intrus")]
    lefts = [pair["value"]["left"] for pair in pairs]
    rights = [*(pair["value"]["right"] for pair in pairs), *intruders]
    fewest, most = matching.PAIRS
    if not fewest <= len(pairs) <= most:
        written.source.say(written.line, f"il faut de {fewest} à {most} « paires » : il y en a {len(pairs)}.")
    if len(intruders) > matching.INTRUDERS:
        written.source.say(written.line, f"{len(intruders)} « intrus » : il en faut {matching.INTRUDERS} au plus.")
    if repeated(lefts) or repeated(rights):
        written.source.say(written.line, "deux éléments du même côté ont le même texte.")
    return {"pairs": pairs, "intruders": [item((*written.path, "intrus"), text, text) for text in intruders]}


def read_steps(written: Written) -> dict:
    steps = [french(text) for _, text in texts(written.source, written.node, "elements")]
    fewest, most = ordering.ITEMS
    if not fewest <= len(steps) <= most:
        written.source.say(written.line, f"il faut de {fewest} à {most} « elements » : il y en a {len(steps)}.")
    if repeated(steps):
        written.source.say(written.line, "deux éléments ont le même texte.")
    return {"items": [item((*written.path, "element"), text, text) for text in steps]} | feedback(written)


PAIRS = Kind(read_pairs, aside=("paires", "intrus"))
STEPS = Kind(read_steps, FEEDBACK, ("elements",))
