"""How strongly a person must prove who they are. Rooms answer for the roles they know; the highest answer wins."""

import enum
import time
from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator

FRESH_SECONDS = 15 * 60
DEVICE_METHOD = "device"


class Level(enum.IntEnum):
    NONE = 0  # the code received by e-mail is enough
    DEVICE = 1  # a second factor, once per device and month
    ALWAYS = 2  # a second factor at each sign-in


_answers: list[Callable] = []


def register_level(answer: Callable) -> Callable:
    """`answer(person) -> Level`, asked on each page: it costs no query of its own. Usable as a decorator."""
    if answer not in _answers:
        _answers.append(answer)
    return answer


@register_level
def staff_level(person):
    return Level.ALWAYS if person.is_staff or person.is_superuser else Level.NONE


def level_of(person) -> Level:
    return max((answer(person) for answer in _answers), default=Level.NONE)


def factors_of(person):
    return Authenticator.objects.filter(user=person).order_by("pk")


def has_factor(person) -> bool:
    return factors_of(person).exists()


def proven(request, person) -> Level:
    """What this sign-in has proven so far, kept in the session by allauth."""
    methods = {record.get("method") for record in get_authentication_records(request, person)}
    if "mfa" in methods:
        return Level.ALWAYS
    return Level.DEVICE if DEVICE_METHOD in methods else Level.NONE


def is_enough(request) -> bool:
    required = level_of(request.user)
    return required == Level.NONE or proven(request, request.user) >= required


def record_trusted_device(request, person) -> None:
    record_authentication(request, person, method=DEVICE_METHOD)


def record_new_factor(request, person, factor) -> None:
    record_authentication(request, person, method="mfa", id=factor.pk, type=factor.type)


def record_code(request, person) -> None:
    record_authentication(request, person, method="code", reauthenticated=True)


def is_fresh(request) -> bool:
    """Whether the person proved who they are a few minutes ago, which acts on the account itself ask for.

    Who has a second factor proves it: the code received by e-mail is not enough to change it.
    """
    methods = {"mfa"} if has_factor(request.user) else {"mfa", "password", "code"}
    records = [r for r in get_authentication_records(request, request.user) if r["method"] in methods]
    return bool(records) and time.time() - records[-1]["at"] < FRESH_SECONDS
