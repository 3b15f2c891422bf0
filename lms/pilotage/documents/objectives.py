"""What was reached beside what is expected, place by place; and whether the parts make the whole."""

from dataclasses import replace

from lms.kernel.formats import date_short, number, percent
from lms.organisations.models import Departement, Region
from lms.organisations.models.organisation import match_key
from lms.pilotage.documents.tables import Cell, Row, Table
from lms.pilotage.engine import registry
from lms.pilotage.models.objectives import Grain, dated_since, objectives_of

GRAIN_OF_AXIS = {"region": Grain.REGION, "departement": Grain.DEPARTEMENT}
NOTHING = Cell("–", "")
HEADINGS = ["Objectif", "Part de l’objectif"]
NONE = {
    Grain.REGION: "Aucun objectif n’est donné par région pour cette campagne : l’ANCT les donne dans « Campagnes ».",
    Grain.DEPARTEMENT: "Aucun objectif n’est donné par département pour cette campagne.",
}
NAMES = {Grain.REGION: "régions", Grain.DEPARTEMENT: "départements"}


def with_objectives(table: Table, reader, axis, columns) -> Table:
    """Two columns more, where objectives are given for these places and the figure of the campagne is shown."""
    objectives = objectives_of(reader.campagne, GRAIN_OF_AXIS[axis.code]) if axis.code in GRAIN_OF_AXIS else {}
    goal = registry.goal()
    if not objectives or goal not in columns:
        return table
    codes, rank = list(axis.labels(reader, ())), columns.index(goal)
    given = [objectives.get(code, 0) for code in codes]
    given += [0] * (len(table.rows) - len(given) - 1) + [sum(given)]
    rows = [
        Row(row.label, [*row.cells, *_beside(row.cells[rank], objective)])
        for row, objective in zip(table.rows, given, strict=True)
    ]
    return replace(table, headings=[*table.headings, *HEADINGS], rows=rows)


def _beside(reached: Cell, objective: int) -> list[Cell]:
    if not objective:
        return [NOTHING, NOTHING]
    said = percent(reached.value, objective) if reached.value != "" else "masqué"
    return [Cell(number(objective), objective), Cell(said, said)]


def none_given(reader, grain) -> str:
    """The sentence that says that there is none; nothing when there is, or when no campagne is read."""
    return "" if reader.campagne is None or objectives_of(reader.campagne, grain) else NONE[grain]


def listed(campagne, grain) -> list[tuple[str, int]]:
    """Each place that has an objective, and its number."""
    objectives = objectives_of(campagne, grain)
    return [(str(place), objectives[place.pk]) for place in places_of(grain) if place.pk in objectives]


def places_of(grain):
    if grain == Grain.REGION:
        return sorted(Region.objects.all(), key=lambda one: match_key(one.name))
    return list(Departement.objects.select_related("region").order_by("code"))


def summed(campagne, grain) -> str:
    """« Les régions font 19 500, soit 500 de moins que l’objectif national de 20 000. »"""
    objectives = objectives_of(campagne, grain)
    if not objectives:
        return ""
    total = sum(objectives.values())
    since = dated_since(grain)
    dated = f", depuis le {date_short(since)}" if since else ""
    return f"Les {NAMES[grain]} font ensemble {number(total)}{dated}. {_compared(total, campagne.objective)}"


def _compared(total, objective):
    if total == objective:
        return "C’est l’objectif national."
    gap, side = abs(total - objective), "de plus" if total > objective else "de moins"
    return f"L’objectif national est de {number(objective)} : il y a {number(gap)} {side}. Corrigez l’un ou l’autre."


def regions_that_differ(campagne) -> list[str]:
    """The régions whose départements do not make what is expected of them."""
    regional, departmental = (objectives_of(campagne, grain) for grain in Grain)
    totals, known = {}, {}
    for one in places_of(Grain.DEPARTEMENT):
        if one.pk in departmental:
            totals[one.region_id] = totals.get(one.region_id, 0) + departmental[one.pk]
            known[one.region_id] = one.region
    return [
        f"{known[code]} : {number(total)} par département, {number(regional[code])} pour la région."
        for code, total in totals.items()
        if code in regional and regional[code] != total
    ]
