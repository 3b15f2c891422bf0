"""How each block of a text file is read, by its name in the file."""

from parcours.catalogue.engine.readers import interactions, medias, textes
from parcours.catalogue.engine.readers.place import Etape, Place

__all__ = ["READERS", "Etape", "Place"]

READERS = {
    "encadre": textes.encadre,
    "marche": textes.marche,
    "exercice": interactions.exercice,
    "image": medias.image,
    "document": medias.document,
    "video": medias.video,
    "lien-externe": interactions.lien,
    "audio": medias.audio,
    "accordeon": textes.accordeon,
    "citation": textes.citation,
    "glossaire": textes.glossaire,
    "dialogue": interactions.dialogue,
    "questions": interactions.questions,
}
