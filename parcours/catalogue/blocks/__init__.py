from parcours.catalogue.blocks.etapes import ContenuBlock, EtapeBlock, EtapesBlock
from parcours.catalogue.blocks.seances import FichesBlock, SequencesBlock
from parcours.catalogue.blocks.textes import PLAIN_FEATURES, TEXT_FEATURES

__all__ = [
    "PLAIN_FEATURES",
    "TEXT_FEATURES",
    "ContenuBlock",
    "EtapeBlock",
    "EtapesBlock",
    "FichesBlock",
    "SequencesBlock",
]
