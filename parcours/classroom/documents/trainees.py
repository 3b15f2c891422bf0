"""The people of a session as its trainer sees them: what they said, what is to be arranged, what is missing."""

from collections import Counter
from dataclasses import dataclass, field

from lms.accounts.permissions import is_generic_mailbox
from lms.kernel.formats import NBSP
from parcours.adaptations.documents import measures_of
from parcours.adaptations.models import Occasion
from parcours.classroom.lifecycle import SEATED, Audience
from parcours.classroom.models import Registration, Survey
from parcours.classroom.models.questions import ONE, questions_for


@dataclass(frozen=True)
class Trainee:
    """`answers`: pairs of question and answer, their own; `measures`: what to arrange, never why."""

    registration: Registration
    rank: int
    levels: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    measures: list = field(default_factory=list)
    missing: list = field(default_factory=list)

    @property
    def is_seated(self):
        return self.registration.state in SEATED

    @property
    def open_to_change(self):
        return self.registration.state in SEATED

    @property
    def state(self):
        waits = self.registration.state == Registration.State.WAITING
        return f"{self.rank}e en attente".replace("1e ", "1re ") if waits else self.registration.get_state_display()


def trainees_of(session) -> list[Trainee]:
    """Those who hold a seat by name, then those who wait in their order; a bounded number of queries."""
    found = list(session.registrations.active().for_trainer())
    people = [one.person for one in found]
    day = session.starts_at.astimezone(session.tzinfo).date() if session.starts_at else None
    measures = measures_of(people, occasion=Occasion.SESSIONS, on=day)
    questions = questions_for(Audience.LEARNER)
    seated = sorted(
        (one for one in found if one.state in SEATED), key=lambda one: (one.person.last_name, one.person.first_name)
    )
    waiting = [one for one in found if one.state not in SEATED]
    ranked = [(one, 0) for one in seated] + [(one, rank) for rank, one in enumerate(waiting, start=1)]
    return [_trainee(one, rank, session, questions, measures.get(one.person_id, [])) for one, rank in ranked]


def _trainee(registration, rank, session, questions, measures) -> Trainee:
    survey = getattr(registration, "survey", None)
    given = survey.answers if survey else {}
    pairs = [(one["label"], _written(given[one["code"]])) for one in questions if one["code"] in given]
    asked = [one for one in questions if one.get("level") and one["code"] in given]
    levels = [f"{one['level']}{NBSP}: {given[one['code']].lower()}" for one in asked]
    return Trainee(registration, rank, levels, pairs, measures, _missing(registration, session, survey))


def _missing(registration, session, survey) -> list[str]:
    """What is still to be done before the first day."""
    if registration.state != Registration.State.REGISTERED:
        return []
    found = []
    if survey is None or survey.answered_at is None:
        found.append("recueil des besoins")
    progress = getattr(registration.enrolment, "progress", None)
    if progress and progress.minutes_done == 0 and session.edition.outline:
        found.append("partie en ligne pas commencée")
    if session.parcours.is_habilitation and is_generic_mailbox(registration.person.pix_email or _email(registration)):
        found.append("adresse à son nom pour Pix et Aidants Connect")
    return found


def _email(registration):
    return registration.person.email or ""


def _written(answer) -> str:
    return ", ".join(answer) if isinstance(answer, list) else str(answer)


@dataclass(frozen=True)
class Asked:
    """What an employer or a payer answered for those they send."""

    survey: Survey
    answers: list

    @property
    def who(self):
        return f"{self.survey.employer}, {self.survey.get_audience_display()}"


def asked_of(session) -> list[Asked]:
    found = session.surveys.exclude(audience=Audience.LEARNER).select_related("employer")
    return [Asked(one, _pairs(one)) for one in found]


def _pairs(survey):
    questions = questions_for(survey.audience)
    return [(one["label"], _written(survey.answers[one["code"]])) for one in questions if one["code"] in survey.answers]


def summary_of(trainees) -> list[tuple[str, str]]:
    """Each question with its choices counted: who said what is in each line, not here."""
    questions = [one for one in questions_for(Audience.LEARNER) if one["kind"] == ONE]
    counted = []
    for question in questions:
        counts = Counter(answer for one in trainees for label, answer in one.answers if label == question["label"])
        if counts:
            told = (f"{choice}{NBSP}: {counts[choice]}" for choice in question["choices"] if counts[choice])
            counted.append((question["label"], f"{NBSP}; ".join(told)))
    return counted
