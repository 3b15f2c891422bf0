"""What Mon espace says of each course, and the few lines that are worth a line."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from lms.accounts.permissions import is_generic_mailbox
from lms.kernel.formats import NBSP, date_long, duration, instant
from lms.kernel.models import Paper
from parcours.assistance.models import Thread
from parcours.catalogue.documents import reminder_of
from parcours.learning.engine.waiting import waiting_for
from parcours.learning.engine.wording import left_in_words
from parcours.learning.views.outline import lines, next_line

MOST_LINES = 3
ANSWER_SHOWN = timedelta(days=14)


@dataclass(frozen=True)
class Card:
    """One course: what is done of it, what is left of it, the paper it gave."""

    enrolment: object
    paper: Paper | None = None

    @property
    def edition(self):
        return self.enrolment.edition

    @property
    def progress(self):
        return self.enrolment.progress

    @property
    def completed(self):
        return self.enrolment.state == self.enrolment.State.COMPLETED

    @property
    def hours(self):
        return hours(self.progress)

    @property
    def left(self):
        return left(self.progress)

    @property
    def pieces(self):
        """« 14 étapes et 2 demi-journées »."""
        return left_in_words(self.progress.online_total, self.progress.live_total)

    @property
    def detail(self):
        """For whom and, once finished, how long."""
        return f"{self.hours} · {self.enrolment.employer}"

    @property
    def state(self):
        return self.enrolment.get_state_display()

    @property
    def reminder(self):
        """What the course is not enough for."""
        return reminder_of(self.edition)


def hours(progress) -> str:
    total = duration(progress.minutes_total)
    if not progress.minutes_done:
        return f"{total} à suivre"
    if progress.percent == 100:
        return f"{duration(progress.minutes_done)} suivies"
    agreed = "faite" if progress.minutes_done in (1, 60) else "faites"
    return f"{duration(progress.minutes_done)} {agreed} sur {total}"


def left(progress) -> str:
    return f"Encore {left_in_words(progress.online_left, progress.live_left)} ({duration(progress.minutes_left)})"


def cards_of(person, enrolments) -> list[Card]:
    """Going on first, the one touched last before the others; then what is finished."""
    papers = {paper.key: paper for paper in Paper.objects.held_by(person).for_list()}
    cards = [Card(one, papers.get(one.attestation_key)) for one in enrolments]
    cards.sort(key=lambda card: card.progress.last_at or card.enrolment.enrolled_at, reverse=True)
    return sorted(cards, key=lambda card: card.completed)


def lines_of(person, cards) -> list[dict]:
    """At most three lines beside the next step: what waits for an answer, an address to give, papers, other courses."""
    going_on = [card for card in cards if not card.completed]
    found = [
        *waiting_for(person),
        *_address(person, cards),
        *_answers(person),
        *(_paper(card) for card in cards if card.paper),
        *(_other(card) for card in going_on[1:]),
    ]
    return found[:MOST_LINES]


def _address(person, cards):
    if person.pix_email or not any(card.edition.is_habilitation for card in cards):
        return []
    if not is_generic_mailbox(person.email or ""):
        return []
    return [
        {
            "badge": "Adresse",
            "badge_kind": "warning",
            "label": "Donnez une adresse à votre nom pour Pix et Aidants Connect",
            "url": reverse("accounts:pix_address"),
            "detail": f"{person.email} est partagée : elle ne peut pas servir pour l’habilitation",
        }
    ]


def _answers(person):
    """Questions answered lately, that nobody has closed nor gone on with."""
    answered = Thread.objects.asked_by(person).filter(
        state=Thread.State.ANSWERED, answered_at__gt=timezone.now() - ANSWER_SHOWN
    )
    answered = answered.select_related("edition").only("public_id", "activity_title", "answered_at", "edition__title")
    return [
        {
            "badge": "Réponse",
            "badge_kind": "warning",
            "label": f"Votre question sur «{NBSP}{thread.place}{NBSP}» a une réponse",
            "url": thread.get_absolute_url(),
            "detail": instant(thread.answered_at),
        }
        for thread in answered.order_by("-answered_at")[:MOST_LINES]
    ]


def _paper(card):
    return {
        "badge": "Papier",
        "badge_kind": "success",
        "label": f"Attestation «{NBSP}{card.edition.title}{NBSP}»",
        "url": reverse("learning:paper", args=[card.paper.number]),
        "detail": f"{hours(card.progress)}, délivrée le {date_long(card.paper.issued_on)}",
    }


def _other(card):
    line = next_line(lines(card.enrolment, {}), card.progress)
    if line is None:
        return _other_live(card)
    return {
        "badge": "Parcours",
        "badge_kind": "info",
        "label": line.activity.title,
        "url": line.url,
        "detail": f"{line.minutes}, étape {line.number} de «{NBSP}{card.edition.title}{NBSP}»",
    }


def _other_live(card):
    return {
        "badge": "Parcours",
        "badge_kind": "info",
        "label": f"Demi-journées de «{NBSP}{card.edition.title}{NBSP}»",
        "url": card.enrolment.get_absolute_url(),
        "detail": f"{left(card.progress)}, en direct",
    }
