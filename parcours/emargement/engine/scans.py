"""The file of a paper sheet: a PDF or a picture, read in its bytes."""

from parcours.assistance.engine.files import CheckedFile, check

MOST_BYTES = 10_000_000
TYPES = frozenset({"application/pdf", "image/png", "image/jpeg"})
ACCEPTED = "PDF, PNG ou JPEG"


def check_scan(name: str, data: bytes) -> CheckedFile:
    """Raises Unfit with the sentence to show."""
    return check(name, data, most_bytes=MOST_BYTES, types=TYPES, accepted=ACCEPTED)
