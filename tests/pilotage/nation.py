"""People who count, in two régions of two waves, in one campagne; and who reads them."""

from datetime import date
from types import SimpleNamespace

import pytest
import time_machine

from lms.organisations.models import Role, WaveRegion
from lms.pilotage.actions import fold, recount
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import CampagneFactory, OrganisationFactory, StructureTypeFactory, WaveFactory
from tests.organisations.situations import World

HERE, THERE = "53", "06"
NOW = "2026-11-22T10:00Z"


@pytest.fixture
def here(ledger):
    """The nation as it reads itself twelve days after the last habilitation, whatever the day of the test."""
    with time_machine.travel(NOW):
        yield nation(ledger)


def nation(ledger):
    """Three people counted in Bretagne at the Mairie de Dol, two in Mayotte; one of each is habilitated.

    The campagne began on 1 September 2026; Bretagne is in the first wave, Mayotte in the second.
    """
    world = World()
    campagne = CampagneFactory(code="en-cours", name="Campagne en cours", objective=20_000)
    for number, region in ((1, HERE), (2, THERE)):
        wave = WaveFactory(campagne=campagne, number=number, label=f"Vague {number}")
        WaveRegion.objects.create(wave=wave, region_id=region)
    world.structure.structure_type = StructureTypeFactory(label="Mairie")
    world.structure.save()
    training = OrganisationFactory(training=True, name="Organisme du Ponant")
    people = {name: PersonFactory(first_name="Ana", last_name=name) for name in ("Le Goff", "Quéré", "Riou")}
    far = {name: PersonFactory(first_name="Saïd", last_name=name) for name in ("Bacar", "Madi")}
    for structure, group in ((world.structure, people), (world.far, far)):
        for rank, person in enumerate(group.values()):
            ledger.gives(person, "inscrits", structure, on=date(2026, 9, 14))
            ledger.gives(person, "formes", structure, on=date(2026, 10, 6), training_organisation_id=training.pk)
            if not rank:
                ledger.gives(person, "habilites", structure, on=date(2026, 11, 10), origin="ici")
    everyone = [*people.values(), *far.values()]
    recount([one.pk for one in everyone])
    fold()
    return SimpleNamespace(
        world=world,
        campagne=campagne,
        pilot=world.people[Role.PILOT],
        territorial=world.people[Role.TERRITORIAL_PILOT],
        people=everyone,
        training=training,
    )
