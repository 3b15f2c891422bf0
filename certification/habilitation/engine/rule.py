"""When somebody is habilité: pure, so that a replay of the facts gives the same result.

Aidants Connect: habilitated when the training is done and the test Pix sent, in any order, whatever the score; between
peers the date of the test stands for that of the training. Eligibility comes first; a refusal or a cancellation blocks.
An account that Aidants Connect created is its own decision: it is transcribed, not computed again.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    INVITED = "invited"
    REGISTERED = "registered"
    UNDERWAY = "underway"
    ATTENDED = "attended"
    PIX_SENT = "pix_sent"
    HABILITATED = "habilitated"
    OPERATIONAL = "operational"
    LEFT = "left"
    CANCELLED = "cancelled"
    REFUSED = "refused"


class Route(StrEnum):
    CLASSIC = "classic"
    PEER = "peer"


class Kind(StrEnum):
    ELIGIBILITY = "eligibility"
    REGISTRATION = "registration"
    START = "start"
    TRAINING = "training"
    PIX = "pix"
    ACCOUNT = "account"
    DEVICE = "device"


@dataclass(frozen=True)
class Counting:
    """A fact that counts."""

    kind: str
    on: datetime.date
    training_organisation: int | None = None


@dataclass(frozen=True)
class Derived:
    """What the facts make of one habilitation, by the columns that nobody writes."""

    step: str
    step_on: datetime.date | None
    eligible_on: datetime.date | None = None
    registered_on: datetime.date | None = None
    started_on: datetime.date | None = None
    trained_on: datetime.date | None = None
    pix_on: datetime.date | None = None
    habilitated_on: datetime.date | None = None
    operational_on: datetime.date | None = None
    training_organisation: int | None = None


def derived(facts: Iterable[Counting], *, route: str, exit_step: str = "", exited_on=None) -> Derived:
    """Where a person is for one structure, from the facts that count: the person's own and those of the structure."""
    facts = list(facts)
    first = {kind: min((one.on for one in facts if one.kind == kind), default=None) for kind in Kind}
    eligible, pix = first[Kind.ELIGIBILITY], first[Kind.PIX]
    trained = first[Kind.TRAINING] or (pix if route == Route.PEER else None)
    whole = _last(eligible, trained, pix)
    opened = _opened(first[Kind.ACCOUNT], [eligible, trained, pix] if trained or pix else [])
    habilitated = opened or (None if _blocks(whole, exit_step, exited_on) else whole)
    operational = _last(habilitated, _since(first[Kind.DEVICE], first[Kind.ACCOUNT], habilitated))
    days = {
        "eligible_on": eligible,
        "registered_on": first[Kind.REGISTRATION],
        "started_on": first[Kind.START],
        "trained_on": trained,
        "pix_on": pix,
        "habilitated_on": habilitated,
        "operational_on": operational,
    }
    step, step_on = (exit_step, exited_on) if exit_step else _furthest(days)
    return Derived(step, step_on, **days, training_organisation=_trainer(facts))


def _furthest(days):
    """The last step reached, and since when."""
    reached = (
        (Step.OPERATIONAL, days["operational_on"]),
        (Step.HABILITATED, days["habilitated_on"]),
        (Step.PIX_SENT, _last(days["trained_on"], days["pix_on"])),
        (Step.ATTENDED, days["trained_on"]),
        (Step.UNDERWAY, days["started_on"]),
        (Step.REGISTERED, days["registered_on"]),
        (Step.INVITED, days["eligible_on"]),
    )
    return next(((step, on) for step, on in reached if on), (Step.INVITED, None))


def _blocks(whole, exit_step, exited_on):
    """A refusal or a cancellation does; a departure does not take back what was reached before it."""
    if exit_step != Step.LEFT:
        return bool(exit_step)
    return whole is None or exited_on is None or whole > exited_on


def _opened(account, conditions):
    """The day of an account: files say that it exists, never since when, so that of its conditions known stands for it.

    A stock taken over today was habilitated when it was trained, and an account seen later moves nobody’s day.
    """
    known = [on for on in conditions if on]
    return min(account, max(known)) if account and known else account


def _since(device, account, habilitated):
    """The day of a device: seen as soon as the account is, it tells no more than the account since when."""
    return habilitated if device and account and device <= account else device


def _last(*dates):
    """The day the last condition was met; None while one is missing."""
    return None if None in dates else max(dates)


def _trainer(facts):
    trainings = [one for one in facts if one.kind == Kind.TRAINING and one.training_organisation]
    return min(trainings, key=lambda one: one.on).training_organisation if trainings else None
