from lms.pilotage.views.board import board, breakdown, definitions, table
from lms.pilotage.views.lists import export, export_file, listing, order_export

__all__ = ["board", "breakdown", "definitions", "export", "export_file", "listing", "order_export", "table"]
