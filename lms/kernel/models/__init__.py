from .counter import Counter
from .job import Job, JobState, Tick
from .journal import JournalEntry, JournalHead, JournalPersonal, WrittenOnce
from .mail import MailState, OutgoingMail
from .rule import Rule

__all__ = [
    "Counter",
    "Job",
    "JobState",
    "JournalEntry",
    "JournalHead",
    "JournalPersonal",
    "MailState",
    "OutgoingMail",
    "Rule",
    "Tick",
    "WrittenOnce",
]
