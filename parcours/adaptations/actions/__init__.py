from parcours.adaptations.actions.answering import decline, grant
from parcours.adaptations.actions.asking import ask, withdraw
from parcours.adaptations.actions.keeping import (
    ask_to_keep,
    forget_old,
    forget_person,
    keep,
    note_use,
    note_uses,
)

__all__ = [
    "ask",
    "ask_to_keep",
    "decline",
    "forget_old",
    "forget_person",
    "grant",
    "keep",
    "note_use",
    "note_uses",
    "withdraw",
]
