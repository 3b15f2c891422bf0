from lms.pilotage.models.count import Change, Count, Dimension, Stocktaking
from lms.pilotage.models.export import ListExport
from lms.pilotage.models.line import Line

__all__ = ["Change", "Count", "Dimension", "Line", "ListExport", "Stocktaking"]
