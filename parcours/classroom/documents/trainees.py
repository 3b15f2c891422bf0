"""The people of a session as its trainer sees them: what they said, what is to be arranged, what is missing."""

from collections import Counter
from dataclasses import dataclass, field

from lms.accounts.permissions import is_generic_mailbox
from lms.kernel.formats import NBSP
from parcours.adaptations.documents import measures_of
from parcours.adaptations.models import Occasion
from parcours.classroom.documents.addresses import address_around
from parcours.classroom.lifecycle import SEATED, Audience, RegistrationState, SessionState
from parcours.classroom.models import Registration, Survey
from parcours.classroom.models.questions import ONE, questions_for


@dataclass(frozen=True)
class Trainee:
    """`answers`: pairs of question and answer, their own; `measures`: what to arrange, never why."""

    registration: Registration
    name: str
    state: str
    levels: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    measures: list = field(default_factory=list)
    missing: list = field(default_factory=list)


def trainees_of(session, registrations) -> list[Trainee]:
    """What is shown of those who hold a seat, loaded with `for_trainer`; in a bounded number of queries."""
    registrations = list(registrations)
    day = session.starts_at.astimezone(session.tzinfo).date() if session.starts_at else None
    people = [one.person_id for one in registrations]
    measures = measures_of(people, occasion=Occasion.SESSIONS, on=day) if people else {}
    questions = questions_for(Audience.LEARNER)
    return [_trainee(one, session, questions, measures.get(one.person_id, [])) for one in registrations]


def _trainee(registration, session, questions, measures) -> Trainee:
    survey = getattr(registration, "survey", None)
    given = survey.answers if survey else {}
    pairs = [(one["label"], _written(given[one["code"]])) for one in questions if one["code"] in given]
    asked = [one for one in questions if one.get("level") and one["code"] in given]
    levels = [f"{one['level']}{NBSP}: {given[one['code']].lower()}" for one in asked]
    name, state = registration.person.full_name, RegistrationState(registration.state).label
    return Trainee(registration, name, state, levels, pairs, measures, _missing(registration, session, survey))


def _missing(registration, session, survey) -> list[str]:
    """What is still to be done before the first day."""
    if registration.state != RegistrationState.REGISTERED:
        return []
    found = []
    if survey is None or survey.answered_at is None:
        found.append("Recueil des besoins")
    progress = getattr(registration.enrolment, "progress", None)
    if progress and progress.minutes_done == 0 and session.edition.outline:
        found.append("Partie en ligne pas commencée")
    if session.is_habilitation and is_generic_mailbox(registration.person.pix_email or _email(registration)):
        found.append("Adresse à son nom pour Pix et Aidants Connect")
    return found


def changes_of(session) -> tuple[tuple[str, str, str], ...]:
    """What may be done of a seat: in a word, with what its address begins and ends with."""
    if session.state != SessionState.PUBLISHED:
        return ()
    found = {"Déplacer": "classroom:move", "Remplacer": "classroom:replace", "Retirer": "classroom:leave"}
    if session.has_begun:
        del found["Remplacer"]
    return tuple((label, *address_around(name)) for label, name in found.items())


def waiting_of(session) -> list[tuple[str, Registration]]:
    """The queue in its order, each with a rank in words."""
    queue = session.registrations.queued().for_names()
    return [(f"{rank}{'re' if rank == 1 else 'e'} en attente", one) for rank, one in enumerate(queue, start=1)]


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
    found = session.surveys.exclude(audience=Audience.LEARNER).for_answers()
    return [Asked(one, _pairs(one)) for one in found]


def _pairs(survey):
    questions = questions_for(survey.audience)
    return [(one["label"], _written(survey.answers[one["code"]])) for one in questions if one["code"] in survey.answers]


def summary_of(session) -> list[tuple[str, str]]:
    """Each question with its choices counted: who said what is in each line, not here."""
    answered = session.surveys.filter(registration__state__in=SEATED).exclude(answers={}).order_by()
    given = list(answered.values_list("answers", flat=True))
    counted = []
    for question in (one for one in questions_for(Audience.LEARNER) if one["kind"] == ONE):
        counts = Counter(answers[question["code"]] for answers in given if question["code"] in answers)
        if counts:
            told = (f"{choice}{NBSP}: {counts[choice]}" for choice in question["choices"] if counts[choice])
            counted.append((question["label"], f"{NBSP}; ".join(told)))
    return counted
