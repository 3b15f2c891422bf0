"""From a table to the people it names."""

from collections.abc import Iterator

from lms.kernel.tables import Layout, Row, Table, Unreadable, heading_key, recognise
from parcours.colleagues.engine.addresses import addresses_in, clean_address
from parcours.colleagues.engine.checking import Entry
from parcours.colleagues.engine.columns import COLUMNS
from parcours.colleagues.engine.names import TITLE, cut_name, without_bullet

NO_ADDRESS = (
    "Aucune colonne ne contient d’adresses e-mail. Il en faut une par personne : "
    "ajoutez une colonne « Adresse e-mail », puis réessayez."
)
LONGEST_KEPT = 1_000


def entries_of(table: Table) -> tuple[list[tuple[str, str]], Iterator[Entry]]:
    """How the table was read, in pairs to show, and its people. Raises Unreadable when no column holds addresses."""
    layout, rows = recognise(table.rows, COLUMNS)
    if "email" not in layout.positions:
        raise Unreadable(NO_ADDRESS)
    return table.reading + _told(layout), _entries(layout, rows)


def _told(layout: Layout) -> list[tuple[str, str]]:
    told = []
    if layout.headings:
        wanted = [column for column in COLUMNS if layout.heading_of(column.code)]
        told.append(("Colonnes lues", ", ".join(f"« {layout.heading_of(one.code)} »" for one in wanted)))
    if layout.above:
        told.append(("Lignes de titre laissées de côté", ", ".join(str(row.line) for row in layout.above)))
    return told


def _entries(layout, rows) -> Iterator[Entry]:
    """People written above the headings are not lost: they come first, with whatever columns they fill."""
    above = [row for row in layout.above if any("@" in cell for cell in row.cells)]
    last_first = heading_key(layout.heading_of("full_name")).startswith("nom")
    for row in (*above, *rows):
        yield _entry(layout, row, last_first)


def _entry(layout: Layout, row: Row, last_first) -> Entry:
    values = layout.values(row)
    first, last = values.get("first_name", ""), values.get("last_name", "")
    if not {"first_name", "last_name"} <= layout.positions.keys() and values.get("full_name"):
        first, last = cut_name(values["full_name"], last_first=last_first)
    elif not first and len(last.split()) > 1 and "first_name" not in layout.positions:
        first, last = cut_name(last, last_first=True)
    return Entry(
        line=row.line,
        first_name=_bare(first)[:LONGEST_KEPT],
        last_name=_bare(last)[:LONGEST_KEPT],
        email=_address(values["email"])[:LONGEST_KEPT],
        extra=_beside(layout, row)[:LONGEST_KEPT],
    )


def _beside(layout, row) -> str:
    """What no column claims: cells beyond the headings, or addresses that slipped out of their column."""
    if layout.overflows(row):
        return " · ".join(filter(None, row.cells[layout.width :]))
    claimed = layout.positions.values()
    lost = [cell for at, cell in enumerate(row.cells) if "@" in cell and at not in claimed]
    return "" if "@" in layout.values(row)["email"] else " · ".join(lost)


def _bare(name) -> str:
    return TITLE.sub("", without_bullet(name))


def _address(cell) -> str:
    """The address alone, when a name stands around it."""
    found = addresses_in(cell) if "<" in cell else []
    return found[0] if len(found) == 1 else clean_address(cell) if "@" in cell else cell
