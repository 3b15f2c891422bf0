from parcours.assessment.engine.kinds import MULTIPLE, SINGLE
from parcours.catalogue.engine import header
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.questions.nodes import child, entries, item, line_of, repeated
from parcours.catalogue.engine.questions.written import Kind, Written
from parcours.catalogue.engine.source import Source

OPTION = {
    "texte": Field(header.text),
    "juste": Field(header.yes, required=False, default=False),
    "retour": Field(header.text),
}


def read_options(written: Written) -> dict:
    options = []
    for node in child(written.node, "reponses"):
        found = entries(written.source, node, "réponse")
        values = header.take(written.source, found, OPTION, line_of(node))
        value = {"text": values["texte"], "correct": values["juste"], "feedback": values["retour"]}
        options.append(item((*written.path, "option"), values["texte"], value))
    if repeated([option["value"]["text"] for option in options]):
        written.source.say(written.line, "deux réponses ont le même texte.")
    check_right(written.source, options, written.kind, written.line)
    return {"options": options}


def check_right(source: Source, options: list[dict], kind: str, line: int) -> None:
    right = sum(1 for option in options if option["value"]["correct"])
    if len(options) < 2:
        source.say(line, "il faut au moins deux « reponses ».")
    elif not right:
        source.say(line, "aucune réponse juste : écrivez « juste: oui » sous l’une d’elles.")
    elif kind == SINGLE and right > 1:
        source.say(line, f"{right} réponses justes pour un choix unique ; gardez-en une, ou écrivez choix-multiple.")
    elif kind == MULTIPLE and right < 2:
        source.say(line, "une seule réponse juste pour un choix multiple ; écrivez choix-unique.")
    elif kind == MULTIPLE and right == len(options):
        source.say(line, "toutes les réponses sont justes ; ajoutez-en une qui ne l’est pas.")


def read_two_sides(written: Written) -> dict:
    return {
        "answer": written.values["reponse"],
        "feedback_true": written.values["retour_vrai"],
        "feedback_false": written.values["retour_faux"],
    }


OPTIONS = Kind(read_options, aside=("reponses",))
TWO_SIDES = Kind(
    read_two_sides,
    {
        "reponse": Field(header.one_of("vrai", "faux")),
        "retour_vrai": Field(header.text),
        "retour_faux": Field(header.text),
    },
)
