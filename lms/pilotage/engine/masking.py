"""Small numbers are not printed, nor left to be found by subtraction. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence


def masked(values: Sequence[int], below: int) -> list[bool]:
    """Which of these numbers to hide when their sum is printed: never a single one, that the others would give."""
    hidden = [0 < value < below for value in values]
    if sum(hidden) == 1:
        others = [(value, rank) for rank, value in enumerate(values) if value and not hidden[rank]]
        if others:
            hidden[min(others)[1]] = True
    return hidden


def masked_by_level(values: Mapping[str, int], levels: Sequence[Mapping[str, str]], below: int) -> list[set[str]]:
    """Of each level, from the widest to the finest, the keys to hide so that no other level gives them back.

    `values`: the number of each leaf. `levels`: the key of each leaf there; each level divides the one before.
    """
    found, above, hidden = [], dict.fromkeys(values), set()
    for level in levels:
        sums, children = Counter(), {}
        for leaf, value in values.items():
            sums[level[leaf]] += value
            children.setdefault(above[leaf], set()).add(level[leaf])
        now = set()
        for parent, keys in children.items():
            now |= _hidden_among(sorted(keys), sums, below, parent in hidden)
        found.append(now)
        above, hidden = level, now
    return found


def _hidden_among(keys, sums, below, whole_is_hidden) -> set[str]:
    """A whole that is hidden is not to be found by adding what it is made of."""
    flags = masked([sums[key] for key in keys], below)
    chosen = {key for key, flag in zip(keys, flags, strict=True) if flag}
    if whole_is_hidden and not chosen:
        chosen = {min((sums[key], key) for key in keys if sums[key])[1]}
    return chosen
