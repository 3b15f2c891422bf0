from parcours.catalogue.middleware.refusals import cms_refusals
from parcours.catalogue.middleware.walls import library_walls

__all__ = ["cms_refusals", "library_walls"]
