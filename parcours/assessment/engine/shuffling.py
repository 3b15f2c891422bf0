"""An order that depends on ids alone: the same for everybody, every time, and never the right one."""

import hashlib
from collections.abc import Sequence


def shuffled(things: Sequence[dict], seed: str, right: Sequence[str]) -> list[dict]:
    """`things` have ids; those in `right` do not come in that order, as soon as they are two."""
    order = sorted(things, key=lambda one: hashlib.sha256(f"{seed}/{one['id']}".encode()).digest())
    for _ in order:
        if [one["id"] for one in order if one["id"] in right] != list(right):
            break
        order.append(order.pop(0))
    return order
