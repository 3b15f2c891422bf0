"""Blocks where one does something."""

from parcours.catalogue.engine import dialogue as dialogues
from parcours.catalogue.engine import header
from parcours.catalogue.engine.fences import Block, Lines
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.readers.place import Place
from parcours.catalogue.engine.typography import french

EXERCICE = {"id": Field(header.slug), "minutes": Field(header.integer, default=1)}
LIEN = {
    "type": Field(header.one_of("pix", "lien")),
    "titre": Field(header.text),
    "adresse": Field(header.raw, required=False),
}
DIALOGUE = {
    "id": Field(header.slug, required=False),
    "situation": Field(header.text),
    "personne": Field(header.text, required=False, default="La personne"),
}
REPLICA = {"replique": Field(header.slug), "dit": Field(header.text)}
REPLY = {"reponse": Field(header.text), "retour": Field(header.text), "suite": Field(header.slug)}


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
    equal = block.parts()[2] if len(block.parts()) > 2 else []
    place.heading(block.line)
    value = {
        "kind": values["type"],
        "title": values["titre"],
        "url": values["adresse"],
        "text": text,
        "equivalent": place.passage(equal, block.line, "l’équivalent accessible, après une seconde ligne « --- »"),
    }
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


def dialogue(place: Place, block: Block) -> None:
    head, *parts = block.parts()
    values = place.take(block, DIALOGUE, head)
    place.titled(block)
    replicas = [replica(place, block, part) for part in parts]
    value = {
        "title": french(block.title),
        "situation": values["situation"],
        "person": values["personne"],
        "replicas": place.items("dialogue", block.title, replicas),
    }
    if not any(fault.line >= block.line for fault in place.source.faults):
        for rank, sentence in dialogues.faults(dialogues.replicas_of(value)):
            at = parts[rank][0][0] if parts and parts[rank] else block.line
            place.source.say(at, sentence)
    place.add("dialogue", value, values["id"])


def replica(place: Place, block: Block, lines: Lines) -> dict:
    """What the person says, then each reply from its own line « reponse: » on."""
    chunks: list[Lines] = [[]]
    for number, line in lines:
        if line.startswith("reponse"):
            chunks.append([])
        chunks[-1].append((number, line))
    at = Block(block.name, block.title, lines[0][0] if lines else block.line)
    values = place.take(at, REPLICA, chunks[0])
    replies = [reply(place, at, chunk) for chunk in chunks[1:]]
    items = place.items("dialogue", f"{block.title}/{values['replique']}", replies)
    return {"name": values["replique"], "says": values["dit"], "replies": items}


def reply(place: Place, block: Block, lines: Lines) -> dict:
    values = place.take(Block(block.name, block.title, lines[0][0]), REPLY, lines)
    return {"text": values["reponse"], "feedback": values["retour"], "next": values["suite"]}
