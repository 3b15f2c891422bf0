from .edition import (
    Edition,
    EditionActivity,
    EditionDocument,
    EditionImage,
    FrozenMedium,
    ImmutableEdition,
)
from .loaded import LoadedMedium, LoadedPage
from .pages import CataloguePage, LibraryPage, ModulePage, ParcoursModule, ParcoursPage

__all__ = [
    "CataloguePage",
    "Edition",
    "EditionActivity",
    "EditionDocument",
    "EditionImage",
    "FrozenMedium",
    "ImmutableEdition",
    "LibraryPage",
    "LoadedMedium",
    "LoadedPage",
    "ModulePage",
    "ParcoursModule",
    "ParcoursPage",
]
