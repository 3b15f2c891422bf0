from parcours.catalogue.views.catalogue import catalogue
from parcours.catalogue.views.coverage import matrix
from parcours.catalogue.views.history import as_of, history
from parcours.catalogue.views.media import medium
from parcours.catalogue.views.seances import seance, seances, sheets

__all__ = ["as_of", "catalogue", "history", "matrix", "medium", "seance", "seances", "sheets"]
