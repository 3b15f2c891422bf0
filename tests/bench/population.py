"""People, courses and progress at the size asked: a few learners live it, the others are their copies."""

import itertools
import time
from dataclasses import dataclass
from io import StringIO

from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from lms.accounts.models import Person
from lms.demo.population import populate_institutions, populate_people
from lms.organisations.models import Membership, Organisation, Role
from parcours.assessment.engine.marking import right_answer
from parcours.catalogue.models import Edition, ModulePage, ParcoursModule
from parcours.learning import actions
from parcours.learning.models import ActivityProgress, Enrolment, Progress, Trace
from tests.bench import boards, classroom, piles
from tests.bench.boards import Boards
from tests.bench.classroom import Classroom
from tests.bench.piles import Piles

LONGEST, FOLLOWERS = 60, 5000  # étapes of the longest parcours, and people who follow it at most
LONG_READERS = 60
LEARNERS = 140  # kept aside, enrolled and untouched: the scenarios live on them
DEPTHS = (1, 3, 6, 10)  # étapes done by those whose progress is copied


@dataclass(frozen=True)
class World:
    edition: Edition
    enrolments: list
    long_enrolments: list
    people: int
    seconds: dict
    structure: Organisation
    referent: Person
    classroom: Classroom
    boards: Boards
    piles: Piles


def build(size) -> World:
    seconds = {}
    for name, work in {
        "migrate": lambda: call_command("migrate", verbosity=0),
        "load_catalogue": lambda: call_command("load_catalogue", stdout=StringIO()),
        "load_catalogue, de nouveau": lambda: call_command("load_catalogue", stdout=StringIO()),
        "personnes fictives": lambda: _people(size + 2 * LEARNERS),
        "progrès copiés": _follow,
    }.items():
        started = time.perf_counter()
        work()
        seconds[name] = time.perf_counter() - started
    edition = _edition()
    enrolments = [enrol(person, edition) for person in _idle()[:LEARNERS]]
    started = time.perf_counter()
    long_enrolments = _follow_longest()
    seconds["parcours de 60 étapes"] = time.perf_counter() - started
    structure, referent = _one_structure(edition)
    room = classroom.build()
    counted = boards.build(structure)
    seconds |= counted.seconds
    started = time.perf_counter()
    files = piles.build(room, size)
    seconds["dossiers d’un OPCO"] = time.perf_counter() - started
    started = time.perf_counter()
    _analyse()
    seconds["VACUUM ANALYZE"] = time.perf_counter() - started
    people = Person.objects.count()
    return World(edition, enrolments, long_enrolments, people, seconds, structure, referent, room, counted, files)


def _people(count):
    """The demonstration's own people; what they follow is copied below, by millions of traces if need be."""
    populate_institutions()
    populate_people(count, seed=1)


def _edition():
    """The online half-day: seventeen étapes, open to all."""
    return Edition.objects.open_to_enrolment().get(slug="aidants-connect-en-ligne")


def _idle():
    people = Person.objects.filter(enrolments=None, is_staff=False, is_active=True).exclude(last_name="")
    return (
        people.exclude(memberships__role="structure_referent")
        .filter(memberships__role="learner")
        .distinct()
        .order_by("pk")
    )


def _longest() -> Edition:
    """Every module of the national catalogue, then copies of the shortest ones until there are sixty étapes."""
    modules = list(ModulePage.objects.live().order_by("pk"))
    shortest = itertools.cycle(sorted(modules, key=lambda module: len(module.body)))
    while sum(len(module.body) for module in modules) < LONGEST:
        module = next(shortest)
        copied = module.copy(update_attrs={"slug": f"{module.slug}-{len(modules)}"}, keep_live=True)
        modules.append(copied)
    model = _edition().parcours
    minutes = sum(etape.value["minutes"] for module in modules for etape in module.body)
    page = model.copy(update_attrs={"title": "Soixante étapes", "slug": "soixante-etapes"}, keep_live=False)
    page.minutes = minutes
    page.parcours_modules = [ParcoursModule(module=module, sort_order=rank) for rank, module in enumerate(modules)]
    page.save_revision().publish()
    return page.current_edition


