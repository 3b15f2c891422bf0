"""avancement-20000.csv (domain reference § 8.6): the figures of the board, by département and type of structure.

Each person counts once, as on the board: a column has the same sum there. An objective is given for a place, whatever
the types: it comes back on each line of its département, or of its région when only régions have one.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils import timezone

from lms.organisations.models import StructureType
from lms.pilotage.documents.figures import campagne_named, campagnes, territory_of
from lms.pilotage.engine import registry
from lms.pilotage.models import Line
from lms.pilotage.models.objectives import Grain, objectives_of

COLUMNS = (
    *("vague", "code_region", "region", "code_departement", "departement", "type_structure"),
    *("nb_structures_eligibles", "nb_inscrits", "nb_formes", "nb_tests_pix", "nb_habilites", "nb_operationnels"),
    *("objectif", "date_extraction"),
)


@dataclass
class Place:
    """One département and one type of structure, either of which may be unknown."""

    departement: object
    wave: str
    type_label: str
    structures: int = 0
    people: list = field(default_factory=list)
    objective: int | None = None


def places_of(person) -> list[Place]:
    """For the campagne in progress: everywhere somebody, or some structure, counts."""
    campagne = campagne_named("", campagnes())
    territory = territory_of(person, campagne)
    lines = Line.objects.visible_to(person).reached(campagne=campagne)
    counts, structures = _people(lines), _structures(lines)
    labels = {one.pk: str(one) for one in StructureType.objects.all()}
    objectives = {grain: objectives_of(campagne, grain) for grain in Grain}
    found = []
    for code, kind in sorted({*counts, *structures}, key=lambda pair: (pair[0] or "", labels.get(pair[1], ""))):
        one = Place(territory.places.get(code), territory.wave_of(code or ""), labels.get(kind, ""))
        one.structures = structures[code, kind]
        one.people = [counts[code, kind][step.code] for step in _steps()]
        one.objective = _objective(one.departement, objectives)
        found.append(one)
    return found


def _steps():
    """From « Inscrits » to « Opérationnels »: eligibility is counted in structures."""
    return registry.funnel(registry.PEOPLE)[1:]


def _people(lines) -> dict:
    counts = defaultdict(Counter)
    found = lines.filter(indicator__in=[one.code for one in _steps()]).order_by()
    for code, kind, indicator, total in found.values_list("departement", "structure_type", "indicator").annotate(
        Count("pk")
    ):
        counts[code, kind][indicator] = total
    return counts


def _structures(lines) -> Counter:
    eligible = lines.filter(indicator=registry.funnel(registry.HABILITATIONS)[0].code).order_by()
    rows = eligible.values_list("departement", "structure_type").annotate(Count("organisation", distinct=True))
    return Counter({(code, kind): total for code, kind, total in rows})


def _objective(departement, objectives):
    if departement is None:
        return None
    own = objectives[Grain.DEPARTEMENT].get(departement.pk)
    return own or objectives[Grain.REGION].get(departement.region_id)


def rows(places):
    today = timezone.localdate()
    for one in places:
        where = one.departement
        region = where.region if where else None
        yield (
            *(one.wave, region.pk if region else "", region.name if region else ""),
            *(where.pk if where else "", where.name if where else "", one.type_label),
            *(one.structures, *one.people, one.objective, today),
        )
