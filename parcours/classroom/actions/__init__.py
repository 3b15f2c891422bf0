from parcours.classroom.actions.deroules import (
    adapt,
    add_sequence,
    change_notes,
    change_sequence,
    move_sequence,
    remove_sequence,
    restore,
)
from parcours.classroom.actions.half_days import reschedule, set_half_days, slots_of
from parcours.classroom.actions.rooms import archive_room, restore_room, save_room
from parcours.classroom.actions.sessions import (
    cancel,
    choose_parcours,
    close,
    create_session,
    discard,
    duplicate,
    publish,
    settle,
)

__all__ = [
    "adapt",
    "add_sequence",
    "archive_room",
    "cancel",
    "change_notes",
    "change_sequence",
    "choose_parcours",
    "close",
    "create_session",
    "discard",
    "duplicate",
    "move_sequence",
    "publish",
    "remove_sequence",
    "reschedule",
    "restore",
    "restore_room",
    "save_room",
    "set_half_days",
    "settle",
    "slots_of",
]
