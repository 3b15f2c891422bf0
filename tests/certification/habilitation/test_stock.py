"""The national stock, in its usual disorder, enters twice: the second time nothing moves, and every figure agrees."""

import pytest

from certification.habilitation.actions.imports import recording
from certification.habilitation.lifecycle import FileState, Origin, Outcome, Step
from certification.habilitation.models import Fact, Habilitation, ImportedFile, ImportedLine, Move
from lms.accounts.models import Person
from lms.kernel.jobs import run_due
from lms.kernel.models import OutgoingMail
from lms.organisations.models import Kind, Organisation, Role
from lms.pilotage import models as pilotage
from lms.pilotage.actions import check, fold
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import DAY, HabilitationFactory
from tests.certification.habilitation.stock import general_in_disorder, general_line, pix_json, recorded
from tests.organisations.factories import DepartementFactory, MembershipFactory, OrganisationFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
LINES = 1_200
"""A tenth of the national stock: twenty thousand lines are measured in tests/bench."""
MOVED = (Person, Organisation, Habilitation, Fact, Move, OutgoingMail, pilotage.Line, pilotage.Count, pilotage.Change)


def everything() -> dict:
    """Each row of what people are, of what is known of them, of what was sent, of what is counted."""
    return {model: set(model.objects.order_by().values_list(*_columns(model))) for model in MOVED}


def _columns(model):
    kept = (field.attname for field in model._meta.concrete_fields)
    return [name for name in kept if name not in ("moved", "personal")]


def followed_here(rank):
    """Somebody of the stock who was trained here before it came."""
    line = general_line(rank)
    return HabilitationFactory(
        person__email=line["Adresse e-mail"],
        person__first_name=line["Prénom"],
        person__last_name=line["Nom"],
        organisation=OrganisationFactory(
            name=line["Organisation: Nom"], data_pass_id=line["Organisation: Datapass ID"]
        ),
        facts=("training",),
    )


@pytest.fixture
def board():
    """What the pilot reads."""
    pilot = MembershipFactory(organisation=OrganisationFactory(kind=Kind.ANCT), role=Role.PILOT).person
    client = signed_in(pilot)

    def read(address="/pilotage/?campagne=toutes"):
        fold()
        return " ".join(client.get(address).content.decode().replace("\u00a0", " ").split())

    return read


def test_the_national_stock_enters_twice_and_the_second_time_nothing_moves(board):
    DepartementFactory()
    PersonFactory(email="shared@ville.example", first_name="Bertrand", last_name="Quelqu")
    ours = [followed_here(rank) for rank in (3, 6)]
    content = general_in_disorder(LINES)
    handed = {"by": PersonFactory(), "organisation": OrganisationFactory(kind=Kind.ANCT)}

    first = recorded(content, **handed)
    hundreds = LINES // 100
    assert first.counts == {
        Outcome.NEW: LINES - 3 * hundreds - 2,
        Outcome.CHANGED: 2,
        Outcome.FAULTY: 2 * hundreds,
        Outcome.DOUBTFUL: hundreds,
        Outcome.LEFT_OUT: hundreds,
    }
    reached = LINES - 3 * hundreds
    assert Habilitation.objects.reached().count() == reached
    assert Habilitation.objects.filter(step=Step.OPERATIONAL).count() == pytest.approx(reached / 2, abs=hundreds * 2)
    here = set(Fact.objects.filter(origin=Origin.HERE).values_list("person", flat=True))
    assert here == {one.person_id for one in ours}
    assert not OutgoingMail.objects.filter(subject__startswith="Habilitation").exists()
    told = board()
    for said in ("0 formé ici", f"{reached - 2:,} repris".replace(",", " "), "2 rapprochés", f"{hundreds} "):
        assert said in told
    listed = board("/pilotage/indicateurs/personnes-habilitees/liste/?campagne=toutes")
    assert f"Habilités ({reached:,})".replace(",", " ") in listed
    assert list(check()) == []

    before, waiting = everything(), ImportedLine.objects.to_decide().count()
    again = recorded(content, **handed)
    fold()
    assert again.counts.get(Outcome.NEW, 0) == again.counts.get(Outcome.CHANGED, 0) == 0
    assert again.counts[Outcome.SAME] == reached
    assert everything() == before
    assert ImportedLine.objects.to_decide().count() == waiting == hundreds
    assert list(check()) == []
    assert ImportedFile.objects.filter(state=FileState.DONE).count() == 2


@pytest.mark.parametrize("is_known", [True, False])
def test_what_somebody_decided_of_a_line_holds_when_the_file_comes_again(is_known):
    one = HabilitationFactory(facts=("eligibility", "training"))
    handed = {"by": PersonFactory(), "organisation": OrganisationFactory(kind=Kind.ANCT), "name": "pix.json"}
    content = pix_json((str(DAY), "autre.adresse@ville.example", 0.4))
    first = recorded(content, "P1", **handed)
    recording.decide_line(first.lines.get(), person=one.person if is_known else None, by=handed["by"])
    run_due()
    before = everything()
    again = recorded(content, "P1", **handed)
    assert again.counts == ({Outcome.SAME: 1} if is_known else {Outcome.LEFT_OUT: 1})
    assert everything() == before
    assert Habilitation.objects.reached().count() == is_known
    if not is_known:
        assert "mise de côté" in again.lines.get().sentences[0]


def test_a_line_that_waits_for_another_organisation_is_asked_of_this_one_too():
    content = pix_json((str(DAY), "autre.adresse@ville.example", 0.4))
    for _ in range(2):
        found = recorded(content, "P1", name="pix.json")
        assert found.counts == {Outcome.UNMATCHED: 1}
