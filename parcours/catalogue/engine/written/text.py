"""Rich text and `clé: valeur` lines, as the text of the catalogue writes them."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
SPACES = re.compile(r"[ \n\r]+")
NameOf = Callable[[str, object], str]
"""(kind, reference) → the file name of an image or a document, the address of a page."""


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
