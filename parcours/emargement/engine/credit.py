"""The minutes that somebody is credited with for a half-day. Pure."""

QUARTER = 15


def credited(planned: int, missing: int, tolerance: int) -> int:
    """Minutes of a half-day of `planned` minutes of which `missing` were missed, late or early.

    What is missed up to `tolerance` costs nothing; beyond it, the rest is taken off and what is left is rounded down
    to the quarter of an hour.
    """
    beyond = missing - tolerance
    if beyond <= 0:
        return planned
    return max(0, (planned - beyond) // QUARTER * QUARTER)
