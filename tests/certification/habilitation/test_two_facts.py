"""Between the training and the test Pix: the address changes, a second structure comes, the same is said twice."""

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from certification.habilitation.actions.imports import recording
from certification.habilitation.lifecycle import FactKind, Outcome, Step
from certification.habilitation.models import Fact, Habilitation
from lms.pilotage.actions import check, fold
from lms.pilotage.models import Line
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import DAY, HabilitationFactory, known
from tests.certification.habilitation.stock import csv_of, pix_json, recorded
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
BEFORE, AFTER = "anne.roux@ancienne-mairie.example", "anne.roux@mairie.example"
PRESENCE = ("PRENOM", "NOM", "EMAIL", "STRUCTURE", "FORMATION", "ETAT", "Présence en formation")


def anne(**values):
    named = {"person__first_name": "Anne", "person__last_name": "Roux", "person__email": BEFORE}
    return HabilitationFactory(**named | values)


def presence(email):
    line = {"PRENOM": "Anne", "NOM": "Roux", "EMAIL": email, "ETAT": "Inscrit", "Présence en formation": "Oui"}
    return recorded(csv_of(PRESENCE, [line], separator=";"), "A5", held_on=DAY, name="presents.csv")


def pix(email, score=0.8):
    return recorded(pix_json((str(DAY), email, score)), "P1", name="pix.json")


def moves_to(person, email):
    person.email = email
    person.save()


@pytest.mark.parametrize("training_first", [True, False])
def test_an_address_that_changes_between_the_two_files_loses_nothing(training_first):
    one = anne(facts=("eligibility",))
    files = [presence, pix] if training_first else [pix, presence]
    files[0](BEFORE)
    moves_to(one.person, AFTER)
    assert files[1](AFTER).counts == {Outcome.CHANGED: 1}
    one.refresh_from_db()
    assert one.step == Step.HABILITATED


def test_a_result_under_the_old_address_waits_for_somebody_and_then_counts_once():
    one = anne(facts=("eligibility",))
    presence(BEFORE)
    moves_to(one.person, AFTER)
    found = pix(BEFORE)
    assert found.counts == {Outcome.UNMATCHED: 1}
    recording.decide_line(found.lines.get(), person=one.person, by=PersonFactory())
    pix(AFTER)
    one.refresh_from_db()
    assert (one.step, Fact.objects.filter(kind=FactKind.PIX).count()) == (Step.HABILITATED, 1)


def test_the_address_given_to_pix_is_recognised_and_the_other_one_too():
    one = anne(facts=("eligibility", "training"), person__pix_email="anne@perso.example")
    pix("Anne@Perso.example")
    one.refresh_from_db()
    assert one.step == Step.HABILITATED
    assert pix(BEFORE).counts == {Outcome.SAME: 1}


def test_one_person_in_two_structures_is_trained_once_and_habilitated_where_eligible():
    one = anne(facts=("eligibility",))
    two = HabilitationFactory(person=one.person)
    presence(BEFORE)
    pix(BEFORE, score=0)
    assert set(Habilitation.objects.values_list("pk", "step")) == {(one.pk, Step.HABILITATED), (two.pk, Step.PIX_SENT)}
    known(two, "eligibility")
    fold()
    two.refresh_from_db()
    assert two.step == Step.HABILITATED
    assert Line.objects.filter(indicator="personnes-habilitees").count() == 1
    assert Line.objects.filter(indicator="habilitations-habilitees").count() == 2
    assert list(check()) == []


STEPS = tuple(itertools.product(("presence", "pix", "eligible", "moves"), range(2)))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(STEPS), min_size=4, max_size=9))
def test_in_any_order_with_duplicates_two_structures_and_another_address_the_rule_holds(steps):
    """`rank` chooses the structure that is eligible; a result always comes under the address of that day."""
    one = anne(person__email=None, organisation=OrganisationFactory())
    both = [one, HabilitationFactory(person=one.person)]
    moves_to(one.person, f"anne.{one.pk}@mairie.example")
    said = set()
    for what, rank in steps:
        if what == "moves":
            moves_to(one.person, f"anne.{one.pk}.{rank}@mairie.example")
        elif what == "eligible":
            known(both[rank], "eligibility")
            said.add(rank)
        else:
            {"presence": presence, "pix": pix}[what](one.person.email)
            said.add(what)
    for rank, each in enumerate(both):
        each.refresh_from_db()
        assert (each.step == Step.HABILITATED) == ({"presence", "pix", rank} <= said)
