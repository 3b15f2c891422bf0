"""Stable identifiers: the same file gives the same ids on every machine, at every depth."""

import uuid

NAMESPACE = uuid.UUID("5d0d8b5e-7f0e-5c39-9a62-3c5a2f4d1b70")


def stable_id(*names: str) -> str:
    """The id of what these names lead to: `stable_id("module", "cadre-juridique", "etape", "mandat-necessaire")`."""
    return str(uuid.uuid5(NAMESPACE, "/".join(names)))


def inside(owner: str, block_id: str) -> str:
    """The id of a block in a page: a copied page keeps its block ids, and yet holds other questions."""
    return str(uuid.uuid5(uuid.UUID(str(owner)), block_id))
