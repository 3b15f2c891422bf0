"""The addresses of the rows of a list."""

import uuid

from django.urls import reverse

NOBODY = uuid.UUID(int=0)


def address_around(name, *args) -> tuple[str, str]:
    """What stands before and after the public identifier of a row: resolved once for a page, not once for a row."""
    before, _, after = reverse(name, args=[*args, NOBODY]).partition(str(NOBODY))
    return before, after
