"""All that the page of an étape shows, at the price of at most one query beyond what is handed over."""

from lms.accounts.permissions import is_generic_mailbox
from lms.kernel.formats import counted, duration
from parcours.learning.engine.onward import ways_from
from parcours.learning.engine.wording import left_in_words, result
from parcours.learning.models import Trace
from parcours.learning.models.facts import rule_of
from parcours.learning.views.assistance import assistance_for
from parcours.learning.views.outline import lines, modules
from parcours.learning.views.questions import show_series


def page_of(enrolment, activity, rows, *, person, nodes, refusal=None) -> dict:
    """`rows`: ActivityProgress by activity id, this activity's among them; `nodes`: its own, or lighter ones."""
    row = rows[activity.activity_id]
    traces = answers_of(enrolment, row) if activity.questions else []
    all_lines = lines(enrolment, rows, activity)
    line = next(line for line in all_lines if line.current)
    return {
        "edition": enrolment.edition,
        "line": line,
        "previous": all_lines[line.number - 2] if line.number > 1 else None,
        "nodes": [_node(node, traces, attempt_in_hand(row), refusal) for node in nodes],
        "refusal": refusal,
        "onward": ways_from(enrolment.edition) if _is_sent_elsewhere(nodes) else [],
        **_around(enrolment, line, all_lines),
        **_people(enrolment, activity, person),
        **ending_of(enrolment, activity, row, all_lines),
    }


def _is_sent_elsewhere(nodes) -> bool:
    """The étape is the test Pix: what comes of it is read elsewhere."""
    return any(node["type"] == "external" and node.get("kind") == "pix" for node in nodes)


def _around(enrolment, line, all_lines) -> dict:
    """Where the étape stands in the course, in words."""
    progress, total = enrolment.progress, len(all_lines)
    place = f"Étape {line.number} sur {total}"
    module = next(module for module in modules(all_lines) if module.current)
    done = "terminée" if line.done else f"terminée {line.ending}"
    hours = f"{duration(progress.minutes_done)} sur {duration(progress.minutes_total)}"
    finished = counted(progress.online_done, "étape terminée", "étapes terminées")
    return {
        "here": f"Étape {line.number}",
        "eyebrow": f"{place} · {line.minutes} · {done}",
        "module": module,
        "menu": [*map(_entry, module.lines), {"label": "Toutes les étapes", "url": enrolment.get_absolute_url()}],
        "menu_summary": "Voir les étapes du module",
        "progress_label": f"{finished} sur {total}, {hours}",
    }


def _entry(line) -> dict:
    return {
        "label": line.activity.title,
        "url": line.url,
        "detail": "" if line.done else line.minutes,
        "current": line.current,
        "done": line.done,
    }


def _people(enrolment, activity, person) -> dict:
    """Who answers the learner, and under which address the learner is known to Pix."""
    email = person.pix_email or person.email or ""
    return {
        "pix": {"email": email, "shared": is_generic_mailbox(email), "confirmed": bool(person.pix_email)},
        **assistance_for(enrolment, activity),
    }


def ending_of(enrolment, activity, row, all_lines) -> dict:
    """How the étape stands: what its end says, and where it leads."""
    rule = rule_of(activity)
    number = next(line.number for line in all_lines if line.current)
    attempt = row.attempts[-1] if row.attempts else None
    return {
        "enrolment": enrolment,
        "activity": activity,
        "rule": rule,
        "row": row,
        "attempt": attempt if attempt and attempt["score"] is not None else None,
        "result": result(attempt["right"], attempt["answered"], attempt["score"] or 0) if attempt else "",
        "past": [one for one in row.attempts if one["score"] is not None],
        "progress": enrolment.progress,
        "left": _left(enrolment.progress),
        "total": len(all_lines),
        "following": all_lines[number] if number < len(all_lines) else None,
    }


def _left(progress) -> str:
    return f"{left_in_words(progress.online_left, progress.live_left)}, {duration(progress.minutes_left)}"


def attempt_in_hand(row) -> int:
    return row.attempts[-1]["number"] if row.attempts else 1


def answers_of(enrolment, row):
    """The answers given in an activity; asks nothing when its row says that there are none."""
    if not any(one["answered"] for one in row.attempts):
        return []
    return list(Trace.objects.filter(enrolment=enrolment, activity_id=row.activity_id, kind=Trace.Kind.ANSWERED))


def _node(node, traces, attempt, refusal):
    if node["type"] != "questions":
        return node
    return node | {"shown": show_series(node, traces, attempt, refusal)}
