"""What an e-mail address is here: one spelling per mailbox, whatever was typed."""

import unicodedata

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


def normalise_email(text: str | None) -> str:
    """One spelling per address: NFKC, lower case, no surrounding or invisible character left by a copy and paste."""
    return unicodedata.normalize("NFKC", text or "").translate(INVISIBLE).strip().lower()
