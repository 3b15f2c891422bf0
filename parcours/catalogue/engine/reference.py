"""The words that modules and parcours are tagged with: `facettes.yaml` and `competences.yaml`, read line by line."""

import re
from dataclasses import dataclass

from parcours.catalogue.engine.source import Source
from parcours.catalogue.engine.typography import french

GROUP = re.compile(r"^(\S.*?)[ \u00a0]?:$")
WORD = re.compile(r"^ +([a-z0-9]+(?:-[a-z0-9]+)*):[ \u00a0]+(\S.*)$")


@dataclass(frozen=True)
class Word:
    """A code, the group it stands in (a kind of facet, a domain of competences), and how people read it."""

    group: str
    code: str
    label: str


def parse_words(source: Source, groups: tuple[str, ...] = ()) -> list[Word]:
    """`groups`: the only titles allowed, if any."""
    words: list[Word] = []
    group = ""
    for number, line in enumerate(source.lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if match := GROUP.match(line):
            group = french(match[1])
            if groups and group not in groups:
                source.say(number, f"« {group} » n’existe pas ici ; les titres possibles sont : {', '.join(groups)}.")
        elif group and (match := WORD.match(line)):
            if any(word.code == match[1] and (word.group == group or not groups) for word in words):
                source.say(number, f"« {match[1]} » est écrit deux fois.")
            words.append(Word(group, match[1], french(match[2].strip())))
        else:
            source.say(number, "une ligne est attendue sous un titre : deux espaces, un code, « : », puis le libellé.")
    return words
