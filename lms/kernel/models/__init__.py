from .counter import Counter
from .grant import Grant
from .job import Job, JobState, Tick
from .journal import JournalEntry, JournalHead, JournalPersonal, WrittenOnce
from .mail import MailState, OutgoingMail
from .paper import AlteredFile, Paper, PaperState, RevocationReason
from .prepared import PreparedFile, PreparedFileQuerySet
from .rule import Rule

__all__ = [
    "AlteredFile",
    "Counter",
    "Grant",
    "Job",
    "JobState",
    "JournalEntry",
    "JournalHead",
    "JournalPersonal",
    "MailState",
    "OutgoingMail",
    "Paper",
    "PaperState",
    "PreparedFile",
    "PreparedFileQuerySet",
    "RevocationReason",
    "Rule",
    "Tick",
    "WrittenOnce",
]
