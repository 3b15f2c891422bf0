"""A parcours file: what the public must know of it, and the modules and half-days it lists."""

from dataclasses import dataclass

from parcours.catalogue.engine import header
from parcours.catalogue.engine.fences import Text, front_matter, split
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.markdown import to_html
from parcours.catalogue.engine.source import Source

MODALITIES = ("a-distance", "presentiel", "mixte")
OPENINGS = ("en-ligne", "session", "fermee")
HEADER = {
    "type": Field(header.one_of("parcours")),
    "id": Field(header.slug),
    "titre": Field(header.text),
    "slug": Field(header.slug),
    "resume": Field(header.text),
    "minutes": Field(header.integer, default=0),
    "modalite": Field(header.one_of(*MODALITIES), required=False, default="a-distance"),
    "habilitation": Field(header.yes, required=False, default=False),
    "nature": Field(header.text, required=False, default="Action de formation"),
    "famille": Field(header.slug, required=False),
    "version": Field(header.text, required=False),
    "en_vigueur_depuis": Field(header.day, required=False, default=None),
    "en_vigueur_jusqu": Field(header.day, required=False, default=None),
    "inscription": Field(header.one_of(*OPENINGS), required=False, default="en-ligne"),
    "qui_suit": Field(header.text, required=False),
    "qui_s_inscrit": Field(header.text, required=False),
    "qui_est_habilite": Field(header.text, required=False),
    "metiers": Field(header.words, required=False, default=[]),
    "themes": Field(header.words, required=False, default=[]),
    "modules": Field(header.words, required=False, default=[]),
    "seances": Field(header.words, required=False, default=[]),
    "public": Field(header.text),
    "prerequis": Field(header.text),
    "objectifs": Field(header.items, default=[]),
    "modalites": Field(header.text),
    "delais_acces": Field(header.text),
    "tarif": Field(header.text),
    "contact": Field(header.text),
    "methodes": Field(header.text),
    "evaluation": Field(header.text),
    "accessibilite": Field(header.text),
    "handicap": Field(header.text, required=False),
    "programme": Field(header.text, required=False),
}
LISTED = {
    "modules": "le module",
    "seances": "la demi-journée",
    "metiers": "le métier",
    "themes": "le thème",
}
"""What a parcours names by a list of codes, and how a code of it is called."""


@dataclass
class Parcours:
    source: Source
    values: dict
    presentation: str
    lines: dict[str, int]
    """Line of each key of the header."""

    @property
    def id(self) -> str:
        return self.values["id"]

    def say(self, key: str, sentence: str) -> None:
        """What is wrong with the value of this key, at its line."""
        self.source.say(self.lines.get(key, 1), sentence)


def parse_parcours(source: Source) -> Parcours | None:
    head, body = front_matter(source)
    if not head:
        return None
    entries = header.parse(source, head)
    values = header.take(source, entries, HEADER, 1)
    presentation = ""
    for piece in split(source, body):
        if isinstance(piece, Text):
            presentation += to_html(source, piece.lines, titles=True)
        else:
            source.say(piece.line, "la présentation d’un parcours est du texte, avec des titres « ## ».")
    parcours = Parcours(source, values, presentation, {key: entry.line for key, entry in entries.items()})
    check(parcours)
    return parcours


def check(parcours: Parcours) -> None:
    values = parcours.values
    for key, called in LISTED.items():
        for name in sorted({name for name in values[key] if values[key].count(name) > 1}):
            parcours.say(key, f"{called} « {name} » est cité deux fois.")
    if values["inscription"] != "fermee" and not values["modules"] and not values["seances"]:
        parcours.say("modules", "ce parcours ne cite ni module ni demi-journée : il manque « modules » ou « seances ».")
    since, until = values["en_vigueur_depuis"], values["en_vigueur_jusqu"]
    if since and until and until < since:
        parcours.say("en_vigueur_jusqu", "un programme ne finit pas avant d’avoir commencé.")


def minutes_fault(announced: int, online: int, live: int) -> str | None:
    """Why a parcours may not announce these minutes: they are those of its étapes and of its half-days."""
    total = online + live
    if announced == total:
        return None
    parts = "les étapes font" if not live else f"les étapes ({online} min) et les demi-journées ({live} min) font"
    if not online and live:
        parts = "les demi-journées font"
    told = f"La durée annoncée est de {announced} min, et {parts} {total} min en tout : "
    if announced > total:
        return told + f"il manque {announced - total} min. Annoncez {total} min, ou ajoutez des étapes."
    return told + f"annoncez {total} min."
