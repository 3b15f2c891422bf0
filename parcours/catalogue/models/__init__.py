from .competence import Competence
from .edition import (
    Edition,
    EditionActivity,
    EditionDocument,
    EditionImage,
    FrozenMedium,
    ImmutableEdition,
)
from .exception import PublicationException
from .facet import Facet
from .loaded import LoadedMedium, LoadedPage
from .pages import CataloguePage, LibraryPage, ModulePage, Opening, ParcoursModule, ParcoursPage
from .seance import ParcoursSeance, SeancePage

__all__ = [
    "CataloguePage",
    "Competence",
    "Edition",
    "EditionActivity",
    "EditionDocument",
    "EditionImage",
    "Facet",
    "FrozenMedium",
    "ImmutableEdition",
    "LibraryPage",
    "LoadedMedium",
    "LoadedPage",
    "ModulePage",
    "Opening",
    "ParcoursModule",
    "ParcoursPage",
    "ParcoursSeance",
    "PublicationException",
    "SeancePage",
]
