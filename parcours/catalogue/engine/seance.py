"""A live half-day as a text file: its déroulé, the sheets handed out, the trainer's notes; read, and written back."""

from dataclasses import dataclass, field

from parcours.catalogue.engine import header
from parcours.catalogue.engine.fences import Block, Lines, Text, front_matter, split
from parcours.catalogue.engine.header import Field
from parcours.catalogue.engine.ids import stable_id
from parcours.catalogue.engine.markdown import to_html
from parcours.catalogue.engine.source import Source
from parcours.catalogue.engine.typography import french
from parcours.catalogue.engine.written import NameOf, header_lines, markdown

VARIANTS = ("groupe_de_six", "groupe_de_quatorze", "a_distance", "sans_reseau")
HEADER = {
    "type": Field(header.one_of("seance")),
    "id": Field(header.slug),
    "titre": Field(header.text),
    "slug": Field(header.slug),
    "resume": Field(header.text),
    "minutes": Field(header.integer, default=0),
    "objectifs": Field(header.items, default=[]),
    "competences": Field(header.words, required=False, default=[]),
    "modules": Field(header.words, required=False, default=[]),
    "materiel": Field(header.items, required=False, default=[]),
    **{name: Field(header.text) for name in VARIANTS},
    "relu_le": Field(header.day, required=False, default=None),
    "a_relire_le": Field(header.day, required=False, default=None),
    "sources": Field(header.items, required=False, default=[]),
}
SEQUENCE = {
    "minutes": Field(header.integer, default=0),
    "objectif": Field(header.text),
    "methode": Field(header.text),
    "support": Field(header.text, required=False),
    "fiche": Field(header.text, required=False),
    "evaluation": Field(header.text),
    "competence": Field(header.slug, required=False),
    "materiel": Field(header.text, required=False),
}
SEQUENCE_FIELDS = {
    "minutes": "minutes",
    "objectif": "aim",
    "methode": "method",
    "support": "support",
    "fiche": "exercise",
    "evaluation": "evaluation",
    "competence": "competence",
    "materiel": "material",
}
PAUSE = {"minutes": Field(header.integer, default=0)}
FICHE = {
    "minutes": Field(header.integer, default=0),
    "but": Field(header.text),
    "lignes": Field(header.integer, required=False, default=0),
}
FICHE_FIELDS = {"minutes": "minutes", "but": "purpose", "lignes": "answer_lines"}


@dataclass
class Seance:
    source: Source
    values: dict
    sequences: list[dict] = field(default_factory=list)
    sheets: list[dict] = field(default_factory=list)
    notes: str = ""

    @property
    def id(self) -> str:
        return self.values["id"]

    @property
    def minutes(self) -> int:
        return self.values["minutes"]


def parse_seance(source: Source) -> Seance | None:
    head, body = front_matter(source)
    if not head:
        return None
    entries = header.parse(source, head)
    seance = Seance(source, header.take(source, entries, HEADER, 1))
    for piece in split(source, body):
        read_piece(seance, piece)
    check_minutes(seance, entries["minutes"].line if "minutes" in entries else 1)
    return seance


def read_piece(seance: Seance, piece) -> None:
    source = seance.source
    if isinstance(piece, Text):
        seance.notes += to_html(source, piece.lines, titles=True)
    elif isinstance(piece, Block) and piece.name in READERS:
        into, read = READERS[piece.name]
        lines = getattr(seance, into)
        value = read(source, piece)
        key = stable_id("seance", seance.id, piece.name, str(len(lines)))
        lines.append({"type": piece.name, "id": key, "value": {"title": french(piece.title)} | value})
        if not piece.title:
            source.say(piece.line, "donnez un titre à ce bloc, sur la ligne qui l’ouvre.")
    else:
        source.say(piece.line, "une demi-journée contient des blocs sequence, pause et fiche, et des notes en texte.")


def read_sequence(source: Source, block: Block) -> dict:
    head, trainer, group = parts_of(source, block, 3)
    values = header.take(source, header.parse(source, head), SEQUENCE, block.line)
    return {name: values[key] or "" for key, name in SEQUENCE_FIELDS.items()} | {
        "trainer_does": to_html(source, trainer),
        "group_does": to_html(source, group),
    }


def read_pause(source: Source, block: Block) -> dict:
    return header.take(source, header.parse(source, block.lines), PAUSE, block.line)


def read_fiche(source: Source, block: Block) -> dict:
    head, instructions, answer = parts_of(source, block, 3)
    values = header.take(source, header.parse(source, head), FICHE, block.line)
    return {name: values[key] for key, name in FICHE_FIELDS.items()} | {
        "instructions": to_html(source, instructions),
        "answer": to_html(source, answer),
    }


def parts_of(source: Source, block: Block, wanted: int) -> list[Lines]:
    parts = block.parts()
    if len(parts) != wanted or not all(parts):
        source.say(block.line, f"ce bloc a {wanted} parties séparées par « --- » : ses lignes, puis deux textes.")
    return (parts + [[]] * wanted)[:wanted]


READERS = {
    "sequence": ("sequences", read_sequence),
    "pause": ("sequences", read_pause),
    "fiche": ("sheets", read_fiche),
}


def check_minutes(seance: Seance, line: int) -> None:
    if sentence := minutes_fault(seance.minutes, seance.sequences):
        seance.source.say(line, sentence)
    for sentence in sheet_faults(seance.sequences, seance.sheets):
        seance.source.say(line, sentence)


def minutes_fault(minutes: int, sequences: list[dict]) -> str | None:
    """A déroulé fills its half-day exactly, breaks and margin included."""
    total = sum(line["value"]["minutes"] or 0 for line in sequences)
    if total == minutes:
        return None
    return f"La demi-journée dure {minutes} min et son déroulé fait {total} min, pauses et marge comprises."


def sheet_faults(sequences: list[dict], sheets: list[dict]) -> list[str]:
    known = {sheet["value"]["title"] for sheet in sheets}
    named = [line["value"].get("exercise") or "" for line in sequences if line["type"] == "sequence"]
    return [
        f"Le déroulé cite la fiche « {name} », qui n’existe pas ici." for name in named if name and name not in known
    ]


def seance_lines(values: dict, name_of: NameOf) -> list[str]:
    names = [name for name in HEADER if name not in ("type", "id")]
    lines = header_lines(values, names)
    for block in [*values["sequences"], *values["sheets"]]:
        title, parts = WRITERS[block["type"]](block["value"], name_of)
        lines += ["", f"::: {block['type']} {title}".rstrip()]
        for index, part in enumerate(parts):
            lines += (["---"] if index else []) + part
        lines.append(":::")
    return [*lines, "", *markdown(values["notes"], name_of)]


def written_sequence(value: dict, name_of: NameOf):
    head = {key: value[name] for key, name in SEQUENCE_FIELDS.items()}
    texts = [markdown(value[name], name_of) for name in ("trainer_does", "group_does")]
    return value["title"], [header_lines(head, head), *texts]


def written_pause(value: dict, name_of: NameOf):
    return value["title"], [header_lines({"minutes": value["minutes"]}, PAUSE)]


def written_fiche(value: dict, name_of: NameOf):
    head = {key: value[name] for key, name in FICHE_FIELDS.items()}
    texts = [markdown(value[name], name_of) for name in ("instructions", "answer")]
    return value["title"], [header_lines(head, head), *texts]


WRITERS = {"sequence": written_sequence, "pause": written_pause, "fiche": written_fiche}
