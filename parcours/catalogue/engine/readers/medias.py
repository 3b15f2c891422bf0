"""Blocks that show a file."""

from parcours.catalogue.engine import header
from parcours.catalogue.engine.fences import Block
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.markdown import to_html
from parcours.catalogue.engine.readers.place import Place

IMAGE = {
    "fichier": Field(header.raw),
    "alternative": Field(header.text, required=False),
    "decorative": Field(header.yes, required=False, default=False),
    "legende": Field(header.text, required=False),
}
DOCUMENT = {"fichier": Field(header.raw), "titre": Field(header.text)}
VIDEO = {
    "fichier": Field(header.raw),
    "sous_titres": Field(header.raw),
    "minutes": Field(header.integer, default=1),
    "titre": Field(header.text),
}
AUDIO = {
    "fichier": Field(header.raw),
    "minutes": Field(header.integer, default=1),
    "titre": Field(header.text),
}


def image(place: Place, block: Block) -> None:
    head, *rest = block.parts()
    values = place.take(block, IMAGE, head)
    text = to_html(place.source, rest[0]) if rest else ""
    if not values["alternative"] and not values["decorative"]:
        place.source.say(block.line, "il manque « alternative » (ou « decorative: oui »).")
    if values["alternative"] and values["decorative"]:
        place.source.say(block.line, "une image décorative n’a pas d’« alternative ».")
    if values["fichier"].endswith(".svg") and not values["decorative"] and not text:
        place.source.say(block.line, "un schéma demande le même contenu en texte, après une ligne « --- ».")
    value = {
        "image": place.medium(block, values["fichier"], "image"),
        "alternative": values["alternative"],
        "decorative": values["decorative"],
        "caption": values["legende"],
        "text_equivalent": text,
    }
    place.add("image", value)


def document(place: Place, block: Block) -> None:
    values = place.take(block, DOCUMENT)
    file = place.medium(block, values["fichier"], "document")
    place.add("document", {"document": file, "title": values["titre"]})


def video(place: Place, block: Block) -> None:
    values = place.take(block, VIDEO, block.parts()[0])
    value = {
        "title": values["titre"],
        "video": place.medium(block, values["fichier"], "video"),
        "captions": place.medium(block, values["sous_titres"], "captions"),
        "minutes": values["minutes"],
        "transcript": place.after_ruler(block, "la transcription"),
    }
    place.add("video", value)


def audio(place: Place, block: Block) -> None:
    values = place.take(block, AUDIO, block.parts()[0])
    value = {
        "title": values["titre"],
        "audio": place.medium(block, values["fichier"], "audio"),
        "minutes": values["minutes"],
        "transcript": place.after_ruler(block, "la transcription"),
    }
    place.add("audio", value)
