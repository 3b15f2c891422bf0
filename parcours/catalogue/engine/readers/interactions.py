"""Blocks where one does something."""

from parcours.catalogue.engine import header
from parcours.catalogue.engine.fences import Block
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.readers.place import Place
from parcours.catalogue.engine.typography import french

EXERCICE = {"id": Field(header.slug), "minutes": Field(header.integer, default=1)}
LIEN = {
    "type": Field(header.one_of("pix", "lien")),
    "titre": Field(header.text),
    "adresse": Field(header.raw, required=False),
}


def exercice(place: Place, block: Block) -> None:
    parts = block.parts()
    if len(parts) != 3:
        sentence = "un exercice a trois parties séparées par « --- » : id et minutes, consigne, repères."
        place.source.say(block.line, sentence)
        return
    values = place.take(block, EXERCICE, parts[0])
    place.titled(block)
    value = {
        "title": french(block.title),
        "minutes": values["minutes"],
        "instructions": place.passage(parts[1], block.line, "la consigne"),
        "answer": place.passage(parts[2], block.line, "les repères"),
    }
    place.add("exercice", value, values["id"])


def lien(place: Place, block: Block) -> None:
    values = place.take(block, LIEN, block.parts()[0])
    if values["type"] == "lien" and not values["adresse"].startswith("https://"):
        place.source.say(block.line, "« adresse » doit commencer par https://.")
    text = place.after_ruler(block, "le texte")
    place.heading(block.line)
    value = {"kind": values["type"], "title": values["titre"], "url": values["adresse"], "text": text}
    place.add("lien", value)


def questions(place: Place, block: Block) -> None:
    name = place.take(block, {"serie": Field(header.slug)})["serie"]
    if not name:
        return
    if name not in place.series:
        file = f"questions/{place.source.stem}.yaml"
        place.source.say(block.line, f"la série « {name} » n’est pas dans {file}.")
        return
    if name in place.used:
        place.source.say(block.line, f"la série « {name} » est déjà montrée plus haut.")
    place.used.add(name)
    serie = place.series[name]
    place.heading(block.line)
    place.add("questions", {**serie.value, "questions": [question["block"] for question in serie.questions]}, name)
