"""Pieces of pages that are what their words make of them and nothing else: drawn once per process for each wording."""

from functools import lru_cache

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import mark_safe

REMEMBERED = 2048
PLAIN = (str, int, tuple, type(None))


def drawn(template, **words):
    """What a template makes of `words`; a tuple among them holds plain words, anything else counts as what it says."""
    draw = _drawn.__wrapped__ if settings.DEBUG else _drawn
    return draw(template, **{name: word if isinstance(word, PLAIN) else str(word) for name, word in words.items()})


@lru_cache(maxsize=REMEMBERED, typed=True)  # typed: a word known to be safe is not the same word typed by somebody
def _drawn(template, **words):
    return mark_safe(get_template(template).render(words))
