"""A question written back as the text of the catalogue."""

from parcours.catalogue.engine.written.text import NameOf, header_lines, markdown

LISTS = {
    "acceptees": "accepted",
    "essais_acceptes": "tried_accepted",
    "essais_refuses": "tried_refused",
    "intrus": "intruders",
    "elements": "items",
}
PLAIN = {
    "texte": "text",
    "format": "format",
    "tolerance": "tolerance",
    "accents": "accents",
    "reponse": "answer",
    "retour_vrai": "feedback_true",
    "retour_faux": "feedback_false",
    "retour_juste": "feedback_right",
    "retour_a_revoir": "feedback_wrong",
}


def question_lines(block: dict, name_of: NameOf) -> list[str]:
    value = block["value"]
    lines = [f"type: {block['type'].replace('_', '-')}", *quoted("enonce", value["statement"], name_of)]
    for option in value.get("options", []):
        held = option["value"]
        lines += paired(f"{held['text']}{' (juste)' if held['correct'] else ''}", held["feedback"])
    for pair in value.get("pairs", []):
        held = pair["value"]
        lines += paired(f"{held['left']} : {held['right']}", held["feedback"])
    lines += answer_lines(value)
    for blank in value.get("blanks", []):
        held = blank["value"]
        lines += [f"trou {held['name']} ({held['label']}):", *(f"  {line}" for line in answer_lines(held))]
    lines += quoted("explication", value["explanation"], name_of)
    return lines + header_lines({"etape": value["taught_in"]}, ["etape"])


def paired(text: str, feedback: str) -> list[str]:
    return [f"  - {text}", *header_lines({"    retour": feedback}, ["    retour"])]


def answer_lines(value: dict) -> list[str]:
    """What is typed or put in order, and how it is judged."""
    lists = {name: [one["value"] for one in value.get(key, [])] for name, key in LISTS.items()}
    lines = header_lines({name: value.get(key) for name, key in PLAIN.items()}, PLAIN) + header_lines(lists, LISTS)
    for pitfall in value.get("pitfalls", []):
        lines += paired(f"piège : {pitfall['value']['text']}", pitfall["value"]["feedback"])
    return lines


def quoted(name: str, html: str, name_of: NameOf) -> list[str]:
    lines = [line for line in markdown(html, name_of) if line]
    return [f"{name}: {lines[0]}" if lines else f"{name}:", *(f"  {line}" for line in lines[1:])]
