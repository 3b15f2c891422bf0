"""Rich text as plain lines that a field can hold: one paragraph or one item of a list per line. Pure."""

import re
from html import unescape

ITEM = re.compile(r"<li[^>]*>")
BREAK = re.compile(r"</(?:p|li|h\d|ul|ol|blockquote)>|<br\s*/?>")
TAG = re.compile(r"<[^>]+>")


def lines_of_html(source: str) -> str:
    text = TAG.sub("", BREAK.sub("\n", ITEM.sub("– ", source)))
    lines = (" ".join(line.split(" ")).strip(" \t\r") for line in unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)
