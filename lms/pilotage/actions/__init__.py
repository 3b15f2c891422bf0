from lms.pilotage.actions.checking import check
from lms.pilotage.actions.exporting import note_export, order_export
from lms.pilotage.actions.folding import fold
from lms.pilotage.actions.objectives import set_objectives
from lms.pilotage.actions.recounting import recount, recount_campagne

__all__ = [
    "check",
    "fold",
    "note_export",
    "order_export",
    "recount",
    "recount_campagne",
    "set_objectives",
]
