"""How a text is laid on paper: the right font for each character, a size that fits."""

from django import template
from django.utils.html import format_html, format_html_join

from lms.kernel.papers import glyphs

register = template.Library()
POINTS_PER_MM = 72 / 25.4


@register.filter
def printable(text, main=glyphs.MAIN):
    """The text with, around what the main font lacks, the class of the font that draws it."""
    pieces = ((font if font != main else "", chars) for font, chars in glyphs.runs(str(text), main))
    return format_html_join(
        "",
        "{}",
        ((format_html('<span class="{}">{}</span>', font, chars) if font else chars,) for font, chars in pieces),
    )


@register.filter
def rank(row, position):
    """The cell of a row at this position, from 0."""
    return row[position]


@register.simple_tag
def fitted(text, css_class, *, width, size, least, lines=1, main=glyphs.MAIN, before=""):
    """A paragraph at `size` points, or smaller down to `least` so that it takes at most `lines` lines of `width` mm."""
    text = f"{before}{text}"
    room = width * POINTS_PER_MM * (lines if lines == 1 else lines - 0.25)  # words do not fill their lines
    needed = glyphs.width(text, 1, main)
    points = min(size, max(least, room / needed)) if needed else size
    return format_html(
        '<p class="{}" style="font-size: {}pt">{}</p>', css_class, f"{points:.1f}", printable(text, main)
    )
