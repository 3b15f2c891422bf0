"""How the minutes of an étape are earned: words read, stated reflection, length of media, exercises tried."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from parcours.assessment.engine import cloze
from parcours.catalogue.engine import dialogue

WORDS_PER_MINUTE = 130
LONGEST_ETAPE = 60
"""What a field of the CMS takes, in minutes."""
TRUE_STOP = 15
"""Minutes after which one needs a true stopping point."""
TAG = re.compile(r"<[^>]+>")
WORD = re.compile(r"\S*\w\S*")
READ_FIELDS = (
    "title",
    "situation",
    "text",
    "steps",
    "sections",
    "terms",
    "instructions",
    "answer",
    "text_equivalent",
    "caption",
)


@dataclass(frozen=True)
class Measure:
    words: int = 0
    reflection: int = 0
    reason: str = ""
    exercises: int = 0
    video: int = 0
    audio: int = 0
    estimate: bool = False

    @property
    def reading(self) -> float:
        return self.words / WORDS_PER_MINUTE

    @property
    def media(self) -> int:
        return self.video + self.audio

    @property
    def earned(self) -> int:
        """Minutes, to the nearest one. The time of the exercises is part of the reflection when that one is longer."""
        return int(self.reading + max(self.reflection, self.exercises) + self.media + 0.5)

    @property
    def basis(self) -> str:
        """How the duration was obtained, as people read it."""
        if self.estimate:
            return "Estimation à vérifier."
        parts = [f"{self.words} mots lus, à {WORDS_PER_MINUTE} par minute"] if self.words else []
        if self.video:
            parts.append(f"{self.video} min de vidéo")
        if self.audio:
            parts.append(f"{self.audio} min d’écoute")
        if self.reflection:
            parts.append(f"{self.reflection} min de réflexion : {self.reason}")
        elif self.exercises:
            parts.append(f"{self.exercises} min d’exercice essayé")
        return "\u00a0; ".join(parts) + "."


def count_words(html: str) -> int:
    return len(WORD.findall(unescape(TAG.sub(" ", html))))


def measure(etape: Mapping) -> Measure:
    """Measure the raw CMS content of an étape: what everybody reads in it, questions included, feedback apart."""
    content = etape["content"]
    return Measure(
        sum(count_words(read(block)) for block in content),
        etape.get("reflection") or 0,
        etape.get("reflection_reason") or "",
        minutes_of(content, "exercice"),
        minutes_of(content, "video"),
        minutes_of(content, "audio"),
        bool(etape.get("estimate")),
    )


def minutes_of(content: list, kind: str) -> int:
    return sum(block["value"]["minutes"] or 0 for block in content if block["type"] == kind)


def read(block: Mapping) -> str:
    """All that is read of a block; of a dialogue, its shortest way to the end."""
    value = block["value"]
    if block["type"] == "texte":
        return value
    texts = [readable(value.get(name)) for name in READ_FIELDS]
    if block["type"] == "questions":
        texts += [question_text(question["value"]) for question in value["questions"]]
    elif block["type"] == "dialogue":
        texts += dialogue.shortest(dialogue.replicas_of(value))
    return " ".join(texts)


def question_text(value: Mapping) -> str:
    """What is read to answer it, and its explanation: neither the feedback nor the answers it accepts."""
    texts = [value["statement"], *cloze.parts(value.get("text") or "")[0]]
    texts += [one["value"]["text"] for one in value.get("options", [])]
    texts += [one["value"]["label"] for one in value.get("blanks", [])]
    texts += [one["value"][side] for one in value.get("pairs", []) for side in ("left", "right")]
    texts += [one["value"] for name in ("intruders", "items") for one in value.get(name, [])]
    return " ".join(map(readable, [*texts, value["explanation"]]))


def readable(value) -> str:
    if isinstance(value, list):
        return " ".join(readable(item["value"]) for item in value)
    if isinstance(value, Mapping):
        return " ".join(map(readable, value.values()))
    return str(value or "")


def too_long(minutes: int) -> str | None:
    """Why an étape of these minutes is two."""
    if minutes <= TRUE_STOP:
        return None
    return (
        f"{minutes} min annoncées : une étape en dure {TRUE_STOP} au plus. "
        "Coupez-la en deux, là où l’on peut vraiment s’arrêter."
    )


def faults(minutes: int, measured: Measure) -> list[str]:
    """Why an étape may not announce these minutes."""
    if measured.reflection and not measured.reason:
        return ["Dites à quoi sert la réflexion, par exemple : l’exercice (4 min) et les trois questions (2 min)."]
    if measured.estimate or minutes <= measured.earned:
        return []
    reading = f"{measured.reading:.1f}".replace(".", ",")
    return [
        f"{minutes} min annoncées, {measured.earned} gagnées : {measured.words} mots lus ÷ {WORDS_PER_MINUTE} = "
        f"{reading} min, réflexion et exercices {max(measured.reflection, measured.exercises)} min, "
        f"médias {measured.media} min. Baissez la durée, ou dites « estimation à vérifier »."
    ]
