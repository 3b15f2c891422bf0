"""What each région and each département is expected to reach in a campagne: dated data that ANCT edits."""

from enum import StrEnum

from lms.kernel.models import Rule
from lms.kernel.rules import current, define
from lms.organisations.queries import today

CODED = "{« code de la campagne » : {« code INSEE » : nombre}}"
REGIONAL = define(
    "pilotage.regional_objectives", f"l’objectif de chaque région, par campagne : {CODED}", "json", default={}
)
DEPARTMENTAL = define(
    "pilotage.departmental_objectives", f"l’objectif de chaque département, par campagne : {CODED}", "json", default={}
)


class Grain(StrEnum):
    """How finely objectives are given; the value stands in addresses."""

    REGION = "regions"
    DEPARTEMENT = "departements"


RULES = {Grain.REGION: REGIONAL.code, Grain.DEPARTEMENT: DEPARTMENTAL.code}


def objectives_of(campagne, grain) -> dict[str, int]:
    """By INSEE code, as they are in force today; empty when ANCT has given none."""
    return current(RULES[grain]).get(campagne.code) or {} if campagne else {}


def dated_since(grain):
    """The first day of those in force, or nothing."""
    rule = Rule.objects.filter(code=RULES[grain]).on(today()).first()
    return rule.valid_from if rule else None
