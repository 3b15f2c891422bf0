"""How the person who signs had proved who they are: kept with the signature."""

from lms.accounts.second_factor import Level, proven


def factor_of(request) -> str:
    return {Level.ALWAYS: "mfa", Level.DEVICE: "device"}.get(proven(request, request.user), "code")
