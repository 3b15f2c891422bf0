"""Who registered in the fictional sessions, who waits, what they said before: rows as the actions leave them."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from lms.accounts.models import Person
from lms.demo.population.draw import identity, lot
from lms.demo.population.institutions import SEED, institution
from lms.demo.population.personas import PERSONAS, home
from lms.organisations.models import Departement, Organisation
from parcours.classroom.engine.funding import Answers
from parcours.classroom.lifecycle import Audience, RegistrationState, SessionState
from parcours.classroom.models import Registration, Session, SignalledNeed, Survey
from parcours.classroom.models.questions import ONE, questions_for, version_of
from parcours.classroom.models.roads import road_of
from parcours.learning.actions import enrol_by_session

FILLED = (0.45, 0.7, 0.85, 1.0, 1.2)  # share of the seats that people ask for, in turn: beyond one, some wait
LEFT_ONE_IN, ANSWERED = 12, 0.7
NEEDS = (("50", 4), ("22", 2), ("56", 7), ("973", 3), ("972", 5), ("48", 1), ("09", 2), ("2A", 3))
WORDS = (
    "J’accueille des personnes qui n’osent pas commencer seules.",
    "Des démarches de logement et de retraite, surtout.",
    "Je remplace souvent les gens au clavier, je voudrais faire autrement.",
    "Les demandes en ligne de la CAF et de la préfecture.",
)
REASON = "Absence ce jour-là"
LEARNER = "apprenante"


@transaction.atomic
def populate_registrations(*, seed) -> int:
    """The sessions of the demonstration organisme, filled unevenly; none when somebody is registered already."""
    organisation = institution("training")
    sessions = Session.objects.filter(organisation=organisation).exclude(state=SessionState.DRAFT)
    if not sessions or Registration.objects.filter(session__in=sessions).exists():
        return 0
    people, found = _people(), 0
    coming = sessions.filter(state=SessionState.PUBLISHED, starts_at__gt=timezone.now()).order_by("starts_at").first()
    for rank, session in enumerate(sessions.order_by("starts_at")):
        start = 0 if session == coming else 12 + rank * 5
        found += _fill(session, rank, people[start % len(people) :] + people, seed)
    return found + _signal(sessions)


def _people() -> list[tuple[Person, Organisation]]:
    """Fictional people with a structure: a persona, then the colleagues of the demonstration référente, then others."""
    first = home("valdexemple").pk
    known = Person.objects.filter(memberships__organisation__fictional=True, is_active=True).exclude(last_name="")
    learner = identity(SEED, "persona", LEARNER)
    personas = {identity(SEED, "persona", one.code) for one in PERSONAS} - {learner}
    known = known.exclude(public_id__in=personas).distinct().order_by("pk")
    pairs = [(one, Organisation.objects.employers_of(one).structures().order_by("pk").first()) for one in known]
    kept = [pair for pair in pairs if pair[1]]
    return sorted(kept, key=lambda pair: (pair[0].public_id != learner, pair[1].pk != first))


def _fill(session, rank, people, seed) -> int:
    draw = lot(seed, "registrations", session.public_id)
    chosen = list(dict.fromkeys(people))[: round(session.capacity * FILLED[rank % len(FILLED)])]
    wanted = len(chosen)
    begun = session.starts_at - timedelta(days=50)
    cancelled = session.state == SessionState.CANCELLED
    for step, (person, employer) in enumerate(chosen):
        state = RegistrationState.REGISTERED if step < session.capacity else RegistrationState.WAITING
        at = min(begun + timedelta(hours=7 * step), timezone.now() - timedelta(hours=wanted - step))
        left = wanted < session.capacity and draw.randrange(LEFT_ONE_IN) == 0 and not cancelled
        state = RegistrationState.WITHDRAWN if left else RegistrationState.CANCELLED if cancelled else state
        _register(session, person, employer, state, at, draw)
    session.seats_taken = session.registrations.seated().count()
    session.save(update_fields=["seats_taken"])
    return wanted


def _register(session, person, employer, state, at, draw):
    answers = Answers("public" if employer.is_public_body or not employer.legal_category else "private")
    left = state == RegistrationState.WITHDRAWN
    registration = Registration.objects.create(
        session=session,
        person=person,
        employer=employer,
        registered_by=_registrar(employer, person),
        registered_at=at,
        state=state,
        left_at=at + timedelta(days=3) if left or state == RegistrationState.CANCELLED else None,
        left_reason=REASON if left else "",
        is_conseiller=session.for_conseillers,
        funding_road=road_of(answers).code,
        funding_answers=answers.stored(),
    )
    if registration.state == RegistrationState.REGISTERED:
        registration.enrolment = enrol_by_session(person, session.edition, employer=employer, by=person)
        registration.save(update_fields=["enrolment"])
        _survey(registration, at, draw)


def _registrar(employer, person) -> Person:
    referent = employer.memberships.filter(role="structure_referent").select_related("person").first()
    return referent.person if referent else person


def _survey(registration, at, draw):
    answered = draw.random() < ANSWERED
    Survey.objects.create(
        session=registration.session,
        audience=Audience.LEARNER,
        employer=registration.employer,
        registration=registration,
        person=registration.person,
        email=registration.person.email or "",
        version=version_of(),
        sent_at=at,
        answered_at=at + timedelta(days=2) if answered else None,
        answers=_answers(draw) if answered else {},
    )


def _answers(draw) -> dict:
    given = {}
    for question in questions_for(Audience.LEARNER):
        if question["kind"] == ONE:
            given[question["code"]] = draw.choice(question["choices"])
        elif not question.get("optional"):
            given[question["code"]] = draw.choice(WORDS)
    return given


def _signal(sessions) -> int:
    parcours = sessions.first().parcours
    for rank, (code, people) in enumerate(NEEDS):
        SignalledNeed.objects.get_or_create(
            email=f"accueil{rank}@mairie-exemple.example",
            parcours=parcours,
            departement=Departement.objects.get(code=code),
            defaults={"people": people, "structure": "Mairie d’Exemple-sur-Mer"},
        )
    return len(NEEDS)
