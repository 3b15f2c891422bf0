"""A room further right, reduced to what the boards see of it: a ledger of what people count for."""

from datetime import date
from unittest.mock import patch

import pytest

from lms.pilotage.engine import registry
from lms.pilotage.engine.registry import HABILITATIONS, PEOPLE, Contribution, Indicator, Origin, Source

GOAL = {"one": "aidant formé et habilité", "many": "aidants formés et habilités"}
STEPS = ("inscrits", "formes", "habilites")


class Ledger:
    """`held`: by person, the contributions that facts give today; a test writes in it as facts would change."""

    def __init__(self):
        self.held, self.exchange, self.to_match = {}, None, (0, "")

    def gives(self, person, indicator="habilites", structure=None, on=date(2026, 10, 5), subject="", **values):
        """One more thing that the person counts for."""
        place = structure.departement if structure else None
        one = Contribution(
            indicator=indicator,
            person_id=person.pk,
            subject=subject or f"personne:{person.pk}",
            on=on,
            organisation_id=structure.pk if structure else None,
            departement_id=place.pk if place else None,
            structure_type_id=structure.structure_type_id if structure else None,
            **values,
        )
        self.held.setdefault(person.pk, []).append(one)
        return one

    def forgets(self, person):
        self.held.pop(person.pk, None)

    def contributions(self, person_ids):
        return [one for pk in person_ids for one in self.held.get(pk, ())]

    def source(self):
        return Source(
            name="registre",
            described="Le registre des essais.",
            partner="Aidants Connect",
            contributions=self.contributions,
            people=lambda: list(self.held),
            addresses=lambda reader, lines: {line.pk: f"/personnes/{line.person_id}/" for line in lines},
            last_exchange=lambda: self.exchange,
            waiting=lambda: self.to_match,
        )


def indicator(code, label, order, **values):
    return Indicator(
        code=code,
        label=label,
        definition=f"Une personne compte une fois : {label.lower()}.",
        owner="ANCT",
        source="registre",
        freshness="À chaque fait enregistré.",
        order=order,
        **({"unit": PEOPLE} | values),
    )


@pytest.fixture
def ledger():
    """Only this source, and a funnel of three steps."""
    one = Ledger()
    known = [
        indicator("inscrits", "Inscrits", 10, step=1, base=True),
        indicator("formes", "Formés", 20, step=2),
        indicator("habilites", "Habilités", 30, step=3, goal=True, **GOAL),
        indicator("habilitations", "Habilitations", 40, step=1, unit=HABILITATIONS),
    ]
    origins = [Origin("ici", "formés ici", 1), Origin("repris", "repris d’Aidants Connect", 2)]
    with (
        patch.dict(registry.SOURCES, {"registre": one.source()}, clear=True),
        patch.dict(registry.INDICATORS, {each.code: each for each in known}, clear=True),
        patch.dict(registry.ORIGINS, {each.code: each for each in origins}, clear=True),
    ):
        yield one
