from parcours.emargement.documents.held import held_of, mine_of
from parcours.emargement.documents.hours import HalfDayHours, Hours, hours_of
from parcours.emargement.documents.register import Line, SheetRows, attendance_rows, sheets_of
from parcours.emargement.documents.statements import Statement, countersign_of, statement_of

__all__ = [
    "HalfDayHours",
    "Hours",
    "Line",
    "SheetRows",
    "Statement",
    "attendance_rows",
    "countersign_of",
    "held_of",
    "hours_of",
    "mine_of",
    "sheets_of",
    "statement_of",
]
