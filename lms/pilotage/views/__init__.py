from lms.pilotage.views.board import board, breakdown, definitions, table
from lms.pilotage.views.lists import export, export_file, listing, order_export, write_again

__all__ = [
    "board",
    "breakdown",
    "definitions",
    "export",
    "export_file",
    "listing",
    "order_export",
    "table",
    "write_again",
]
