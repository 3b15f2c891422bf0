"""The files of one OPCO: as many as a quarter of the people, in every pile, for one officer who sees them all."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import cycle, islice

from django.utils import timezone

from certification.funding.lifecycle import Origin, Side, State, Verdict
from certification.funding.models import Beneficiary, Decision, Demande
from lms.accounts.models import Person
from lms.organisations.models import Kind, Membership, Organisation, Role
from parcours.classroom.models import Registration

SHARE = 4  # people for one file
GROUPS = (1, 1, 2, 1, 4)  # people of one file
STATES = (
    *(State.FILED, State.GRANTED, State.SERVICE, State.FILED, State.COMPLEMENT, State.GRANTED, State.PAID),
    *(State.FILED, State.SERVICE, State.GRANTED, State.VALIDATED, State.FILED, State.REFUSED, State.PARTLY_PAID),
)
BEFORE = (State.FILED, State.COMPLEMENT, State.REFUSED)
VERDICTS = {State.COMPLEMENT: Verdict.COMPLEMENT, State.REFUSED: Verdict.REFUSE}
IDCC = ("1518", "2941", "9999", "1261")
PRICE, MINUTES, BATCH = Decimal("450.00"), 420, 2_000


@dataclass(frozen=True)
class Piles:
    """`checked`: the files whose pieces are compared; `employer`: the structure that has the most files."""

    officer: Person
    checked: list
    employer: Organisation


def build(room, people) -> Piles:
    opco = Organisation.objects.filter(kind=Kind.OPCO).order_by("pk").first()
    officer = Person.objects.create_person("officer@bench.example", "Lucie", "Bernard", verified=True)
    Membership.objects.create(person=officer, organisation=opco, role=Role.OPCO_OFFICER, starts_on=timezone.localdate())
    demandes, groups = [], []
    for rank, group in zip(range(people // SHARE), _groups(room.session), strict=False):
        demandes.append(_demande(rank, group, opco, officer, room))
        groups.append(group)
    Demande.objects.bulk_create(demandes, batch_size=BATCH)
    rows = [row for demande, group in zip(demandes, groups, strict=True) for row in _seated(demande, group, room)]
    Registration.objects.bulk_create([registration for _, registration in rows], batch_size=BATCH)
    Beneficiary.objects.bulk_create([_beneficiary(*row) for row in rows], batch_size=BATCH)
    decided = [one for one in demandes if one.state != State.FILED]
    Decision.objects.bulk_create([_decision(one, officer) for one in decided], batch_size=BATCH)
    checked = [one.public_id for one in demandes if one.state == State.SERVICE]
    return Piles(officer, checked[:30], max(groups, key=len)[0].organisation)


def _groups(session):
    """People of one employer each, never the one where everybody works for the register."""
    held = Membership.objects.filter(role=Role.LEARNER).exclude(person__registrations__session=session)
    held = held.select_related("organisation").order_by("person_id", "pk").distinct("person_id")
    by_home = {}
    for one in held:
        by_home.setdefault(one.organisation_id, []).append(one)
    people = iter([one for group in by_home.values() for one in group])
    for size in cycle(GROUPS):
        if not (group := list(islice(people, size))):
            return
        yield [one for one in group if one.organisation_id == group[0].organisation_id]


def _demande(rank, group, opco, officer, room) -> Demande:
    state, since = STATES[rank % len(STATES)], timezone.now() - timedelta(days=rank % 90, minutes=rank % 1_000)
    home, cost = group[0].organisation, PRICE * len(group)
    values = {} if state in BEFORE else _agreement(rank, cost, since)
    if state in (State.SERVICE, State.VALIDATED, State.PAID, State.PARTLY_PAID):
        values |= {"service_declared_at": since, "due_amount": cost, "mismatches": rank % 3 if rank % 5 == 0 else 0}
    return Demande(
        number=f"PEC-{rank:06d}",
        state=state,
        announced_state=state,
        side=Side.TRAINING,
        session=room.sessions[1 + rank % (len(room.sessions) - 1)],
        employer=home,
        opco=opco,
        siret=home.siret,
        idcc=IDCC[rank % len(IDCC)],
        minutes=MINUTES,
        cost=cost,
        created_by=room.manager,
        filed_by=room.manager,
        created_at=since,
        filed_at=since,
        waiting_since=since,
        officer=officer if rank % 3 == 0 else None,
        **values,
    )


def _agreement(rank, cost, since) -> dict:
    on = timezone.localdate(since)
    numbered = {"agreement_origin": Origin.HERE, "agreement_number": f"A-{rank:06d}", "agreed_on": on}
    return numbered | {"granted_amount": cost, "subrogation": True, "expires_on": on + timedelta(days=180)}


def _seated(demande, group, room):
    for one in group:
        yield (
            demande,
            Registration(
                session=demande.session,
                person_id=one.person_id,
                employer=demande.employer,
                state=Registration.State.REGISTERED,
                registered_by=room.manager,
            ),
        )


def _beneficiary(demande, registration) -> Beneficiary:
    granted = None if demande.state in BEFORE else MINUTES
    billed = MINUTES if demande.service_declared_at else None
    live = demande.state != State.REFUSED
    row = {"granted_minutes": granted, "billed_minutes": billed, "live": live}
    return Beneficiary(demande=demande, registration=registration, **row)


def _decision(demande, officer) -> Decision:
    at, verdict = demande.waiting_since, VERDICTS.get(demande.state, Verdict.GRANT)
    return Decision(demande=demande, verdict=verdict, by=officer, at=at, notify_at=at, notified_at=at)
