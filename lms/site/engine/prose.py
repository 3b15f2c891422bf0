"""What happens to the text of a page between its storage and the screen. Pure functions over HTML strings."""

import re
from collections.abc import Callable
from html import escape

PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
TAG = re.compile(r"(<[^>]*>)")
HEADING = re.compile(r"(?=<h2[ >])")
PARAGRAPH = re.compile(r"<p(?: [^>]*)?>((?:(?!</p>).)*)</p>", re.DOTALL)
LINK = re.compile(r"<a [^>]*?href=\"([^\"]*)\"[^>]*>(.*?)</a>", re.DOTALL)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def text_nodes(html: str, change: Callable[[str], str]) -> str:
    """Change what is read, never a tag nor its attributes."""
    return "".join(part if part.startswith("<") else change(part) for part in TAG.split(html))


def fill(html: str, values: dict[str, str], missing: str) -> str:
    """Put values (plain text) in place of `{{ name }}`; an unknown or empty one shows `missing`."""

    def value_of(match):
        value = values.get(match[1], "").strip()
        if not value:
            return f"<mark>{escape(missing)}</mark>"
        lines = "<br>".join(escape(line) for line in value.splitlines())
        return EMAIL.sub(lambda address: f'<a href="mailto:{address[0]}">{address[0]}</a>', lines)

    return PLACEHOLDER.sub(value_of, html)


def sections(html: str) -> tuple[str, list[str]]:
    """What stands before the first heading of level 2, then one piece per heading."""
    first, *rest = HEADING.split(html)
    return (first, rest) if not first.startswith("<h2") else ("", [first, *rest])


def links_alone(paragraph: str) -> list[tuple[str, str]]:
    """The (href, label) of a paragraph that holds links and nothing else but their separators."""
    if re.sub(r"[\s·\u00a0]|<br ?/?>", "", LINK.sub("", paragraph)):
        return []
    return LINK.findall(paragraph)


def without_links(html: str, leads: Callable[[str], bool]) -> str:
    """The words of a link stay where `leads(href)` says that it goes nowhere for this reader."""
    return LINK.sub(lambda link: link[0] if leads(link[1]) else link[2], html)


def rows_of_links(html: str, draw: Callable[[list[tuple[str, str]]], str]) -> str:
    """Draw otherwise the paragraphs that hold only links."""

    def drawn(match):
        links = links_alone(match[1])
        return draw(links) if links else match[0]

    return PARAGRAPH.sub(drawn, html)
