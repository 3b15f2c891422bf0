"""What is run in a half-day, minute by minute: the page of the edition, or its copy adapted to this session."""

import datetime
from dataclasses import dataclass

from lms.kernel.formats import duration, time_short
from parcours.catalogue.models import SeancePage
from parcours.classroom.engine.plain import lines_of_html
from parcours.classroom.models import Deroule
from parcours.classroom.models.deroule import new_key

TEXTS = ("aim", "method", "support", "exercise", "evaluation", "material")
RICH = ("trainer_does", "group_does")


@dataclass(frozen=True)
class Row:
    """One line: its values, and the hours between which it is held."""

    values: dict
    starts: str
    ends: str

    @property
    def is_pause(self):
        return self.values["kind"] == "pause"


def page_of(half_day) -> SeancePage | None:
    """The published page that describes a half-day; None once it is withdrawn."""
    if not half_day.seance_id:
        return None
    return SeancePage.objects.live().filter(translation_key=half_day.seance_id).first()


def deroule_of(half_day) -> Deroule | None:
    return Deroule.objects.filter(half_day=half_day).select_related("adapted_by").first()


def sequences_of(page) -> list[dict]:
    """The lines of a page as plain texts."""
    return [_sequence(block.block_type, block.value) for block in page.sequences]


def _sequence(kind, value) -> dict:
    texts = {name: _text(value.get(name)) for name in TEXTS}
    rich = {name: lines_of_html(getattr(value.get(name), "source", "")) for name in RICH}
    return {"id": new_key(), "kind": kind, "title": value["title"], "minutes": value["minutes"], **texts, **rich}


def _text(value) -> str:
    return str(value or "")


def rows_of(sequences, half_day) -> list[Row]:
    """With the hours of the place at which each begins and ends."""
    rows, reached = [], half_day.local_start
    for one in sequences:
        begins, reached = reached, reached + datetime.timedelta(minutes=one["minutes"])
        rows.append(Row(one, time_short(begins), time_short(reached)))
    return rows


def balance(sequences, half_day) -> str:
    """What a déroulé lacks or has too much of, compared with its half-day; nothing when both agree."""
    left = half_day.minutes - sum(one["minutes"] for one in sequences)
    if left > 0:
        return f"Il reste {duration(left)} à répartir sur {duration(half_day.minutes)}."
    if left < 0:
        return f"Le déroulé dépasse la demi-journée de {duration(-left)}."
    return ""


def shown(half_day) -> dict:
    """What every page about the déroulé of a half-day shows: the copy when there is one, the page otherwise."""
    copy, page = deroule_of(half_day), page_of(half_day)
    sequences = copy.sequences if copy else sequences_of(page) if page else []
    return {
        "half_day": half_day,
        "copy": copy,
        "page": page,
        "title": copy.title if copy else page.title if page else "",
        "rows": rows_of(sequences, half_day),
        "balance": balance(sequences, half_day) if sequences else "",
        "original": rows_of(copy.original, half_day) if copy and copy.is_changed else [],
        "objectives": page.objectives.splitlines() if page else [],
        "material": page.material.splitlines() if page else [],
    }
