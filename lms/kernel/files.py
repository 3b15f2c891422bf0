"""Where a room keeps files that were handed to it, and how they go."""

from django.core.files.storage import storages
from django.db import transaction


def private_files():
    """Where no address leads, beside the sealed papers: given to the `storage` of a field."""
    return storages["papers"]


def gone_with_commit(file) -> None:
    """The bytes of a file that no row names any more, once that is sure."""
    if file:
        storage, name = file.storage, file.name
        transaction.on_commit(lambda: storage.delete(name))
