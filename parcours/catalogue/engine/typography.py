"""French spaces: unbreakable before : ; ! ? % », after «, and inside numbers, whatever was typed."""

import re

NBSP = "\u00a0"
BEFORE = re.compile(r"[ \u202f]+(?=[:;!?%»€](?![\w/:]))")
AFTER = re.compile(r"(?<=«)[ \u202f]+")
THOUSANDS = re.compile(r"(?<=\d)[ \u202f](?=\d{3}(?!\d))")


def french(text: str) -> str:
    for pattern in (BEFORE, AFTER, THOUSANDS):
        text = pattern.sub(NBSP, text)
    return text.replace("'", "’")
