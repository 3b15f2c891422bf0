from certification.habilitation.actions.facts import (
    Draft,
    confirm_fact,
    derive,
    record_facts,
    reject_fact,
    withdraw_fact,
)
from certification.habilitation.actions.habilitations import come_back, follow, leave, mirror_status

__all__ = [
    "Draft",
    "come_back",
    "confirm_fact",
    "derive",
    "follow",
    "leave",
    "mirror_status",
    "record_facts",
    "reject_fact",
    "withdraw_fact",
]
