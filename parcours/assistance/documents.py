"""What is said of the help a learner gets: who answers and how soon, what was shared with all, the exchanges."""

import datetime
from dataclasses import dataclass, replace

from django.core.cache import cache
from django.db.models import Exists
from django.utils import timezone
from django.utils.text import Truncator

from lms.kernel.formats import NBSP, date_long, duration, number
from parcours.assistance.models import Message, SharedAnswer, Thread
from parcours.catalogue.documents import responsible_for
from parcours.catalogue.models import ParcoursPage

REMEMBERED_SECONDS = 60
TITLE_WORDS = 24


@dataclass(frozen=True)
class Assistance:
    organisation: str = ""
    name: str = ""
    delay: str = ""
    email: str = ""

    @property
    def promise(self):
        """« Inès Le Goff (Formation Armor) vous répond sous deux jours ouvrés. »"""
        who = f"{self.name} ({self.organisation})" if self.name else f"Une personne de {self.organisation}"
        return f"{who} vous répond {self.delay}".rstrip() + "."


def assistance_of(parcours_id) -> Assistance:
    """The same for everybody, so asked once a minute; empty when no organisation answers for the parcours."""
    return cache.get_or_set(f"assistance.who:{parcours_id}", lambda: _who(parcours_id), REMEMBERED_SECONDS)


def _who(parcours_id):
    organisation = responsible_for(ParcoursPage.objects.select_related("organisation").get(pk=parcours_id))
    if organisation is None:
        return Assistance()
    return Assistance(
        str(organisation), organisation.assistance_contact, organisation.assistance_delay, organisation.email
    )


def has_asked(person, slug=""):
    """For a query to know, without asking apart, that a person may have open questions asked from an étape."""
    return Exists(Thread.objects.asked_by(person).open().filter(activity_slug=slug))


def own_questions(person, parcours_id, slug="") -> int:
    """Those still open that a person asked from this étape or, without one, about the parcours."""
    return Thread.objects.asked_by(person).open().filter(parcours=parcours_id, activity_slug=slug).count()


def waiting_for(person) -> str:
    """« 3 en attente », of the questions a person may answer; nothing when none is."""
    count = Thread.objects.put_to(person).waiting().count()
    return f"{number(count)}{NBSP}en{NBSP}attente" if count else ""


@dataclass(frozen=True)
class Shared:
    question: str
    answer: str

    @property
    def title(self):
        return Truncator(self.question).words(TITLE_WORDS)


def shared_answers(parcours_id) -> dict[str, list[Shared]]:
    """What was shared with all who follow the parcours, by étape; "" is the parcours as a whole."""
    return cache.get_or_set(_shared_key(parcours_id), lambda: _shared(parcours_id), REMEMBERED_SECONDS)


def forget_shared(parcours_id) -> None:
    cache.delete(_shared_key(parcours_id))


def _shared_key(parcours_id):
    return f"assistance.shared:{parcours_id}"


def _shared(parcours_id):
    found: dict[str, list[Shared]] = {}
    for one in SharedAnswer.objects.shown().filter(parcours=parcours_id):
        found.setdefault(one.activity_id, []).append(Shared(one.question, one.answer))
    return found


@dataclass(frozen=True)
class Exchange:
    """A question and the first answer to it, dated: what article D6313-3-1 of the Code du travail wants proven."""

    place: str
    asked_at: datetime.datetime
    due_at: datetime.datetime
    answered_at: datetime.datetime | None = None

    @property
    def delay(self) -> str:
        """« 5 h 20 », « 3 jours », or nothing while there is no answer."""
        if self.answered_at is None:
            return ""
        waited = self.answered_at - self.asked_at
        if waited < datetime.timedelta(days=1):
            return duration(waited.total_seconds() // 60)
        return f"{waited.days}{NBSP}jour{'s' if waited.days > 1 else ''}"


def exchanges_of(person, parcours) -> list[Exchange]:
    """Every question a person put about a parcours and when it was answered, oldest first; never what was written."""
    written = Message.objects.filter(thread__person=person, thread__parcours=parcours).order_by("thread", "pk")
    exchanges, waiting = [], None
    for message in written.select_related("thread__edition").defer("text", "thread__edition__content"):
        if message.due_at:
            waiting = Exchange(message.thread.place, message.at, message.due_at)
            exchanges.append(waiting)
        elif message.is_answer and waiting:
            exchanges[-1] = replace(waiting, answered_at=message.at)
            waiting = None
    return sorted(exchanges, key=lambda one: one.asked_at)


def expected_by(due_at) -> str:
    """« Réponse attendue au plus tard mardi 24 novembre 2026 », on the reader's calendar."""
    return f"Réponse attendue au plus tard {date_long(timezone.localtime(due_at))}"
