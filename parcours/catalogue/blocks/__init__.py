from parcours.catalogue.blocks.competences import UNKNOWN, CompetenceBoxes, by_domain
from parcours.catalogue.blocks.etapes import ContenuBlock, EtapeBlock, EtapesBlock
from parcours.catalogue.blocks.reprises import QuestionsDuModuleBlock
from parcours.catalogue.blocks.seances import FichesBlock, SequencesBlock
from parcours.catalogue.blocks.textes import PLAIN_FEATURES, TEXT_FEATURES

__all__ = [
    "PLAIN_FEATURES",
    "TEXT_FEATURES",
    "UNKNOWN",
    "CompetenceBoxes",
    "ContenuBlock",
    "EtapeBlock",
    "EtapesBlock",
    "FichesBlock",
    "QuestionsDuModuleBlock",
    "SequencesBlock",
    "by_domain",
]
