"""Why a module cannot be published as it is: one list, for the CMS, the loader and the edition. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from parcours.catalogue.engine import dialogue, durations
from parcours.catalogue.engine.media import is_named, sound_fault

TAG = re.compile(r"<[^>]+>")
HEADING = re.compile(r"<h([23])[^>]*>(.*?)</h", re.DOTALL)
TITLED = ("marche", "exercice", "lien", "questions", "accordeon", "glossaire", "dialogue")


@dataclass(frozen=True)
class File:
    """What is known of a file chosen in a block: its name, and the first bytes of a sound."""

    name: str
    head: bytes = b""


FileOf = Callable[[str, object], File]
"""(kind: image, document or audio; key in the CMS) → the file."""


@dataclass(frozen=True)
class Fault:
    sentence: str
    where: str = ""
    path: tuple[int, ...] = ()
    """Rank of the étape, then of the block in it, so that the editor shows the fault where it is."""
    may_pass: bool = False
    """A reviewer may publish despite it, and say why. Hours are never given that way: they are earned."""

    def __str__(self):
        return f"{self.where} : {self.sentence}" if self.where else self.sentence


def passable(sentence: str) -> Fault:
    return Fault(sentence, may_pass=True)


def module_faults(title: str, etapes: Sequence[Mapping], file_of: FileOf) -> list[Fault]:
    """From the raw CMS content of a module, finished or not."""
    where = f"Module « {title} »"
    if not etapes:
        return [Fault("il n’a pas d’étape ; écrivez-en au moins une.", where)]
    values = [etape["value"] for etape in etapes]
    found = [Fault(sentence, where) for sentence in repeated_addresses(values)]
    for rank, value in enumerate(values):
        here = f"{where}, étape « {value.get('title') or rank + 1} »"
        found += [
            replace(fault, where=here + fault.where, path=(rank, *fault.path)) for fault in of_etape(value, file_of)
        ]
    return found


def repeated_addresses(values: Sequence[Mapping]) -> list[str]:
    slugs = [value.get("slug") for value in values if value.get("slug")]
    repeated = sorted({slug for slug in slugs if slugs.count(slug) > 1})
    return [f"deux étapes ont la même adresse : {', '.join(repeated)}."] if repeated else []


def of_etape(value: Mapping, file_of: FileOf) -> Iterator[Fault]:
    content = value["content"]
    for rank, block in enumerate(content):
        if block["type"] in OF_BLOCK:
            name, found = OF_BLOCK[block["type"]](block["value"], file_of)
            yield from (replace(fault, where=f", {name}", path=(rank,)) for fault in found)
    yield from jumped_heading(content)
    yield from mixed_series(content)
    minutes = value.get("minutes") or 0
    for sentence in durations.faults(minutes, durations.measure(value)):
        yield Fault(sentence)
    if sentence := durations.too_long(minutes):
        yield passable(sentence)


def jumped_heading(content: Sequence[Mapping]) -> Iterator[Fault]:
    """A reader by headings must meet no gap: a level 3 follows a level 2."""
    level = 1
    for rank, block in enumerate(content):
        reached = [(2, "")] if block["type"] in TITLED else []
        if block["type"] == "texte":
            reached = [(int(found), TAG.sub("", text)) for found, text in HEADING.findall(block["value"] or "")]
        for heading, text in reached:
            if heading > level + 1:
                sentence = "il est de niveau 3, sans intertitre de niveau 2 au-dessus de lui ; changez son niveau."
                yield Fault(sentence, f", intertitre « {text} »", (rank,), may_pass=True)
                return
            level = heading


def mixed_series(content: Sequence[Mapping]) -> Iterator[Fault]:
    rules = [block["value"]["rule"] for block in content if block["type"] == "questions"]
    if "score" in rules and len(rules) > 1:
        yield Fault(
            "un quiz noté est la seule série de questions de son étape ; mettez les autres dans une autre étape."
        )


def filled(html: str | None) -> bool:
    return bool(TAG.sub("", html or "").strip())


def of_image(value: Mapping, file_of: FileOf) -> tuple[str, list[Fault]]:
    if not value["image"]:
        return "image", []
    file = file_of("image", value["image"])
    alternative, decorative = (value["alternative"] or "").strip(), value["decorative"]
    found = []
    if not alternative and not decorative:
        found.append(passable("décrivez-la en une phrase, ou cochez « Image décorative » si elle n’apprend rien."))
    if alternative and decorative:
        found.append(Fault("décorative, elle n’a pas de texte de remplacement ; videz-le, ou décochez la case."))
    if is_diagram(file) and not decorative and not filled(value["text_equivalent"]):
        found.append(passable("un schéma est donné aussi en texte ; écrivez tout ce qu’il montre."))
    return f"image « {file.name} »", found


def is_diagram(file: File) -> bool:
    return file.name.lower().endswith(".svg")


def of_video(value: Mapping, file_of: FileOf) -> tuple[str, list[Fault]]:
    found = []
    if value["video"] and not is_named(file_of("document", value["video"]).name, "video"):
        found.append(Fault("le film doit être un fichier mp4 ou webm."))
    if not value["captions"]:
        found.append(passable("ajoutez ses sous-titres (fichier vtt)."))
    elif not is_named(file_of("document", value["captions"]).name, "captions"):
        found.append(Fault("les sous-titres doivent être un fichier vtt."))
    if not filled(value["transcript"]):
        found.append(passable("écrivez sa transcription complète."))
    return f"vidéo « {value['title'] or ''} »", found


def of_audio(value: Mapping, file_of: FileOf) -> tuple[str, list[Fault]]:
    found = []
    if value["audio"]:
        file = file_of("audio", value["audio"])
        if sentence := sound_fault(file.name, file.head):
            found.append(Fault(sentence))
    if not filled(value["transcript"]):
        found.append(passable("écrivez sa transcription complète."))
    return f"son « {value['title'] or ''} »", found


def of_lien(value: Mapping, file_of: FileOf) -> tuple[str, list[Fault]]:
    url, found = value["url"] or "", []
    if value["kind"] == "lien" and not url:
        found.append(Fault("donnez l’adresse du site."))
    if url and not url.startswith("https://"):
        found.append(Fault("son adresse doit commencer par https://."))
    if not filled(value.get("equivalent")):
        sentence = "écrivez son équivalent accessible ; comment faire la même chose sans ce site."
        found.append(passable(sentence))
    return f"lien externe « {value['title'] or ''} »", found


def of_citation(value: Mapping, file_of: FileOf) -> tuple[str, list[Fault]]:
    url = value["url"] or ""
    found = [Fault("son adresse doit commencer par https://.")] if url and not url.startswith("https://") else []
    return f"citation « {value['source'] or ''} »", found


def of_dialogue(value: Mapping, file_of: FileOf) -> tuple[str, list[Fault]]:
    sentences = [sentence for _, sentence in dialogue.faults(dialogue.replicas_of(value))]
    return f"dialogue « {value['title'] or ''} »", [Fault(sentence) for sentence in sentences]


OF_BLOCK = {
    "image": of_image,
    "video": of_video,
    "audio": of_audio,
    "lien": of_lien,
    "citation": of_citation,
    "dialogue": of_dialogue,
}
