"""What a parcours publishes of itself: counted from facts, with period, sample, and the words that define it."""

import datetime
from dataclasses import asdict, dataclass

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q

from lms.kernel.definitions import define
from lms.kernel.formats import date_short, percent
from lms.kernel.rules import current
from lms.organisations.queries import today
from parcours.classroom.models import Registration
from parcours.learning.models import Enrolment
from parcours.quality.lifecycle import SATISFIED, Audience, Moment
from parcours.quality.models import Abandonment, Appreciation, ParcoursResult, Question, SurveyRequest

REMEMBERED_SECONDS = 600
THRESHOLD = define(
    "quality.results_threshold", "nombre de personnes en dessous duquel rien n’est publié", "integer", default=5
)
MONTHS = define("quality.results_months", "mois sur lesquels portent les résultats publiés", "integer", default=12)


@dataclass(frozen=True)
class Figure:
    """A count, or a part of a whole; `definition` says in words what is counted."""

    code: str
    label: str
    definition: str
    part: int
    whole: int | None = None

    @property
    def sample(self):
        return self.part if self.whole is None else self.whole

    @property
    def text(self):
        """« 92 % (46 sur 50) », or the number alone."""
        return str(self.part) if self.whole is None else percent(self.part, self.whole)


@dataclass(frozen=True)
class Published:
    since: datetime.date
    until: datetime.date
    figures: tuple[Figure, ...]

    @property
    def period(self):
        return f"du {date_short(self.since)} au {date_short(self.until)}"


def period_ending(day) -> tuple[datetime.date, datetime.date]:
    """So many whole months back from the day before: « 22/11/2025 to 21/11/2026 »."""
    until = day - datetime.timedelta(days=1)
    months = day.year * 12 + day.month - 1 - current(MONTHS.code, day)
    year, month = divmod(months, 12)
    last = (datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1) - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last)), until


def figures_of(parcours_id, since, until) -> list[Figure]:
    """Everything that is counted, whatever its sample."""
    enrolled = _enrolled(parcours_id, since, until)
    gone = Abandonment.objects.standing().filter(parcours=parcours_id)
    stopped = enrolled.filter(Q(state=Enrolment.State.WITHDRAWN) | Q(person__in=gone.values("person")))
    people, finished, left = (
        enrolled.count(),
        enrolled.completed().count(),
        stopped.exclude(state=Enrolment.State.COMPLETED).count(),
    )
    asked = SurveyRequest.objects.filter(
        session__parcours=parcours_id,
        audience=Audience.TRAINEE,
        moment=Moment.HOT,
        asked_at__date__range=(since, until),
    )
    answered = asked.filter(answered_at__isnull=False).count()
    satisfied, judged = _satisfaction(parcours_id, since, until)
    return [
        Figure(
            "enrolled",
            "Personnes inscrites",
            "Personnes d’une session commencée dans la période, ou qui ont commencé seules en ligne dans la période.",
            people,
        ),
        Figure(
            "finished",
            "Sont allées au bout",
            "Parmi elles, celles qui ont tout terminé : étapes en ligne et demi-journées.",
            finished,
            people,
        ),
        Figure("left", "Ont arrêté", "Parmi elles, celles dont l’arrêt est enregistré.", left, people),
        Figure(
            "satisfied",
            "Sont satisfaites",
            "Parmi celles qui ont répondu en fin de session, celles qui ont répondu « Tout à fait » ou « Plutôt oui » "
            "à la question d’ensemble.",
            satisfied,
            judged,
        ),
        Figure(
            "answered",
            "Ont donné leur avis",
            "Parmi celles à qui un avis a été demandé en fin de session, celles qui ont répondu.",
            answered,
            asked.count(),
        ),
    ]


def _enrolled(parcours_id, since, until):
    """By the first day of their session; by the day they enrolled when they follow no session."""
    begun = Registration.objects.filter(
        enrolment=OuterRef("pk"),
        state=Registration.State.REGISTERED,
        session__starts_at__date__range=(since, until),
    )
    alone = Q(registrations=None, enrolled_at__date__range=(since, until))
    return Enrolment.objects.filter(Q(Exists(begun)) | alone, parcours=parcours_id)


def _satisfaction(parcours_id, since, until) -> tuple[int, int]:
    codes = dict(Question.objects.filter(overall=True).values_list("questionnaire", "code"))
    found = Appreciation.objects.filter(
        session__parcours=parcours_id,
        audience=Audience.TRAINEE,
        moment=Moment.HOT,
        answered_on__range=(since, until),
        questionnaire__in=codes,
    )
    given = [answers.get(codes[pk]) for pk, answers in found.values_list("questionnaire", "answers")]
    known = [value for value in given if value is not None]
    return sum(value in SATISFIED for value in known), len(known)


def stored(figures) -> list[dict]:
    """Only what the threshold of the day lets be published."""
    least = current(THRESHOLD.code)
    return [asdict(one) for one in figures if one.sample >= least]


def published_of(parcours_id) -> Published | None:
    """The same for everybody, so asked once in ten minutes."""
    return cache.get_or_set(_key(parcours_id), lambda: _published(parcours_id), REMEMBERED_SECONDS) or None


def forget_published(parcours_id) -> None:
    cache.delete(_key(parcours_id))


def _key(parcours_id):
    return f"quality.results:{parcours_id}"


def _published(parcours_id):
    found = ParcoursResult.objects.filter(parcours=parcours_id).first()
    if found is None:
        return ""
    return Published(found.since, found.until, tuple(Figure(**one) for one in found.figures))


def compute(parcours_id, day=None) -> dict:
    """What the nightly job keeps."""
    since, until = period_ending(day or today())
    return {"since": since, "until": until, "figures": stored(figures_of(parcours_id, since, until))}
