from parcours.assistance.actions.answering import answer, assign, share, withdraw
from parcours.assistance.actions.asking import ask, ask_again, close
from parcours.assistance.actions.files import drop_files, forget_kept_files, keep_files
from parcours.assistance.actions.forgetting import forget_person

__all__ = [
    "answer",
    "ask",
    "ask_again",
    "assign",
    "close",
    "drop_files",
    "forget_kept_files",
    "forget_person",
    "keep_files",
    "share",
    "withdraw",
]
