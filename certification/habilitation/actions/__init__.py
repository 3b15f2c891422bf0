from certification.habilitation.actions.deciding import (
    confirm_fact,
    declare_pix,
    note_training,
    reject_fact,
    take_back_declaration,
    withdraw_fact,
)
from certification.habilitation.actions.employment import catch_up_departures, follow_employment, told_of_departure
from certification.habilitation.actions.facts import Draft, audit, derive, record_facts
from certification.habilitation.actions.forgetting import (
    forget_old_files,
    forget_outlived,
    forget_person,
    lift_refusals,
)
from certification.habilitation.actions.habilitations import (
    come_back,
    follow,
    leave,
    mirror_status,
    note_export,
    transcribe_status,
)
from certification.habilitation.actions.here import catch_up, settle, settle_enrolment, settle_sheet

__all__ = [
    "Draft",
    "audit",
    "catch_up",
    "catch_up_departures",
    "come_back",
    "confirm_fact",
    "declare_pix",
    "derive",
    "follow",
    "follow_employment",
    "forget_old_files",
    "forget_outlived",
    "forget_person",
    "leave",
    "lift_refusals",
    "mirror_status",
    "note_export",
    "note_training",
    "record_facts",
    "reject_fact",
    "settle",
    "settle_enrolment",
    "settle_sheet",
    "take_back_declaration",
    "told_of_departure",
    "transcribe_status",
    "withdraw_fact",
]
