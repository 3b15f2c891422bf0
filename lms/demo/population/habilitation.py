"""On the way to Aidants Connect: somebody at each step, declarations that wait, ways out with their reasons.

What was followed in the sessions of the demonstration becomes facts by itself; the rest is told as Aidants Connect,
Pix and people would tell it.
"""

import hashlib
from datetime import timedelta

from certification.habilitation import actions
from certification.habilitation.lifecycle import (
    ExitReason,
    ExternalStatus,
    FactKind,
    FileKind,
    FileState,
    Origin,
    Standing,
    Step,
)
from certification.habilitation.models import Habilitation, ImportedFile
from lms.accounts.models import Person
from lms.demo.population.draw import identity, lot
from lms.demo.population.institutions import SEED, institution
from lms.demo.population.personas import HOMES, home
from lms.organisations.models import Membership, Role
from lms.organisations.queries import today
from parcours.assistance.engine.files import CheckedFile

ELIGIBLE, SENT, DECLARED, OPENED = 0.94, 0.55, 0.18, 0.7
PROOF = CheckedFile(
    "justificatif.pdf", "application/pdf", b"%PDF-1.4\n% Justificatif de demonstration : rien n'est reel.\n%%EOF\n"
)
WAYS_OUT = (
    (Step.LEFT, ExitReason.JOB_LEFT, ""),
    (Step.LEFT, ExitReason.JOB_CHANGED, ""),
    (Step.LEFT, ExitReason.NO_TIME, ""),
    (Step.CANCELLED, ExitReason.STRUCTURE_GAVE_UP, ""),
    (Step.LEFT, ExitReason.OTHER, "congé long, reprise l’an prochain"),
)
OUT_ONE_IN = 15
NOT_RETAINED = "La capture montre la fin du test, et non l’envoi des résultats : renvoyez-la depuis Pix."


def populate_habilitation(*, seed) -> int:
    """How many people are followed; none when they are already."""
    actions.catch_up()
    if ImportedFile.objects.filter(received_by=_pilot(), kind=FileKind.PIX_JSON).exists():
        return 0
    _follow_homes()
    found = list(Habilitation.objects.select_related("person", "organisation").order_by("pk"))
    names = {FileKind.PEOPLE_TO_TRAIN: "aidants-a-former.csv", FileKind.PIX_JSON: "tests-pix.json"}
    files = {kind: _file(kind, name) for kind, name in names.items()}
    actions.record_facts(_drafts(found, files, seed))
    found = list(Habilitation.objects.select_related("person", "organisation").order_by("pk"))
    _declare([one for one in found if one.trained_on and not one.pix_on], seed)
    peers = _peers(found)
    _out([one for one in found if not one.trained_on and one.pk not in peers])
    return len(found)


def _follow_homes():
    """Everybody in the structures of the personas; who works in two of them is followed in both."""
    held = Membership.objects.active().filter(organisation__in=[home(code) for code in HOMES], role=Role.LEARNER)
    for one in held.select_related("person", "organisation").order_by("pk"):
        actions.follow(one.person, one.organisation)


def _pilot():
    return Person.objects.get(public_id=identity(SEED, "persona", "pilote-anct"))


def _file(kind, name) -> ImportedFile:
    values = {"dated_on": today() - timedelta(days=12), "organisation": institution("anct"), "received_by": _pilot()}
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return ImportedFile.objects.create(kind=kind, name=name, sha256=sha256, state=FileState.DONE, **values)


def _drafts(found, files, seed):
    told = {"standing": Standing.IMPORTED, "origin": Origin.AIDANTS_CONNECT, "file": files[FileKind.PEOPLE_TO_TRAIN].pk}
    tested = {"standing": Standing.IMPORTED, "origin": Origin.PIX, "file": files[FileKind.PIX_JSON].pk}
    sent = {}
    for one in found:
        draw = lot(seed, "habilitation", f"{one.person.public_id}:{one.organisation.public_id}")
        if draw.random() < ELIGIBLE:
            first = min(filter(None, (one.registered_on, one.trained_on)), default=today()) - timedelta(days=40)
            yield actions.Draft(one.person_id, FactKind.ELIGIBILITY, first, habilitation=one.pk, **told)
        if one.trained_on and sent.setdefault(one.person_id, draw.random() < SENT):
            on = min(one.trained_on + timedelta(days=draw.randrange(1, 9)), files[FileKind.PIX_JSON].dated_on)
            yield actions.Draft(one.person_id, FactKind.PIX, on, score=draw.randrange(101), **tested)
            if draw.random() < OPENED:
                account = min(on + timedelta(days=6), today())
                yield actions.Draft(one.person_id, FactKind.ACCOUNT, account, habilitation=one.pk, **told)


def _declare(due, seed):
    """Some say that they sent their results; one is set aside, and reads why."""
    people = list({one.person_id: one for one in due}.values())
    declared = [one for one in people if lot(seed, "declare", one.person.public_id).random() < DECLARED]
    for rank, one in enumerate(declared or people[:1]):
        referent = one.organisation.memberships.active().filter(role=Role.STRUCTURE_REFERENT).first()
        by = referent.person if referent and rank % 2 else one.person
        on = max(one.trained_on, today() - timedelta(days=20))
        fact = actions.declare_pix(one.person, on, proof=PROOF, by=by)
        fact.declared_at -= timedelta(days=3 + 5 * (rank % 6))
        fact.save(update_fields=["declared_at"])
        if rank == 1:
            actions.reject_fact(fact, by=_pilot(), note=NOT_RETAINED)


def _out(open_ways):
    chosen = open_ways[::OUT_ONE_IN]
    for rank, one in enumerate(chosen):
        if rank == len(WAYS_OUT):
            actions.mirror_status(one, ExternalStatus.REFUSED, seen_on=today() - timedelta(days=12))
            continue
        step, reason, note = WAYS_OUT[rank % len(WAYS_OUT)]
        actions.leave(one, step, reason, on=today() - timedelta(days=5 + rank), by=_pilot(), note=note)


def _peers(found) -> set[int]:
    """Two trained by a colleague: one has sent the test, which stands for the training; one has not yet."""
    free = [one for one in found if not one.trained_on and not one.pix_on][:2]
    for one in free:
        seen_on = today() - timedelta(days=30)
        actions.transcribe_status(one, ExternalStatus.PROCESSING_P2P, seen_on=seen_on, by=_pilot())
    tested = [
        actions.Draft(one.person_id, FactKind.PIX, today() - timedelta(days=9), Standing.IMPORTED, Origin.PIX)
        for one in free[:1]
    ]
    actions.record_facts(tested)
    return {one.pk for one in free}
