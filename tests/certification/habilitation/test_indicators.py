"""What people and habilitations count for, from the same facts as everywhere else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certification.habilitation import actions, indicators
from certification.habilitation.lifecycle import FactKind, FileState, Origin, Outcome, Standing, Step
from certification.habilitation.models import Fact, Habilitation, ImportedLine
from lms.organisations.models import Role
from lms.pilotage.actions import check, fold
from lms.pilotage.engine import registry
from lms.pilotage.models import Line
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import HabilitationFactory, ImportedFileFactory, known
from tests.organisations.factories import DepartementFactory, OrganisationFactory
from tests.organisations.situations import World
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = date(2026, 9, 14), date(2026, 10, 6), date(2026, 11, 10)
WHOLE = {"eligibility": FIRST, "training": SECOND, "pix": THIRD}


def counted(person, unit="personnes"):
    """By indicator, the day of the line of this person."""
    found = Line.objects.filter(person=person, indicator__startswith=unit)
    return {line.indicator.removeprefix(f"{unit}-"): line.on for line in found}


def test_a_person_counts_at_each_step_from_the_day_it_was_reached():
    one = HabilitationFactory(facts=WHOLE)
    assert counted(one.person) == {
        "eligibles": FIRST,
        "inscrites": SECOND,
        "formees": SECOND,
        "test-pix": THIRD,
        "habilitees": THIRD,
    }


def test_a_person_habilitated_for_two_structures_counts_once_where_it_was_first():
    one = HabilitationFactory(facts=WHOLE)
    far = OrganisationFactory(departement=DepartementFactory(code="29"))
    other = HabilitationFactory(person=one.person, organisation=far)
    known(other, "eligibility", FIRST - timedelta(days=30))
    person = Line.objects.get(indicator="personnes-habilitees")
    assert (person.organisation, person.on) == (one.organisation, THIRD)
    assert Line.objects.filter(indicator="habilitations-habilitees").count() == 2
    assert Line.objects.get(indicator="personnes-eligibles").organisation == far


def test_only_confirmed_facts_count():
    one = HabilitationFactory(facts={"eligibility": FIRST, "training": SECOND})
    known(one, "pix", THIRD, standing=Standing.DECLARED, origin=Origin.PERSON)
    assert "habilitees" not in counted(one.person)
    actions.confirm_fact(Fact.objects.get(kind=FactKind.PIX), by=PersonFactory(staff=True))
    assert counted(one.person)["habilitees"] == THIRD


def test_a_fact_that_is_withdrawn_is_counted_no_longer():
    one = HabilitationFactory(facts=WHOLE)
    actions.withdraw_fact(
        Fact.objects.get(kind=FactKind.TRAINING), by=PersonFactory(staff=True), note="Ce n’était pas cette personne."
    )
    assert counted(one.person) == {"eligibles": FIRST, "test-pix": THIRD}


@pytest.mark.parametrize(
    ("sources", "origin"),
    [
        ([Origin.HERE], "ici"),
        ([Origin.AIDANTS_CONNECT], "repris"),
        ([Origin.HERE, Origin.AIDANTS_CONNECT], "rapproches"),
        ([Origin.TRAINING], "ailleurs"),
        ([Origin.PERSON], "ailleurs"),
        ([Origin.TRAINING, Origin.AIDANTS_CONNECT], "repris"),
    ],
)
def test_where_the_training_is_known_from_makes_the_origin(sources, origin):
    one = HabilitationFactory(facts={"eligibility": FIRST, "pix": THIRD})
    for source in sources:
        known(one, "training", SECOND, origin=source)
    assert Line.objects.get(indicator="personnes-habilitees").origin == origin


def test_an_account_of_aidants_connect_supposes_all_that_comes_before():
    one = HabilitationFactory()
    known(one, "account", THIRD, origin=Origin.AIDANTS_CONNECT, standing=Standing.IMPORTED)
    expected = ("eligibles", "inscrites", "formees", "test-pix", "habilitees")
    assert counted(one.person) == dict.fromkeys(expected, THIRD)
    assert Line.objects.get(indicator="personnes-habilitees").origin == "repris"


def test_between_peers_the_test_stands_for_the_training_and_the_origin_says_so():
    one = HabilitationFactory(route="peer", facts={"eligibility": FIRST, "pix": THIRD})
    assert counted(one.person)["formees"] == THIRD
    assert Line.objects.get(indicator="personnes-habilitees").origin == "ailleurs"


def test_a_refused_request_is_not_supposed_eligible():
    one = HabilitationFactory()
    actions.mirror_status(one, "refused", seen_on=FIRST)
    known(one, "training", SECOND)
    assert counted(one.person) == {"formees": SECOND}


def test_steps_never_widen_on_the_way():
    HabilitationFactory(facts=WHOLE)
    HabilitationFactory(facts={"training": SECOND})
    HabilitationFactory(facts={"eligibility": FIRST, "start": SECOND})
    known(HabilitationFactory(), "account", THIRD, origin=Origin.AIDANTS_CONNECT)
    for unit in registry.UNITS:
        steps = [one.code for one in registry.funnel(unit)]
        counts = [Line.objects.filter(indicator=code).count() for code in steps]
        eligible, enrolled, trained, pix, habilitated, operational = counts
        assert eligible >= enrolled >= trained >= habilitated >= operational
        assert pix >= habilitated


def test_lines_that_nobody_matched_are_told_apart_and_those_of_a_trial_are_not():
    for state, number in ((FileState.DONE, 3), (FileState.CHECKED, 4)):
        file = ImportedFileFactory(state=state)
        ImportedLine.objects.bulk_create(
            ImportedLine(file=file, number=rank, outcome=Outcome.DOUBTFUL) for rank in range(number)
        )
    assert indicators.to_match()[0] == 3


def test_the_last_exchange_is_the_last_file_recorded():
    assert indicators.last_exchange() is None
    at = datetime(2026, 11, 18, 9, tzinfo=UTC)
    ImportedFileFactory(state=FileState.DONE, finished_at=at)
    ImportedFileFactory(kind="P2", state=FileState.DONE, finished_at=at + timedelta(days=1))
    assert indicators.last_exchange() == at


def test_a_line_leads_to_the_person_for_whoever_may_open_it_and_for_nobody_else():
    world = World()
    one = HabilitationFactory(organisation=world.structure, facts=WHOLE)
    lines = Line.objects.filter(indicator="personnes-habilitees")
    assert indicators.addresses(world.people[Role.PILOT], lines) == {lines[0].pk: one.get_absolute_url()}
    assert indicators.addresses(world.people[Role.TERRITORIAL_PILOT], lines) == {}
    response = signed_in(world.people[Role.PILOT]).get("/pilotage/indicateurs/personnes-habilitees/liste/")
    assert one.get_absolute_url() in response.content.decode()


def test_people_are_read_in_as_many_queries_for_thirty_as_for_one(django_assert_num_queries):
    found = [HabilitationFactory(facts={"eligibility": FIRST}) for _ in range(30)]
    for size in (1, 30):
        with django_assert_num_queries(2):
            list(indicators.contributions([one.person_id for one in found[:size]]))


moves = st.lists(
    st.tuples(
        st.sampled_from(["fact", "fact", "fact", "withdraw", "leave", "follow", "fold"]),
        st.integers(0, 2),
        st.sampled_from(["eligibility", "registration", "training", "pix", "account", "device"]),
        st.integers(0, 60),
        st.sampled_from([Origin.HERE, Origin.AIDANTS_CONNECT, Origin.PERSON]),
        st.sampled_from([Standing.CONFIRMED, Standing.DECLARED]),
    ),
    max_size=15,
)


def play(people, structures, move):
    verb, rank, kind, day, origin, standing = move
    held = list(Habilitation.objects.filter(person=people[rank]).order_by("pk"))
    if verb == "fold":
        fold()
    elif verb == "follow" or not held:
        actions.follow(people[rank], structures[day % 2])
    elif verb == "fact":
        known(held[day % len(held)], kind, FIRST + timedelta(days=day), origin=origin, standing=standing)
    elif verb == "withdraw":
        if fact := Fact.objects.filter(person=people[rank]).standing().first():
            actions.withdraw_fact(fact, by=people[0], note="Saisi par erreur.")
    elif held[0].exit_step == "":
        Habilitation.objects.filter(pk=held[0].pk).update(
            exit_step=Step.LEFT, exit_reason="no_time", exited_on=FIRST + timedelta(days=day)
        )
        actions.derive([people[rank].pk])


@given(moves)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_figures_equal_a_recount_whatever_became_of_the_facts(sequence):
    people = [PersonFactory() for _ in range(3)]
    structures = [OrganisationFactory(), OrganisationFactory(departement=DepartementFactory(code="29"))]
    for move in sequence:
        play(people, structures, move)
    assert list(check()) == []
