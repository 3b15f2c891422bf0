"""Six digits that are known again without being kept. Pure."""

import hashlib
import hmac

DIGITS = 6


def code_of(key: str, owner: str, nonce: int) -> str:
    """The code of this owner, always the same: what is stored of it is its hash."""
    return f"{int(_digest(key, 'code', f'{owner}:{nonce}'), 16) % 10**DIGITS:0{DIGITS}d}"


def hash_of(key: str, code: str) -> str:
    """What is stored: without the key of the site, a million tries do not turn it back."""
    return _digest(key, "hash", code)


def digits_of(typed: str) -> str:
    """What was typed without the spaces and dashes people put in it; empty when it is no code."""
    digits = "".join(char for char in typed if char not in " \u00a0\u202f.-")
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else ""


def spaced(code: str) -> str:
    """« 482 910 »: read out and typed more easily."""
    return f"{code[:3]}\u00a0{code[3:]}"


def _digest(key: str, purpose: str, value: str) -> str:
    return hmac.new(key.encode(), f"emargement.{purpose}:{value}".encode(), hashlib.sha256).hexdigest()
