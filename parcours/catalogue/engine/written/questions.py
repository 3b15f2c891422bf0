"""A question written back as the text of the catalogue."""

from parcours.catalogue.engine.written.text import NameOf, header_lines, markdown


def question_lines(block: dict, name_of: NameOf) -> list[str]:
    value = block["value"]
    lines = [f"type: {block['type'].replace('_', '-')}", *quoted("enonce", value["statement"], name_of)]
    for option in value.get("options", []):
        held = option["value"]
        right = " (juste)" if held["correct"] else ""
        lines += [f"  - {held['text']}{right}", *header_lines({"    retour": held["feedback"]}, ["    retour"])]
    names = {"reponse": "answer", "retour_vrai": "feedback_true", "retour_faux": "feedback_false"}
    lines += header_lines({name: value.get(key) for name, key in names.items()}, names)
    lines += quoted("explication", value["explanation"], name_of)
    return lines + header_lines({"etape": value["taught_in"]}, ["etape"])


def quoted(name: str, html: str, name_of: NameOf) -> list[str]:
    lines = [line for line in markdown(html, name_of) if line]
    return [f"{name}: {lines[0]}" if lines else f"{name}:", *(f"  {line}" for line in lines[1:])]
