"""The Markdown a trainer could also have typed in the CMS: paragraphs, bold, italic, lists, links, quotes, two titles.

The HTML is the one the CMS stores, so that a page opened and saved there without a change stays the same.
"""

from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from parcours.catalogue.engine.source import Source
from parcours.catalogue.engine.typography import french

READER = MarkdownIt("commonmark").enable("table")
TAGS = {"strong": "b", "em": "i"}
REFUSED = {
    "fence": "un bloc de code ne se lit pas au guichet ; écrivez-le en texte.",
    "code_block": "ce paragraphe est décalé de quatre espaces ; ramenez-le au bord.",
    "html_block": "du HTML ; écrivez-le en Markdown.",
    "html_inline": "du HTML ; écrivez-le en Markdown.",
    "table_open": "un tableau ne tient pas sur un téléphone ; écrivez-le en liste.",
    "image": "une image s’écrit avec le bloc « ::: image ».",
    "hr": "un trait de séparation ; supprimez-le.",
}
LINKS = ("https://", "mailto:", "/", "#")
Lines = list[tuple[int, str]]


def to_html(source: Source, lines: Lines, *, titles: bool = False) -> str:
    return "".join(html for _, html in Writer(source, lines, titles).blocks())


def to_steps(source: Source, lines: Lines, at: int) -> list[str]:
    """The items of the one numbered list these lines hold, each as rich text."""
    writer = Writer(source, lines, titles=False)
    blocks = writer.blocks()
    if [kind for kind, _ in blocks] != ["ordered_list"]:
        source.say(at, "une marche à suivre est une liste numérotée, et rien d’autre.")
        return []
    return writer.steps


class Writer:
    """Turns the tokens of a passage into the HTML of the CMS, and says what the CMS has no place for."""

    def __init__(self, source: Source, lines: Lines, titles: bool):
        self.source, self.titles = source, titles
        self.first = lines[0][0] if lines else 1
        self.tokens = READER.parse("\n".join(line for _, line in lines))
        self.steps: list[str] = []
        self.depth = 0

    def blocks(self) -> list[tuple[str, str]]:
        """(kind, HTML) of each block at the top of the passage."""
        written, start = [], 0
        for index, token in enumerate(self.tokens):
            self.refuse(token)
            if token.level == 0 and token.nesting <= 0:
                kind = token.type.removesuffix("_close")
                written.append((kind, self.html(self.tokens[start : index + 1])))
                start = index + 1
        return written

    def refuse(self, token: Token) -> None:
        line = self.first + (token.map[0] if token.map else 0)
        if sentence := REFUSED.get(token.type):
            self.source.say(line, sentence)
        if token.type == "heading_open" and not self.titles:
            self.source.say(line, "un titre ne va pas dans un bloc ; donnez un titre au bloc.")
        elif token.type == "heading_open" and token.tag not in ("h2", "h3"):
            self.source.say(line, "un intertitre s’écrit « ## » ou « ### ».")
        for child in token.children or []:
            self.refuse_inline(child, line)

    def refuse_inline(self, child: Token, line: int) -> None:
        if sentence := REFUSED.get(child.type):
            self.source.say(line, sentence)
        if child.type == "link_open" and not str(child.attrs["href"]).startswith(LINKS):
            self.source.say(line, f"le lien « {child.attrs['href']} » doit commencer par https://, mailto: ou /.")

    def html(self, tokens: list[Token]) -> str:
        return "".join(self.block(tokens, index) for index in range(len(tokens)))

    def block(self, tokens: list[Token], index: int) -> str:
        token = tokens[index]
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if kind == "inline":
            return inline(token.children or [])
        if kind == "paragraph":
            return self.paragraph(tokens, index)
        if kind == "ordered_list" and token.nesting > 0:
            start = token.attrs.get("start")
            return f'<ol start="{start}">' if start else "<ol>"
        if kind == "list_item":
            self.step(tokens, index)
        if kind in ("heading", "bullet_list", "ordered_list", "list_item", "blockquote"):
            return f"</{token.tag}>" if token.nesting < 0 else f"<{token.tag}>"
        return ""

    def paragraph(self, tokens: list[Token], index: int) -> str:
        """The CMS keeps no paragraph inside an item or a quotation: only line breaks between them."""
        token = tokens[index]
        if token.level == 0:
            return "</p>" if token.nesting < 0 else "<p>"
        follows = token.nesting > 0 and index > 0 and tokens[index - 1].type == "paragraph_close"
        return "<br/>" if follows else ""

    def step(self, tokens: list[Token], index: int) -> None:
        if tokens[index].level != 1 or tokens[index].nesting > 0:
            return
        opened = max(n for n in range(index) if tokens[n].type == "list_item_open" and tokens[n].level == 1)
        self.steps.append(step_html(self.html(tokens[opened + 1 : index])))


def step_html(html: str) -> str:
    """A step is rich text of its own: its sentence becomes a paragraph, and a list under it stays a list."""
    sentence, mark, rest = html.partition("<ul>") if "<ul>" in html else html.partition("<ol>")
    return f"<p>{sentence}</p>{mark}{rest}"


def inline(children: list[Token]) -> str:
    return "".join(written(child) for child in children)


def written(child: Token) -> str:
    kind = child.type.removesuffix("_open").removesuffix("_close")
    if kind == "text":
        return escape(french(child.content), quote=False)
    if kind == "code_inline":
        return f"<code>{escape(child.content, quote=False)}</code>"
    if kind == "softbreak":
        return " "
    if kind == "hardbreak":
        return "<br/>"
    if kind == "link":
        return "</a>" if child.nesting < 0 else f'<a href="{escape(str(child.attrs["href"]))}">'
    if tag := TAGS.get(kind):
        return f"</{tag}>" if child.nesting < 0 else f"<{tag}>"
    return ""
