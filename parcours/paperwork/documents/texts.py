"""The livret d’accueil and the règlement intérieur, as blocks of a paper."""

from django.template.loader import render_to_string

from lms.kernel.formats import date_long, nbsp
from parcours.learning.documents import letterhead
from parcours.paperwork.documents.pieces import lines, points


def text_content(text) -> dict:
    return {
        "title": f"Version {text.version}, {date_long(text.published_at)}",
        "holder": "",
        "issuer": letterhead(text.organisation),
        "blocks": sections(text.body),
        "signed": True,
        "cites": "",
    }


def default_text(kind) -> str:
    """What an organisme starts from."""
    return render_to_string(f"paperwork/default_{kind}.txt").strip()


def sections(body) -> list[dict]:
    """« ## » opens a section, « - » an item; anything else is a paragraph."""
    blocks: list[dict] = []
    for line in filter(None, map(str.strip, body.splitlines())):
        if line.startswith("##"):
            blocks.append(lines([], title=nbsp(line.lstrip("# "))))
        elif line.startswith("- "):
            _last(blocks, points)["points"].append(nbsp(line[2:]))
        else:
            _last(blocks, lines)["lines"].append(nbsp(line))
    return blocks


def _last(blocks, make) -> dict:
    """The block in hand when it is of this shape, or a new one."""
    if not blocks or make.__name__ not in blocks[-1]:
        blocks.append(make([]))
    return blocks[-1]
