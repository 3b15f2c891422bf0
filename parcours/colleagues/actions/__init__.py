from parcours.colleagues.actions.confirming import (
    confirm_list,
    enrol_line,
    enrol_lines,
    finish_list,
    open_edition,
    refuse_waiting,
    start_list,
)
from parcours.colleagues.actions.drafts import (
    check_again,
    correct_lines,
    discard_list,
    draft_list,
    exclude_faulty,
    suggestion_of,
    swap_names,
)
from parcours.colleagues.actions.exporting import note_export, order_export
from parcours.colleagues.actions.forgetting import forget_lines, forget_person
from parcours.colleagues.actions.invitations import (
    accept_invitation,
    decline_invitation,
    expire_invitation,
    invite,
)
from parcours.colleagues.actions.reminding import remind, reminder_refusal

__all__ = [
    "accept_invitation",
    "check_again",
    "confirm_list",
    "correct_lines",
    "decline_invitation",
    "discard_list",
    "draft_list",
    "enrol_line",
    "enrol_lines",
    "exclude_faulty",
    "expire_invitation",
    "finish_list",
    "forget_lines",
    "forget_person",
    "invite",
    "note_export",
    "open_edition",
    "order_export",
    "refuse_waiting",
    "remind",
    "reminder_refusal",
    "start_list",
    "suggestion_of",
    "swap_names",
]
