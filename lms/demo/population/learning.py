"""What the fictional people have followed: their traces are drawn by lot, everything else is folded from them."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lms.accounts.models import Person
from lms.demo.population.draw import identity, lot
from lms.demo.population.institutions import SEED
from lms.demo.population.personas import PERSONAS
from lms.organisations.models import Organisation
from parcours.assessment.engine.marking import right_answer, wrong_answers
from parcours.catalogue.models import Edition
from parcours.learning import actions
from parcours.learning.engine.fold import fold
from parcours.learning.engine.path import walk
from parcours.learning.models import ActivityProgress, Enrolment, Progress, Trace
from parcours.learning.models.facts import facts_by_activity, path_values, row_values, rules_of, steps_of

KINDS = Trace.Kind
MOST_DAYS = 60
STAGES = {None: 35, 0.0: 12, 0.5: 33, 1.0: 17, 0.2: 3}  # share of the étapes done (None: not enrolled): weight
LEFT = 0.2  # those who stopped on the way
MAIN = "aidants-connect-en-ligne"
FOLLOW_ANOTHER = 0.12  # share of the people who also follow a shorter parcours
OF_PERSONAS = {"apprenante-mayotte": 5, "referente": 9}  # étapes done by those who have begun


@dataclass
class Journey:
    """One person's way: the instant moves on as traces are drawn."""

    enrolment: Enrolment
    draw: object
    now: object
    traces: list

    def leave(self, activity, kind, minutes, **values):
        self.now = min(self.now + timedelta(minutes=minutes), timezone.now() - timedelta(minutes=1))
        number = f"{self.draw.getrandbits(64):016x}"
        self.traces.append(
            Trace(
                enrolment=self.enrolment,
                client_id=number,
                kind=kind,
                activity_id=activity.activity_id,
                at=self.now,
                **values,
            )
        )


def populate_learning(*, seed) -> int:
    """Enrol part of the fictional people in the online half-day, and a few in the other open parcours."""
    editions = sorted(Edition.objects.open_to_enrolment(), key=lambda edition: (edition.slug != MAIN, edition.slug))
    return sum(_populate_edition(edition, seed, main=rank == 0) for rank, edition in enumerate(editions))


def _populate_edition(edition, seed, *, main):
    activities = list(edition.activities.order_by("position"))
    followers = Person.objects.filter(memberships__organisation__fictional=True, is_active=True)
    followers = followers.exclude(enrolments__parcours=edition.parcours_id).distinct().order_by("pk")
    people = followers.iterator(chunk_size=500)
    return sum(_follow(person, edition, activities, seed, main) for person in people)


def _follow(person, edition, activities, seed, main) -> bool:
    draw = lot(seed, "learning" if main else f"learning:{edition.slug}", person.public_id)
    done, leaves = _stage(person, draw, len(activities), main)
    employer = Organisation.objects.employers_of(person).structures().order_by("pk").first()
    if done is None or employer is None:
        return False
    begun = timezone.now() - timedelta(days=draw.randint(3, MOST_DAYS), minutes=draw.randint(0, 500))
    with transaction.atomic():
        enrolment = actions.enrol(person, edition, employer=employer, by=person)
        Enrolment.objects.filter(pk=enrolment.pk).update(enrolled_at=begun)
        journey = Journey(enrolment, draw, begun, [])
        for activity in activities[:done]:
            _study(journey, activity)
        if 0 < done < len(activities) and draw.random() < 0.5:
            journey.leave(activities[done], KINDS.OPENED, draw.randint(60, 3000))
        _fold(enrolment, edition, journey.traces)
        if leaves:
            actions.withdraw(enrolment, by=person)
        elif done == len(activities):
            actions.complete(enrolment)
    return True


def _stage(person, draw, total, main):
    """How many étapes the person has done (None: not enrolled), and whether they stopped."""
    if not main and draw.random() > FOLLOW_ANOTHER:
        return None, False
    for code, done in OF_PERSONAS.items() if main else ():
        if person.public_id == identity(SEED, "persona", code):
            return done, False
    if any(person.public_id == persona.public_id for persona in PERSONAS):
        return None, False
    part = draw.choices(list(STAGES), STAGES.values())[0]
    if part in (None, 0.0, 1.0):
        return part if part is None else int(part * total), False
    return draw.randint(1, max(1, int(part * 2 * total) - 1)), part == LEFT


def _study(journey, activity):
    draw = journey.draw
    journey.leave(activity, KINDS.OPENED, draw.choice((3, 5, 20, 60 * 18, 60 * 24, 60 * 47)))
    if not activity.questions:
        journey.leave(activity, KINDS.READ, activity.minutes)
        return
    sure = draw.uniform(0.6, 0.95)
    for attempt in range(1, 9):
        right = [_answer(journey, activity, question, attempt, draw.random() < sure) for question in activity.questions]
        if activity.rule["kind"] != "score" or sum(right) * 100 >= activity.rule["threshold"] * len(right):
            return
        journey.leave(activity, KINDS.RESTARTED, draw.randint(2, 900), attempt=attempt + 1)
        sure = min(1.0, sure + 0.15)


def _answer(journey, activity, question, attempt, right):
    given = right_answer(question) if right else journey.draw.choice(wrong_answers(question))
    pace = max(1, activity.minutes // len(activity.questions))
    journey.leave(
        activity, KINDS.ANSWERED, pace, question_id=question["id"], attempt=attempt, given=given, correct=right
    )
    return right


def _fold(enrolment, edition, traces):
    Trace.objects.bulk_create(traces)
    rules, facts = rules_of(edition), facts_by_activity(traces)
    rows = [
        ActivityProgress(enrolment=enrolment, activity_id=activity_id, **row_values(fold(rules[activity_id], found)))
        for activity_id, found in facts.items()
    ]
    ActivityProgress.objects.bulk_create(rows)
    path = walk(steps_of(edition, {row.activity_id: row for row in rows}))
    Progress.objects.filter(enrolment=enrolment).update(**path_values(path))
