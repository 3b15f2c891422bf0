"""A conversation and its state, as both sides read them."""

from dataclasses import dataclass

from django.utils import timezone

from lms.kernel.formats import date_long, date_short


@dataclass(frozen=True)
class Line:
    message: object
    who: str
    mine: bool


@dataclass(frozen=True)
class Row:
    """A question as trainers see it in their list: late ones are named in words."""

    thread: object

    @property
    def late(self):
        return self.thread.is_late()

    @property
    def state(self):
        return "en retard" if self.late else self.thread.get_state_display()

    @property
    def kind(self):
        return "warning" if self.late else ""

    @property
    def detail(self):
        thread = self.thread
        if self.late:
            return f"annoncée pour {_day(thread.due_at)}"
        if thread.is_waiting:
            return f"au plus tard {_day(thread.due_at)}"
        return f"le {date_short(timezone.localtime(thread.closed_at or thread.answered_at))}"

    @property
    def sentence(self):
        """The same on the page of the question."""
        if self.late:
            return f"Réponse annoncée pour {_day(self.thread.due_at)} : elle est en retard."
        return f"Réponse annoncée au plus tard {_day(self.thread.due_at)}." if self.thread.is_waiting else ""


def conversation(thread, reader) -> list[Line]:
    return [_line(message, thread, reader) for message in thread.messages.all()]


def _line(message, thread, reader):
    mine = message.author_id == reader.pk
    name = message.author.full_name
    who = "Vous" if mine else f"{name}, {thread.organisation}" if message.is_answer else name
    return Line(message, who, mine)


def _day(moment):
    return date_long(timezone.localtime(moment))
