"""A module file: its header, its étapes, and the raw CMS content they become."""

from dataclasses import dataclass, field

from parcours.catalogue.engine import durations, header
from parcours.catalogue.engine.fences import Block, Lines, Text, Title, front_matter, split
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.ids import stable_id
from parcours.catalogue.engine.markdown import to_html, to_steps
from parcours.catalogue.engine.questions import Serie
from parcours.catalogue.engine.source import Source
from parcours.catalogue.engine.typography import french

HEADER = {
    "type": Field(header.one_of("module")),
    "id": Field(header.slug),
    "titre": Field(header.text),
    "slug": Field(header.slug),
    "resume": Field(header.text),
    "objectifs": Field(header.items, default=[]),
    "competences": Field(header.words, required=False, default=[]),
    "relu_le": Field(header.day, required=False, default=None),
    "a_relire_le": Field(header.day, required=False, default=None),
    "sources": Field(header.items, required=False, default=[]),
}
ETAPE = {
    "id": Field(header.slug),
    "minutes": Field(header.integer, default=1),
    "reflexion": Field(header.integer, required=False, default=0),
    "reflexion_pour": Field(header.text, required=False),
    "duree": Field(header.text, required=False),
}
ESTIMATE = "estimation à vérifier"
CALLOUTS = ("attention", "situation")


@dataclass
class Etape:
    id: str
    line: int
    value: dict
    headings: list[tuple[int, int]] = field(default_factory=list)
    """(line, level) of what reads as a title, to see that none is jumped."""


@dataclass
class Module:
    source: Source
    values: dict
    etapes: list[Etape]
    media: list[tuple[int, str, str]]
    """(line, file, kind) of each image, document, video or captions file it shows."""

    @property
    def id(self) -> str:
        return self.values["id"]

    @property
    def minutes(self) -> int:
        return sum(etape.value["minutes"] for etape in self.etapes)

    @property
    def body(self) -> list[dict]:
        return [
            {"type": "etape", "id": stable_id("module", self.id, "etape", etape.id), "value": etape.value}
            for etape in self.etapes
        ]


def parse_module(source: Source, series: list[Serie]) -> Module | None:
    head, body = front_matter(source)
    if not head:
        return None
    values = header.take(source, header.parse(source, head), HEADER, 1)
    reader = Reader(source, values["id"], {serie.id: serie for serie in series})
    for piece in split(source, body):
        reader.read(piece)
    if not reader.etapes:
        source.say(1, "ce module n’a pas d’étape : un titre « # », puis un bloc « ::: etape ».")
    for etape in reader.etapes:
        check(source, etape)
    for serie in reader.series.values():
        if serie.id and serie.id not in reader.used:
            source.say(1, f"la série de questions « {serie.id} » n’est montrée par aucune étape.")
    return Module(source, values, reader.etapes, reader.media)


def check(source: Source, etape: Etape) -> None:
    for sentence in durations.faults(etape.value["minutes"], durations.measure(etape.value)):
        source.say(etape.line, f"étape « {etape.id} » : {sentence}")
    level = 1
    for line, reached in etape.headings:
        if reached > level + 1:
            source.say(line, "un intertitre « ### » sans « ## » au-dessus de lui.")
        level = reached
    rules = [block["value"]["rule"] for block in etape.value["content"] if block["type"] == "questions"]
    if "score" in rules and len(rules) > 1:
        source.say(etape.line, f"étape « {etape.id} » : un quiz noté est la seule série de son étape.")
    if not etape.value["content"]:
        source.say(etape.line, f"étape « {etape.id} » : elle est vide.")


def read_encadre(source: Source, block: Block) -> dict:
    """`::: encadre [attention|situation] Titre`; without a kind, what is to be remembered."""
    first, _, rest = block.title.partition(" ")
    kind, title = (first, rest) if first in CALLOUTS else ("retenir", block.title)
    text = to_html(source, block.lines)
    if not text:
        source.say(block.line, "cet encadré est vide.")
    return {"kind": kind, "title": french(title.strip()), "text": text}


