"""Each block of an étape written back: its title, and its parts between rulers."""

from parcours.catalogue.engine.written.questions import question_lines
from parcours.catalogue.engine.written.text import NameOf, header_lines, markdown

KINDS = {"retenir": "", "attention": "attention ", "situation": "situation "}


def block_lines(block: dict, name_of: NameOf) -> list[str]:
    kind, value = block["type"], block["value"]
    if kind == "texte":
        return ["", *markdown(value, name_of)]
    title, parts = BLOCKS[kind](value, name_of)
    lines = ["", f"::: {kind} {title}".rstrip()]
    for index, part in enumerate(parts):
        lines += (["---"] if index else []) + part
    return [*lines, ":::"]


def encadre(value, name_of):
    return f"{KINDS[value['kind']]}{value['title'] or ''}", [markdown(value["text"], name_of)]


def marche(value, name_of):
    steps = [markdown(item["value"], name_of) for item in value["steps"]]
    return value["title"], [[f"{rank}. {line}" for rank, step in enumerate(steps, start=1) for line in step if line]]


def exercice(value, name_of):
    parts = [markdown(value["instructions"], name_of), markdown(value["answer"], name_of)]
    return value["title"], [[f"minutes: {value['minutes']}"], *parts]


def image(value, name_of):
    head = {
        "fichier": name_of("image", value["image"]),
        "alternative": value["alternative"],
        "decorative": "oui" if value["decorative"] else "",
        "legende": value["caption"],
    }
    text = markdown(value["text_equivalent"] or "", name_of)
    return "", [header_lines(head, head), *([text] if text else [])]


def document(value, name_of):
    head = {"fichier": name_of("document", value["document"]), "titre": value["title"]}
    return "", [header_lines(head, head)]


def video(value, name_of):
    head = {
        "fichier": name_of("document", value["video"]),
        "sous_titres": name_of("document", value["captions"]),
        "minutes": value["minutes"],
        "titre": value["title"],
    }
    return "", [header_lines(head, head), markdown(value["transcript"], name_of)]


def lien(value, name_of):
    head = {"type": value["kind"], "titre": value["title"], "adresse": value["url"]}
    equivalent = passage(value.get("equivalent"), name_of)
    return "", [header_lines(head, head), markdown(value["text"], name_of), *([equivalent] if equivalent else [])]


def questions(value, name_of):
    head = {
        "titre": value["title"],
        "regle": value["rule"],
        "seuil": value["threshold"],
        "note_retenue": value["keep"],
    }
    return "", [header_lines(head, head), *(question_lines(one, name_of) for one in value["questions"])]


def audio(value, name_of):
    head = {"fichier": name_of("document", value["audio"]), "minutes": value["minutes"], "titre": value["title"]}
    return "", [header_lines(head, head), passage(value["transcript"], name_of)]


def citation(value, name_of):
    head = {"auteur": value["author"], "source": value["source"], "annee": value["year"], "url": value["url"]}
    return "", [header_lines(head, head), passage(value["text"], name_of)]


def accordeon(value, name_of):
    lines = []
    for item in value["sections"]:
        section = item["value"]
        lines += ["", f"### {section['title']}", "", *passage(section["text"], name_of)]
    return value["title"], [lines[1:]]


def glossaire(value, name_of):
    lines = []
    for item in value["terms"]:
        first, *rest = markdown(item["value"]["definition"], name_of) or [""]
        lines += [f"{item['value']['term']}\u00a0: {first}", *(f"  {line}" for line in rest)]
    return value["title"], [lines]


def dialogue(value, name_of):
    head = {"situation": value["situation"], "personne": value["person"]}
    return value["title"], [header_lines(head, head), *(replica_lines(item["value"]) for item in value["replicas"])]


def replica_lines(value: dict) -> list[str]:
    lines = header_lines({"replique": value["name"], "dit": value["says"]}, ("replique", "dit"))
    for item in value["replies"]:
        reply = item["value"]
        values = {"reponse": reply["text"], "retour": reply["feedback"], "suite": reply["next"]}
        lines += header_lines(values, values)
    return lines


def passage(html: str | None, name_of: NameOf) -> list[str]:
    """Rich text as it can be loaded again: a blank line between paragraphs."""
    lines = [line for written in markdown(html or "", name_of) for line in ("", written)]
    return lines[1:]


BLOCKS = {
    "encadre": encadre,
    "marche": marche,
    "exercice": exercice,
    "image": image,
    "document": document,
    "video": video,
    "lien": lien,
    "audio": audio,
    "accordeon": accordeon,
    "citation": citation,
    "glossaire": glossaire,
    "dialogue": dialogue,
    "questions": questions,
}
