"""What Aidants Connect would tell of the fictional people: dated facts, for the boards to have something to count."""

import hashlib
from datetime import date, timedelta
from itertools import islice

from django.utils import timezone

from certification.habilitation import actions
from certification.habilitation.lifecycle import FactKind, FileKind, FileState, Origin, Standing
from certification.habilitation.models import Habilitation, ImportedFile
from lms.accounts.models import Person
from lms.demo.population.draw import data, identity, lot
from lms.demo.population.institutions import SEED, institution
from lms.demo.population.personas import HOMES, home
from lms.organisations.models import Campagne, Kind, Membership, Organisation
from lms.organisations.queries import today
from lms.pilotage.actions import set_objectives
from lms.pilotage.models.objectives import Grain, objectives_of

CAMPAGNE_BEGAN, PLAN_BEGAN, PLAN_DAYS = date(2026, 9, 1), date(2021, 3, 1), 300
OLD_STOCK = 0.12  # people habilitated in 2021
REACHED = {0: 12, 1: 8, 2: 12, 3: 14, 4: 12, 5: 30, 6: 12}  # how many stages, out of a hundred people
STAGES = (
    FactKind.ELIGIBILITY,
    FactKind.REGISTRATION,
    FactKind.TRAINING,
    FactKind.PIX,
    FactKind.ACCOUNT,
    FactKind.DEVICE,
)
BATCH = 500


def populate_stock(*, seed) -> int:
    """People nobody follows here yet, as an export of Aidants Connect would bring them; how many."""
    ours = [home(code).pk for code in HOMES]
    trainers = list(Organisation.objects.filter(kind=Kind.TRAINING, fictional=True).order_by("pk"))
    known = Habilitation.objects.values("person")
    places = Membership.objects.filter(
        organisation__fictional=True, organisation__kind=Kind.STRUCTURE, ends_on=None, person__is_active=True
    )
    places = places.exclude(organisation__in=ours).exclude(person__in=known).order_by("person", "pk")
    first = dict(reversed(list(places.values_list("person", "organisation"))))
    names = dict(Person.objects.filter(pk__in=first).values_list("pk", "public_id"))
    drawn = ((pk, first[pk], lot(seed, "stock", names[pk])) for pk in sorted(first))
    told = ((pk, place, draw, dates) for pk, place, draw in drawn if (dates := _dates(draw)))
    count, file = 0, None
    while batch := list(islice(told, BATCH)):
        file = file or _file()
        count += _write(batch, trainers, file)
    return count


def populate_objectives() -> int:
    """What ANCT would expect of each region; what it changed since stays."""
    pilot = Person.objects.filter(public_id=identity(SEED, "persona", "pilote-anct")).first()
    named = Campagne.objects.filter(code__in=data("objectifs"), closed=False)
    without = [one for one in named if not objectives_of(one, Grain.REGION)]
    return sum(set_objectives(one, Grain.REGION, data("objectifs")[one.code], by=pilot) for one in without)


def _file() -> int | None:
    """Where it was read, when there is somebody to have received it."""
    pilot = Person.objects.filter(public_id=identity(SEED, "persona", "pilote-anct")).first()
    if pilot is None:
        return None
    at = timezone.now() - timedelta(days=4)
    values = {"organisation": institution("anct"), "received_by": pilot, "received_at": at, "finished_at": at}
    named = {"kind": FileKind.GENERAL, "name": "export-general-fictif.csv", "state": FileState.DONE}
    sha256 = hashlib.sha256(named["name"].encode()).hexdigest()
    known = {"sha256": sha256, "dated_on": today() - timedelta(days=4)}
    return ImportedFile.objects.get_or_create(**named, defaults=values | known)[0].pk


def _write(told, trainers, file) -> int:
    rows = Habilitation.objects.bulk_create(
        [Habilitation(person_id=person, organisation_id=place) for person, place, _, _ in told]
    )
    drafts = []
    for row, (_, _, draw, dates) in zip(rows, told, strict=True):
        trainer = draw.choice(trainers).pk
        drafts += [_draft(row, kind, on, trainer, file) for kind, on in zip(STAGES, dates, strict=False)]
    actions.record_facts(drafts)
    return len(rows)


def _dates(draw) -> list[date]:
    """A day for each stage reached, the first ones first; none for who is not known there."""
    reached = draw.choices(list(REACHED), REACHED.values())[0]
    if draw.random() < OLD_STOCK:
        begun, steps = PLAN_BEGAN + timedelta(days=draw.randrange(PLAN_DAYS - 60)), (10, 15, 3, 10, 15)
        reached = max(reached, 5)
    else:
        last = (today() - CAMPAGNE_BEGAN).days
        begun = CAMPAGNE_BEGAN + timedelta(days=int(draw.random() ** 1.5 * max(last, 1)))
        steps = (6, 9, 2, 6, 9)
    dates = [begun]
    for step in steps:
        dates.append(dates[-1] + timedelta(days=draw.randint(0, step)))
    return [on for on in dates[:reached] if on <= today()]


def _draft(habilitation, kind, on, trainer, file):
    return actions.Draft(
        habilitation.person_id,
        kind,
        on,
        Standing.IMPORTED,
        Origin.AIDANTS_CONNECT,
        habilitation=habilitation.pk,
        training_organisation=trainer if kind == FactKind.TRAINING else None,
        file=file,
    )
