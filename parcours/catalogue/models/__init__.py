from .catalogue import CataloguePage
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
from .listing import Listing
from .loaded import LoadedMedium, LoadedPage
from .pages import LibraryPage, ModulePage
from .parcours import Modality, Opening, ParcoursModule, ParcoursPage
from .question import ListedQuestion
from .review import Review
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
    "ListedQuestion",
    "Listing",
    "LoadedMedium",
    "LoadedPage",
    "Modality",
    "ModulePage",
    "Opening",
    "ParcoursModule",
    "ParcoursPage",
    "ParcoursSeance",
    "PublicationException",
    "Review",
    "SeancePage",
]