class Reader:
    """Reads the pieces of a module in order; each block name has its method."""

    def __init__(self, source: Source, module: str, series: dict[str, Serie]):
        self.source, self.module, self.series = source, module, series
        self.etapes: list[Etape] = []
        self.media: list[tuple[int, str, str]] = []
        self.used: set[str] = set()
        self.title: Title | None = None
        self.etape: Etape | None = None
        self.is_lost = False

    def read(self, piece) -> None:
        if isinstance(piece, Title):
            self.title, self.etape, self.is_lost = piece, None, False
        elif isinstance(piece, Block) and piece.name == "etape":
            self.open(piece)
        elif self.etape is None:
            self.stray(piece.line)
        elif isinstance(piece, Text):
            self.text(piece)
        else:
            self.block(piece)

    def stray(self, line: int) -> None:
        """Said once: what follows is lost for the same reason."""
        if not self.is_lost:
            self.source.say(line, "ce passage n’est dans aucune étape : un titre « # », puis « ::: etape ».")
        self.is_lost = True

    def open(self, block: Block) -> None:
        if self.title is None or self.etape is not None:
            self.source.say(block.line, "« ::: etape » suit un titre « # », une fois par étape.")
            return
        values = self.take(block, ETAPE)
        if any(etape.id == values["id"] for etape in self.etapes):
            self.source.say(block.line, f"l’id d’étape « {values['id']} » est déjà pris plus haut.")
        if values["duree"] and values["duree"] != ESTIMATE:
            self.source.say(block.line, f"« duree » ne peut valoir que « {ESTIMATE} ».")
        value = {
            "title": french(self.title.text),
            "slug": values["id"],
            "minutes": values["minutes"],
            "reflection": values["reflexion"],
            "reflection_reason": values["reflexion_pour"],
            "estimate": values["duree"] == ESTIMATE,
            "content": [],
        }
        self.etape = Etape(values["id"], block.line, value)
        self.etapes.append(self.etape)

    def take(self, block: Block, fields: dict, lines: Lines | None = None) -> dict:
        entries = header.parse(self.source, block.lines if lines is None else lines)
        return header.take(self.source, entries, fields, block.line)

    def add(self, kind: str, value, name: str = "") -> None:
        """Without a name of its own, a block is known by its rank among those of its kind."""
        content = self.etape.value["content"]
        rank = name or str(1 + sum(1 for block in content if block["type"] == kind))
        block_id = stable_id("module", self.module, "etape", self.etape.id, kind, rank)
        if any(block["id"] == block_id for block in content):
            self.source.say(self.etape.line, f"l’id « {name} » est écrit deux fois dans l’étape.")
        content.append({"type": kind, "id": block_id, "value": value})

    def text(self, piece: Text) -> None:
        for line, content in piece.lines:
            if content.startswith(("## ", "### ")):
                self.etape.headings.append((line, content.index(" ")))
        self.add("texte", to_html(self.source, piece.lines, titles=True))

    def block(self, block: Block) -> None:
        known = {
            "encadre": self.encadre,
            "marche": self.marche,
            "exercice": self.exercice,
            "image": self.image,
            "document": self.document,
            "video": self.video,
            "lien-externe": self.lien,
            "questions": self.questions,
        }
        if block.name in known:
            known[block.name](block)
        else:
            names = ", ".join(known)
            self.source.say(block.line, f"le bloc « {block.name} » n’existe pas ; les blocs possibles sont : {names}.")

    def encadre(self, block: Block) -> None:
        self.add("encadre", read_encadre(self.source, block))

    def marche(self, block: Block) -> None:
        steps = to_steps(self.source, block.lines, block.line)
        path = ("module", self.module, "etape", self.etape.id, "marche", block.title)
        items = [
            {"type": "item", "id": stable_id(*path, str(rank)), "value": step}
            for rank, step in enumerate(steps, start=1)
        ]
        self.titled(block)
        self.add("marche", {"title": french(block.title), "steps": items})

    def titled(self, block: Block) -> None:
        if not block.title:
            self.source.say(block.line, f"il manque un titre : « ::: {block.name} Titre ».")
        self.etape.headings.append((block.line, 2))

    def exercice(self, block: Block) -> None:
        parts = block.parts()
        if len(parts) != 3:
            sentence = "un exercice a trois parties séparées par « --- » : id et minutes, consigne, repères."
            self.source.say(block.line, sentence)
            return
        values = self.take(block, {"id": Field(header.slug), "minutes": Field(header.integer, default=1)}, parts[0])
        self.titled(block)
        value = {
            "title": french(block.title),
            "minutes": values["minutes"],
            "instructions": self.passage(parts[1], block.line, "la consigne"),
            "answer": self.passage(parts[2], block.line, "les repères"),
        }
        self.add("exercice", value, values["id"])

    def passage(self, lines: Lines, at: int, what: str) -> str:
        html = to_html(self.source, lines)
        if not html:
            self.source.say(at, f"il manque {what}.")
        return html

    def image(self, block: Block) -> None:
        fields = {
            "fichier": Field(header.raw),
            "alternative": Field(header.text, required=False),
            "decorative": Field(header.yes, required=False, default=False),
            "legende": Field(header.text, required=False),
        }
        head, *rest = block.parts()
        values = self.take(block, fields, head)
        text = to_html(self.source, rest[0]) if rest else ""
        if not values["alternative"] and not values["decorative"]:
            self.source.say(block.line, "il manque « alternative » (ou « decorative: oui »).")
        if values["alternative"] and values["decorative"]:
            self.source.say(block.line, "une image décorative n’a pas d’« alternative ».")
        if values["fichier"].endswith(".svg") and not values["decorative"] and not text:
            self.source.say(block.line, "un schéma demande le même contenu en texte, après une ligne « --- ».")
        value = {
            "image": self.medium(block, values["fichier"], "image"),
            "alternative": values["alternative"],
            "decorative": values["decorative"],
            "caption": values["legende"],
            "text_equivalent": text,
        }
        self.add("image", value)

    def medium(self, block: Block, name: str, kind: str) -> str:
        if name:
            self.media.append((block.line, name, kind))
        return name

    def document(self, block: Block) -> None:
        values = self.take(block, {"fichier": Field(header.raw), "titre": Field(header.text)})
        self.add("document", {"document": self.medium(block, values["fichier"], "document"), "title": values["titre"]})

    def video(self, block: Block) -> None:
        fields = {
            "fichier": Field(header.raw),
            "sous_titres": Field(header.raw),
            "minutes": Field(header.integer, default=1),
            "titre": Field(header.text),
        }
        head, *rest = block.parts()
        values = self.take(block, fields, head)
        value = {
            "title": values["titre"],
            "video": self.medium(block, values["fichier"], "video"),
            "captions": self.medium(block, values["sous_titres"], "captions"),
            "minutes": values["minutes"],
            "transcript": self.passage(
                rest[0] if rest else [], block.line, "la transcription, après une ligne « --- »"
            ),
        }
        self.add("video", value)

    def lien(self, block: Block) -> None:
        fields = {
            "type": Field(header.one_of("pix", "lien")),
            "titre": Field(header.text),
            "adresse": Field(header.raw, required=False),
        }
        head, *rest = block.parts()
        values = self.take(block, fields, head)
        if values["type"] == "lien" and not values["adresse"].startswith("https://"):
            self.source.say(block.line, "« adresse » doit commencer par https://.")
        text = self.passage(rest[0] if rest else [], block.line, "le texte, après une ligne « --- »")
        value = {"kind": values["type"], "title": values["titre"], "url": values["adresse"], "text": text}
        self.etape.headings.append((block.line, 2))
        self.add("lien", value)

    def questions(self, block: Block) -> None:
        name = self.take(block, {"serie": Field(header.slug)})["serie"]
        if not name:
            return
        if name not in self.series:
            file = f"questions/{self.source.stem}.yaml"
            self.source.say(block.line, f"la série « {name} » n’est pas dans {file}.")
            return
        if name in self.used:
            self.source.say(block.line, f"la série « {name} » est déjà montrée plus haut.")
        self.used.add(name)
        serie = self.series[name]
        self.etape.headings.append((block.line, 2))
        blocks = [question["block"] for question in serie.questions]
        self.add("questions", {**serie.value, "questions": blocks}, name)
