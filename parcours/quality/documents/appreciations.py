"""What was thought of sessions, counted: never who, and nothing that lets somebody be recognised."""

from collections import Counter
from dataclasses import dataclass

from lms.kernel.formats import percent
from parcours.quality.lifecycle import SATISFIED, Audience, Moment, Scale
from parcours.quality.models import Appreciation, Question, SurveyRequest

SHOWN_FROM = 3


@dataclass(frozen=True)
class Answered:
    """One question: how many chose each word, or the texts that were written."""

    question: Question
    counts: tuple[tuple[str, int], ...]
    texts: tuple[str, ...] = ()

    @property
    def total(self):
        return sum(count for _, count in self.counts)

    @property
    def satisfied(self) -> str:
        """« 92 % (46 sur 50) »."""
        words = {Scale(value).label for value in SATISFIED}
        return percent(sum(count for word, count in self.counts if word in words), self.total)


@dataclass(frozen=True)
class Opinion:
    """One audience at one moment. `hidden`: too few answers for this reader."""

    audience: str
    moment: str
    asked: int
    answered: int
    questions: tuple[Answered, ...] = ()
    hidden: bool = False

    @property
    def title(self):
        return f"{Audience(self.audience).label.capitalize()}, {Moment(self.moment).label}"

    @property
    def rate(self):
        return percent(self.answered, self.asked)


def opinions_of(sessions, *, small: bool) -> list[Opinion]:
    """Of these sessions, each audience and moment that was asked; `small`: whether few answers may be shown."""
    asked = Counter(SurveyRequest.objects.filter(session__in=sessions).values_list("audience", "moment"))
    given: dict[tuple, list] = {}
    found = Appreciation.objects.filter(session__in=sessions).order_by("pk")
    for audience, moment, questionnaire, answers in found.values_list("audience", "moment", "questionnaire", "answers"):
        given.setdefault((audience, moment), []).append((questionnaire, answers))
    questions = _questions({one for rows in given.values() for one, _ in rows})
    return [
        _opinion(audience, moment, asked[audience, moment], given.get((audience, moment), []), questions, small)
        for moment in Moment.values
        for audience in Audience.values
        if asked[audience, moment]
    ]


def _opinion(audience, moment, asked, rows, questions, small):
    if not small and 0 < len(rows) < SHOWN_FROM:
        return Opinion(audience, moment, asked, len(rows), hidden=True)
    known = dict.fromkeys(questionnaire for questionnaire, _ in rows)
    told = [
        _answered(question, [answers for other, answers in rows if other == questionnaire])
        for questionnaire in known
        for question in questions[questionnaire]
    ]
    return Opinion(audience, moment, asked, len(rows), tuple(told))


def _answered(question, rows):
    values = [answers[question.code] for answers in rows if question.code in answers]
    if question.kind == Question.Kind.TEXT:
        return Answered(question, (), tuple(sorted(values)))
    chosen = Counter(values)
    return Answered(question, tuple((Scale(value).label, chosen[value]) for value in Scale.values))


def _questions(questionnaires) -> dict[int, list[Question]]:
    found: dict[int, list[Question]] = {pk: [] for pk in questionnaires}
    for question in Question.objects.filter(questionnaire__in=questionnaires).order_by("questionnaire", "position"):
        found[question.questionnaire_id].append(question)
    return found
