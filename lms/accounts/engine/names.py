"""What a person typed as their name, kept as they write it: only what is invisible or deceptive is taken out."""

import unicodedata

# Marks that reverse or hide the text around them: a name carrying one would garble the line of a paper.
DECEPTIVE = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x2060, 0xFEFF}


def clean_name(text: str | None) -> str:
    """Composed letters, single spaces, neither control character nor direction override; accents, ’, emoji stay."""
    composed = unicodedata.normalize("NFC", text or "")
    kept = "".join(" " if unicodedata.category(c) == "Cc" else c for c in composed if ord(c) not in DECEPTIVE)
    return " ".join(kept.split())


def can_be_read(name: str) -> bool:
    return any(unicodedata.category(c)[0] in "LNS" for c in name)
