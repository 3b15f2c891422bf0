"""What a learner did about each competence: the étapes, as their rows of progress tell them."""

from collections.abc import Iterable
from dataclasses import dataclass

from parcours.catalogue.models import Competence
from parcours.learning.engine.competences import Level, Work, counting, level, readable
from parcours.learning.models.enrolment import Enrolment
from parcours.learning.models.progress import ActivityProgress


@dataclass(frozen=True)
class Trained:
    """An étape of a course that trains a competence; `row` is None until it is opened."""

    enrolment: Enrolment
    activity: object
    row: ActivityProgress | None = None

    @property
    def attempt(self):
        """The attempt whose answers count."""
        return counting(self.row.attempts, self.activity.rule.get("keep", "best")) if self.row else None

    @property
    def work(self) -> Work:
        attempt = self.attempt
        if attempt is None:
            return Work(opened=self.row is not None)
        return Work(True, attempt["answered"], attempt["right"])


@dataclass(frozen=True)
class Known:
    """A competence by its code, with its name when somebody gave it one."""

    code: str
    label: str
    domain: str
    trained: tuple[Trained, ...]

    @property
    def level(self) -> Level:
        return level(one.work for one in self.trained)


def competences_of(person) -> list[Known]:
    """Every competence of the courses this person follows, in the order of their domains."""
    trained = _trained(person)
    named = {one.code: one for one in Competence.objects.filter(code__in=trained)}
    known = [
        Known(code, named[code].label if code in named else readable(code), _domain(named.get(code)), tuple(found))
        for code, found in trained.items()
    ]
    return sorted(known, key=lambda one: (not one.domain, one.domain, one.label))


def _domain(named) -> str:
    return named.domain if named else ""


def _trained(person) -> dict[str, list[Trained]]:
    enrolments = list(Enrolment.objects.filter(person=person).followed().for_dates())
    rows = {(row.enrolment_id, row.activity_id): row for row in _rows(enrolments)}
    found: dict[str, list[Trained]] = {}
    for enrolment in enrolments:
        for activity in enrolment.edition.outline:
            row = rows.get((enrolment.pk, activity.activity_id))
            for code in activity.competences:
                found.setdefault(code, []).append(Trained(enrolment, activity, row))
    return found


def _rows(enrolments) -> Iterable[ActivityProgress]:
    return ActivityProgress.objects.filter(enrolment__in=enrolments)
