"""What the screen of a room shows changes each half-minute, and stands for a minute and a half. Pure."""

from datetime import datetime

EVERY = 30
STANDS = 90
"""Seconds."""


def turn_of(at: datetime) -> int:
    return int(at.timestamp()) // EVERY


def turns_that_stand(at: datetime) -> range:
    last = turn_of(at)
    return range(last - STANDS // EVERY + 1, last + 1)