def _follow_longest():
    """Five thousand people at most follow sixty étapes; those given back have not begun."""
    edition, models = _longest(), []
    people = list(Person.objects.filter(enrolments__parcours=_edition().parcours).order_by("pk")[: FOLLOWERS + 100])
    for person, depth in zip(people[: len(DEPTHS)], DEPTHS, strict=True):
        models.append(enrol(person, edition))
        for activity in edition.outline[: depth * 4]:
            finish(models[-1], activity)
    readers = [enrol(person, edition) for person in people[len(DEPTHS) :][:LONG_READERS]]
    with transaction.atomic():
        _copy(models, [person.pk for person in people[len(DEPTHS) + LONG_READERS :]], edition)
    return readers


def _follow():
    edition, models = _edition(), []
    for person, depth in zip(_idle()[: len(DEPTHS)], DEPTHS, strict=True):
        models.append(enrol(person, edition))
        for activity in edition.outline[:depth]:
            finish(models[-1], activity)
    with transaction.atomic():
        _copy(models, list(_idle().values_list("pk", flat=True)[LEARNERS:]), edition)


def _one_structure(edition):
    """All who follow the half-day work in one place, for whose référente the register is as long as it can be."""
    structure = Organisation.objects.structures().order_by("pk").first()
    followers = Enrolment.objects.filter(edition=edition)
    people = followers.order_by("person").values_list("person", flat=True).distinct()
    today = timezone.localdate()
    Membership.objects.bulk_create(
        [Membership(person_id=pk, organisation=structure, role=Role.LEARNER, starts_on=today) for pk in people],
        batch_size=5000,
        ignore_conflicts=True,
    )
    followers.update(employer=structure)
    referent = Person.objects.create_person("referente@bench.example", "Nadia", "Vasseur", verified=True)
    Membership.objects.create(person=referent, organisation=structure, role=Role.STRUCTURE_REFERENT, starts_on=today)
    return structure, referent


def enrol(person, edition):
    return actions.enrol(person, edition, employer=person.memberships.first().organisation, by=person)


def finish(enrolment, activity):
    actions.open_activity(enrolment, activity)
    for question in activity.questions:
        given = right_answer(question)
        actions.answer(enrolment, activity, question["id"], given, client_id=question["id"])
    if not activity.questions:
        actions.finish_reading(enrolment, activity)


def _copy(models, people, edition):
    """Nobody is reminded: the first tick of a clock would write thousands of messages beside what is measured."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE copies (person bigint, model bigint, enrolment bigint) ON COMMIT DROP")
        rows = [(person, models[rank % len(models)].pk) for rank, person in enumerate(people)]
        with cursor.copy("COPY copies (person, model) FROM STDIN") as writer:
            for row in rows:
                writer.write_row(row)
        employer = "(SELECT organisation_id FROM organisations_membership m WHERE m.person_id = c.person LIMIT 1)"
        cursor.execute(_insert(Enrolment, "pk", {"person_id": "c.person", "employer_id": employer}, "id"))
        cursor.execute(
            "UPDATE copies SET enrolment = e.id FROM learning_enrolment e"
            " WHERE e.person_id = copies.person AND e.edition_id = %s",
            [edition.pk],
        )
        for model in (Progress, ActivityProgress, Trace):
            cursor.execute(_insert(model, "enrolment", {"enrolment_id": "c.enrolment"}, "id"))
    Enrolment.objects.filter(edition=edition).update(reminders_stopped_at=timezone.now())


def _insert(model, link, replaced, left_out):
    """The rows of `model` that belong to the models of `copies`, once more for each copy."""
    columns = [field.column for field in model._meta.concrete_fields if field.column != left_out]
    values = [replaced.get(column, f"t.{column}") for column in columns]
    key = model._meta.pk.column if link == "pk" else model._meta.get_field(link).column
    table = model._meta.db_table
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
        f" FROM copies c JOIN {table} t ON t.{key} = c.model"
    )


def _analyse():
    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET autovacuum = off")
        cursor.execute("SELECT pg_reload_conf()")
        cursor.execute("VACUUM ANALYZE")
