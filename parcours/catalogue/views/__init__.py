from parcours.catalogue.views.media import medium
from parcours.catalogue.views.seances import seance, seances, sheets

__all__ = ["medium", "seance", "seances", "sheets"]
