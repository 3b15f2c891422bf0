from datetime import date

import pytest
from django.core.management import CommandError, call_command

from lms.pilotage.actions import check, fold, recount
from lms.pilotage.models import Change, Count, Line, Stocktaking
from lms.pilotage.tasks import take_stock
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import CampagneFactory, DepartementFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(ledger):
    structure = OrganisationFactory()
    people = [PersonFactory() for _ in range(3)]
    for person in people:
        ledger.gives(person, structure=structure)
    recount([person.pk for person in people[:2]])
    fold()
    recount([people[2].pk])  # waits to be folded
    return people


def test_when_all_agrees_nothing_is_said(three):
    assert list(check()) == []
    stock = Stocktaking.objects.get()
    assert stock.checked_at
    assert stock.differences == 0


def test_a_person_forgotten_or_counted_wrongly_is_said_then_repaired(three, ledger):
    Line.objects.filter(person=three[0]).delete()
    ledger.forgets(three[1])
    found = list(check())
    assert any(f"personne {three[0].pk}, habilites\xa0: oublié" in sentence for sentence in found)
    assert any(f"personne {three[1].pk}, habilites\xa0: compté à tort" in sentence for sentence in found)
    assert list(check(repair=True))
    assert list(check()) == []


def test_a_count_that_is_wrong_is_said_then_repaired_while_changes_wait(three):
    Count.objects.filter(dimension="month").update(value=40)
    Change.objects.create(indicator="habilites", departement="35", month="2026-10", delta=7)
    found = list(check())
    assert any("mois 2026-10\xa0: +45" in sentence for sentence in found)
    assert any("ensemble \xa0: +7" in sentence for sentence in found)
    assert list(check(repair=True))
    assert list(check()) == []
    fold()
    assert list(check()) == []


def test_a_structure_that_moves_and_a_campagne_whose_dates_change_are_counted_again_at_night(three, ledger):
    campagne = CampagneFactory(starts_on=date(2026, 9, 1), ends_on=date(2027, 8, 31))
    there = OrganisationFactory(departement=DepartementFactory(code="29"))
    ledger.forgets(three[0])
    ledger.gives(three[0], structure=there)
    take_stock("2026-11-22")
    assert set(Line.objects.values_list("campagne", flat=True)) == {campagne.pk}
    assert Line.objects.get(person=three[0]).departement_id == "29"
    assert list(check()) == []


def test_the_command_ends_in_error_when_something_differs_and_repairs_on_request(three, capsys):
    call_command("check_consistency")
    Count.objects.filter(dimension="").update(value=9)
    with pytest.raises(CommandError):
        call_command("check_consistency")
    assert "compte habilites" in capsys.readouterr().err
    with pytest.raises(CommandError):
        call_command("check_consistency", repair=True)
    call_command("check_consistency")
