"""A text file of the catalogue, read line by line, and what is wrong with it."""

import re
import unicodedata
from dataclasses import dataclass, field

BOM = b"\xef\xbb\xbf"
ILLEGIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffd-\uffff]")
DRAFT_MARK = "[à vérifier]"


@dataclass(frozen=True, order=True)
class Fault:
    file: str
    line: int
    sentence: str

    def __str__(self):
        return f"{self.file}:{self.line} : {self.sentence}"


@dataclass
class Source:
    name: str
    lines: list[str]
    faults: list[Fault] = field(default_factory=list)

    def say(self, line: int, sentence: str) -> None:
        fault = Fault(self.name, line, sentence)
        if fault not in self.faults:
            self.faults.append(fault)

    @property
    def is_draft(self) -> bool:
        return any(DRAFT_MARK in line for line in self.lines)

    @property
    def stem(self) -> str:
        return self.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def read(name: str, raw: bytes) -> Source:
    """Any line ending, with or without byte order mark; anything but UTF-8 is refused at its line."""
    raw = raw.removeprefix(BOM)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        source = Source(name, [])
        line = raw[: error.start].count(b"\n") + 1
        source.say(line, "ce caractère n’est pas en UTF-8 ; enregistrez le fichier en UTF-8.")
        return source
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    source = Source(name, text.split("\n"))
    for number, line in enumerate(source.lines, start=1):
        if "\t" in line:
            source.say(number, "une tabulation ; remplacez-la par des espaces.")
        if ILLEGIBLE.search(line):
            source.say(number, "un caractère illisible ; retapez-le.")
    return source
