"""What HTML may enter an edition. The editor of the CMS cleans what is typed; nothing cleans what is loaded."""

import re

import nh3

RICH_TAGS = {
    "p",
    "h2",
    "h3",
    "b",
    "strong",
    "i",
    "em",
    "ul",
    "ol",
    "li",
    "a",
    "br",
    "blockquote",
    "code",
    "abbr",
    "span",
}
RICH_TAGS |= {"sub", "sup", "table", "caption", "thead", "tbody", "tr", "th", "td"}
RICH_ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "linktype", "id"},
    "abbr": {"title"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
BLOCK_TAGS = RICH_TAGS | {
    "div",
    "section",
    "figure",
    "figcaption",
    "img",
    "details",
    "summary",
    "video",
    "audio",
    "source",
    "track",
    "cite",
    "dl",
    "dt",
    "dd",
}
BLOCK_ATTRIBUTES = RICH_ATTRIBUTES | {
    "*": {"lang", "dir", "class", "id"},
    "a": {"href", "download"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading"},
    "video": {"controls", "preload", "width", "height", "aria-label"},
    "audio": {"controls", "preload", "aria-label"},
    "source": {"src", "type"},
    "track": {"src", "kind", "srclang", "label", "default"},
}
LINE_BREAKS = re.compile(r"[ \n]*\n[ \n]*")
SCHEMES = {"https", "http", "mailto", "tel"}


def clean_rich_text(html: str) -> str:
    """What somebody wrote, before the links of the CMS are resolved: no class, no style, no script."""
    return spaced(nh3.clean(html, tags=RICH_TAGS, attributes=RICH_ATTRIBUTES, url_schemes=SCHEMES, link_rel=None))


def clean_node(html: str) -> str:
    """What our own block templates made of it: the last door before the edition."""
    cleaned = nh3.clean(html, tags=BLOCK_TAGS, attributes=BLOCK_ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener")
    return LINE_BREAKS.sub("\n", spaced(cleaned)).strip()


def spaced(html: str) -> str:
    """The unbreakable space as itself, as everywhere else in the product."""
    return html.replace("&nbsp;", "\u00a0")
