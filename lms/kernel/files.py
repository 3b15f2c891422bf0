"""Where a room keeps files that were handed to it, how they are given back, and how they go."""

from django.core.files.storage import storages
from django.db import transaction
from django.http import HttpResponse
from django.utils.http import content_disposition_header

PDF = "application/pdf"


def private_files():
    """Where no address leads, beside the sealed papers: given to the `storage` of a field."""
    return storages["papers"]


def download(data: bytes, name: str, content_type: str) -> HttpResponse:
    """What browsers save, and never open inside the site: whatever somebody put in the file, it runs nothing there."""
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(data, content_type=content_type, headers=headers)


def gone_with_commit(file) -> None:
    """The bytes of a file that no row names any more, once that is sure."""
    if file:
        storage, name = file.storage, file.name
        transaction.on_commit(lambda: storage.delete(name))
