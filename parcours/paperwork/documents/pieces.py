"""What papers are made of: blocks of frozen data, drawn alike in the PDF and on the page.

A block is {"title", and one of "facts" (name, lines), "lines", "points", "table" (head, widths in mm, right, rows),
"parties" (title, lines)}.
"""

import hashlib
import json

from lms.kernel.formats import NBSP, date_long, duration, nbsp, number, time_short
from parcours.learning.documents import letterhead

EURO = f"{NBSP}€"


def facts(rows, title="") -> dict:
    """Pairs of a name and a text or several; what is empty is left out."""
    told = [[name, [nbsp(str(one)) for one in _lines(value) if one]] for name, value in rows]
    return {"title": title, "facts": [row for row in told if row[1]]}


def lines(texts, title="") -> dict:
    return {"title": title, "lines": [nbsp(str(one)) for one in _lines(texts) if one]}


def points(texts, title="") -> dict:
    return {"title": title, "points": [nbsp(str(one)) for one in texts if one]}


def table(head, rows, *, widths, right=(), title="", total=()) -> dict:
    """`widths` in millimetres, 170 in all; `right`: ranks of the columns of figures; `total`: a last row in bold."""
    cells = [[str(cell) for cell in row] for row in rows]
    columns = [[name, width, rank in right] for rank, (name, width) in enumerate(zip(head, widths, strict=True))]
    return {"title": title, "table": {"columns": columns, "rows": cells, "total": [str(one) for one in total]}}


def parties(*given) -> dict:
    """Up to two columns: a title and lines each."""
    return {"title": "", "parties": [[title, [nbsp(str(one)) for one in told if one]] for title, told in given]}


def _lines(value):
    return value if isinstance(value, list | tuple) else str(value).splitlines()


def euros(amount) -> str:
    return f"{number(amount, 2)}{EURO}"


def rate(percentage) -> str:
    return f"{number(percentage, 0 if percentage == int(percentage) else 2)}{NBSP}%"


def content_of(session, blocks, *, holder="", **more) -> dict:
    """The frame of every paper of a session."""
    return {
        "title": session.title,
        "holder": holder,
        "issuer": letterhead(session.organisation),
        "blocks": [block for block in blocks if block],
        "signed": False,
        "cites": "",
    } | more


def cited(paper, reason) -> str:
    """The first line of a paper that corrects another one."""
    return nbsp(
        f"Ce document annule et remplace le numéro {paper.number} du {date_long(paper.issued_on)}. Motif : {reason}"
    )


def half_day_label(half_day) -> str:
    """« mardi 24 novembre 2026, 9 h – 12 h 30 »."""
    return f"{date_long(half_day.day)}, {hours_label(half_day)}"


def hours_label(half_day) -> str:
    return f"{time_short(half_day.local_start)}{NBSP}– {time_short(half_day.local_end)}"


def place_of(half_day) -> str:
    if half_day.room_id:
        return f"{half_day.room.name}, {half_day.room.full_address}"
    return "à distance, en visioconférence" if half_day.link else "lieu à préciser"


def dates_lines(session) -> list[str]:
    told = [f"{half_day_label(one)} : {place_of(one)}" for one in session.half_days.all()]
    return [nbsp(one) for one in told] or ["dates à fixer"]


def nature_of(content) -> str:
    return content["nature"] or "Action de formation"


def live_minutes(session) -> int:
    return sum(one.minutes for one in session.half_days.all())


def online_minutes(session) -> int:
    return sum(one.minutes for one in session.edition.outline)


def planned(session) -> str:
    """« 10 h 30, dont 7 h en direct et 3 h 30 en ligne »."""
    live, online = live_minutes(session), online_minutes(session)
    if live and online:
        return f"{duration(live + online)}, dont {duration(live)} en direct et {duration(online)} en ligne"
    return f"{duration(live)} en direct" if live else f"{duration(online)} en ligne"


def digest(content) -> str:
    """The hash of what a paper says, whatever the order of its keys."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
