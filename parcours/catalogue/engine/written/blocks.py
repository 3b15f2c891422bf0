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
    return "", [header_lines(head, head), markdown(value["text"], name_of)]


def questions(value, name_of):
    head = {
        "titre": value["title"],
        "regle": value["rule"],
        "seuil": value["threshold"],
        "note_retenue": value["keep"],
    }
    return "", [header_lines(head, head), *(question_lines(one, name_of) for one in value["questions"])]


BLOCKS = {
    "encadre": encadre,
    "marche": marche,
    "exercice": exercice,
    "image": image,
    "document": document,
    "video": video,
    "lien": lien,
    "questions": questions,
}
