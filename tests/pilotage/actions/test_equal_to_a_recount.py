"""Whatever happens to people, in whatever order and whenever it is folded, the board equals a recount."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.pilotage.actions import check, fold, recount
from lms.pilotage.documents.figures import by_key, by_place
from lms.pilotage.engine import registry
from lms.pilotage.models import Dimension, Line
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import CampagneFactory, DepartementFactory, OrganisationFactory, StructureTypeFactory
from tests.pilotage.situations import STEPS

pytestmark = pytest.mark.django_db
FIRST_DAY = date(2026, 8, 25)

moves = st.lists(
    st.tuples(
        st.sampled_from(["gain", "gain", "gain", "lose", "move", "fold", "again", "together"]),
        st.integers(0, 4),  # whom
        st.sampled_from(STEPS),
        st.integers(0, 3),  # where
        st.integers(0, 60),  # when
        st.sampled_from(["", "ici", "repris"]),
    ),
    max_size=25,
)


class Play:
    def __init__(self, ledger):
        self.ledger = ledger
        self.campagne = CampagneFactory(starts_on="2026-09-01", ends_on="2026-09-30")
        self.people = [PersonFactory() for _ in range(5)]
        places = [DepartementFactory(code="35"), DepartementFactory(code="29"), None, DepartementFactory(code="35")]
        kinds = [StructureTypeFactory(), None, StructureTypeFactory(), None]
        self.structures = [
            OrganisationFactory(departement=place, structure_type=kind)
            for place, kind in zip(places, kinds, strict=True)
        ]

    def move(self, verb, whom, step, where, when, origin):
        person = self.people[whom]
        held = self.ledger.held.get(person.pk, [])
        if verb == "fold":
            fold()
        elif verb == "together":
            recount([one.pk for one in self.people])
        elif verb == "again":
            recount([person.pk])
        else:
            kept = [] if verb == "move" else [one for one in held if one.indicator != step]
            self.ledger.held[person.pk] = kept
            if verb != "lose":
                on = FIRST_DAY + timedelta(days=when)
                self.ledger.gives(person, step, self.structures[where], on=on, origin=origin)
            recount([person.pk])


def listed(campagne, name):
    lines = Line.objects.filter(campagne=campagne) if campagne else Line.objects.all()
    return Counter((line.indicator, str(getattr(line, name) or "")) for line in lines)


@given(moves)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_board_the_lists_and_a_recount_agree_after_anything(ledger, sequence):
    ledger.held.clear()
    Line.objects.all().delete()
    list(check(repair=True))
    play = Play(ledger)
    for move in sequence:
        play.move(*move)
    columns = registry.indicators()
    for campagne in (play.campagne, None):
        assert +by_place(columns, campagne, None) == listed(campagne, "departement_id")
        for dimension, name in (
            (Dimension.MONTH, "month"),
            (Dimension.ORIGIN, "origin"),
            (Dimension.STRUCTURE_TYPE, "structure_type_id"),
        ):
            assert +by_key(columns, campagne, None, dimension) == listed(campagne, name)
    assert list(check()) == []
