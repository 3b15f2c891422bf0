"""A page written back as the text of the catalogue: what is compared, and shown when the two differ.

Both sides pass here, the file and the page of the CMS, so that only what a reader would notice counts.
"""

import difflib
import hashlib
import re
from collections.abc import Callable
from html.parser import HTMLParser

from parcours.catalogue.engine import parcours

MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
SPACES = re.compile(r"[ \n\r]+")
KINDS = {"retenir": "", "attention": "attention ", "situation": "situation "}
NameOf = Callable[[str, object], str]
"""(kind, reference) → the file name of an image or a document, the address of a page."""


def digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def difference(loaded: list[str], edited: list[str], source: str) -> list[str]:
    """Unified, from the file to the page of the CMS."""
    return list(difflib.unified_diff(loaded, edited, f"{source} (fichier)", f"{source} (CMS)", lineterm="", n=2))


def module_lines(values: dict, name_of: NameOf) -> list[str]:
    lines = header_lines(values, ("titre", "slug", "resume", "objectifs", "competences", "sources"))
    lines += header_lines(values, ("relu_le", "a_relire_le"))
    for etape in values["body"]:
        lines += etape_lines(etape["value"], name_of)
    return lines


def parcours_lines(values: dict, name_of: NameOf) -> list[str]:
    names = [name for name in parcours.HEADER if name not in ("type", "id")]
    return [*header_lines(values, names), "", *markdown(values["presentation"], name_of)]


def page_lines(values: dict, name_of: NameOf) -> list[str]:
    lines = header_lines(values, ("titre", "slug", "resume", "a_jour_le"))
    for block in values["body"]:
        lines += block_lines(block, name_of)
    return lines


def header_lines(values: dict, names) -> list[str]:
    lines = []
    for name in names:
        value = values.get(name)
        if isinstance(value, list | tuple):
            lines += [f"{name}:", *(f"  - {item}" for item in value)] if value else []
        elif isinstance(value, bool):
            lines.append(f"{name}: {'oui' if value else 'non'}")
        elif value not in (None, ""):
            lines.append(f"{name}: {SPACES.sub(' ', str(value)).strip()}")
    return lines


def etape_lines(value: dict, name_of: NameOf) -> list[str]:
    head = {
        "id": value["slug"],
        "minutes": value["minutes"],
        "reflexion": value["reflection"],
        "reflexion_pour": value["reflection_reason"],
        "duree": "estimation à vérifier" if value["estimate"] else "",
    }
    lines = ["", f"# {value['title']}", "", "::: etape", *header_lines(head, head), ":::"]
    for block in value["content"]:
        lines += block_lines(block, name_of)
    return lines


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


def markdown(html: str, name_of: NameOf) -> list[str]:
    """Rich text as Markdown, one line per paragraph or item."""
    writer = MarkdownWriter(name_of)
    writer.feed(html or "")
    writer.close()
    return writer.done()


class MarkdownWriter(HTMLParser):
    def __init__(self, name_of: NameOf):
        super().__init__(convert_charrefs=True)
        self.name_of = name_of
        self.lines: list[str] = []
        self.text = ""
        self.prefix = ""
        self.lists: list[int | None] = []
        self.hrefs: list[str] = []

    def done(self) -> list[str]:
        self.end_line()
        return self.lines

    def end_line(self) -> None:
        text = SPACES.sub(" ", self.text).strip()
        if text:
            self.lines.append(self.prefix + text)
        self.text, self.prefix = "", ""

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in MARKS:
            self.text += MARKS[tag]
        elif tag == "a":
            self.text += "["
            self.hrefs.append(self.href(attributes))
        elif tag in ("ul", "ol"):
            self.end_line()
            self.lists.append(int(attributes.get("start") or 1) if tag == "ol" else None)
        elif tag == "br":
            self.end_line()
        else:
            self.end_line()
            self.prefix = self.opening(tag)

    def href(self, attributes: dict) -> str:
        if linktype := attributes.get("linktype"):
            return self.name_of(linktype, attributes.get("id"))
        return attributes.get("href") or ""

    def opening(self, tag: str) -> str:
        if tag == "li" and self.lists:
            rank, indent = self.lists[-1], "  " * (len(self.lists) - 1)
            if rank is None:
                return f"{indent}- "
            self.lists[-1] = rank + 1
            return f"{indent}{rank}. "
        return {"h2": "## ", "h3": "### ", "blockquote": "> "}.get(tag, "")

    def handle_endtag(self, tag):
        if tag in MARKS:
            self.text += MARKS[tag]
        elif tag == "a":
            self.text += f"]({self.hrefs.pop() if self.hrefs else ''})"
        elif tag in ("ul", "ol"):
            self.end_line()
            self.lists = self.lists[:-1]
        elif tag != "br":
            self.end_line()

    def handle_data(self, data):
        self.text += data
