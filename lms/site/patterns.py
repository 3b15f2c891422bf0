"""Pieces that stand in every row of a list: drawn once, then told what differs from one row to the next."""

from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from .drawing import drawn

PLACE = "\ufdd0"  # a character that no text holds: it stands on both sides of the name of what differs


def told(template, words, **row):
    """What a template makes of `words`, the same for every row, and of the words of one `row`, which it only writes.

    An empty one is the same for every row too: the template may ask whether there is any.
    """
    said = {name: conditional_escape(word) for name, word in row.items() if word not in ("", None)}
    pattern = drawn(template, **words, **{name: f"{PLACE}{name}{PLACE}" if name in said else "" for name in row})
    parts = pattern.split(PLACE)
    parts[1::2] = [said[name] for name in parts[1::2]]
    return mark_safe("".join(parts))
