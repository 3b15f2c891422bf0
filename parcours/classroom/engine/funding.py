"""Which road pays for a seat: the first one whose conditions the answers meet. Pure; the roads are dated data."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

PUBLIC, PRIVATE = "public", "private"
NOTHING_GRANTED = ""


@dataclass(frozen=True)
class Answers:
    """What is asked before a registration. `granted_by`: who granted funds already, empty when nobody did."""

    employer: str
    conseiller: bool = False
    granted_by: str = NOTHING_GRANTED
    legal_category: str = ""

    def stored(self) -> dict:
        return asdict(self)


@dataclass(frozen=True)
class Road:
    """`blocked`: why nobody registers here by this road, and what to do instead; empty when one may."""

    code: str
    label: str
    who: str
    delay: str
    papers: tuple[str, ...] = ()
    impossible: tuple[str, ...] = ()
    blocked: str = field(default="")


def road_of(answers: Answers, roads: Iterable[Mapping]) -> Road:
    """The road of the first line whose `when` holds. Raises LookupError when no line does."""
    for line in roads:
        if _meets(answers, line.get("when", {})):
            return Road(
                code=line["code"],
                label=line["label"],
                who=line["who"],
                delay=line["delay"],
                papers=tuple(line.get("papers", ())),
                impossible=tuple(line.get("impossible", ())),
                blocked=line.get("blocked", ""),
            )
    raise LookupError("No funding road fits these answers")


def _meets(answers, when) -> bool:
    """`granted_by` lists codes, « * » being any of them; `legal_category` lists the first digits of codes."""
    if "employer" in when and answers.employer != when["employer"]:
        return False
    if "conseiller" in when and answers.conseiller != when["conseiller"]:
        return False
    if "legal_category" in when and not answers.legal_category.startswith(tuple(when["legal_category"])):
        return False
    if "granted_by" not in when:
        return True
    wanted = when["granted_by"]
    return answers.granted_by in wanted or ("*" in wanted and answers.granted_by != NOTHING_GRANTED)
