from parcours.assistance.views.answering import answering, assign, close_answered, etape, share, waiting, withdraw
from parcours.assistance.views.asking import ask, close, question, questions
from parcours.assistance.views.files import attachment

__all__ = [
    "answering",
    "ask",
    "assign",
    "attachment",
    "close",
    "close_answered",
    "etape",
    "question",
    "questions",
    "share",
    "waiting",
    "withdraw",
]
