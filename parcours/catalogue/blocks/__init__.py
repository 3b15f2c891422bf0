from parcours.catalogue.blocks.etapes import (
    PLAIN_FEATURES,
    ContenuBlock,
    EtapeBlock,
    EtapesBlock,
    faults_of_headings,
    faults_of_series,
)
from parcours.catalogue.blocks.seances import FichesBlock, SequencesBlock

__all__ = [
    "PLAIN_FEATURES",
    "ContenuBlock",
    "EtapeBlock",
    "EtapesBlock",
    "FichesBlock",
    "SequencesBlock",
    "faults_of_headings",
    "faults_of_series",
]
