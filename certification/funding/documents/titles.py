"""What the first line of a file says."""

from certification.funding.lifecycle import State
from lms.kernel.formats import plural


def title_of(demande, comparison) -> str:
    """« Dossier 2026-00418 · un écart à expliquer »."""
    return f"Dossier {demande.number} · {_finding(demande, comparison)}"


def _finding(demande, comparison) -> str:
    open_ones = comparison.mismatches
    if not demande.service_declared_at:
        return _several(open_ones, "point", "à regarder") if open_ones else _stage(demande)
    if open_ones:
        return _several(open_ones, "écart", "à expliquer")
    if comparison.explained:
        return "un écart expliqué" if comparison.explained == 1 else f"{comparison.explained} écarts expliqués"
    return "tout concorde"


def _several(count, what, todo) -> str:
    return f"un {what} {todo}" if count == 1 else f"{count} {what}s {todo}"


def _stage(demande) -> str:
    if demande.state == State.FILED:
        return "à décider"
    return "formation en cours" if demande.is_running else state_of(demande)


def state_of(demande) -> str:
    """A state that agrees with « demande » says so: « demande accordée », « complément demandé »."""
    state = demande.get_state_display()
    return f"demande {state}" if state.split()[0].endswith("ée") else state


def lead_of(demande, people) -> str:
    days = demande.days_waiting
    since = "aujourd’hui" if days < 1 else f"depuis {plural(days, 'jour', 'jours')}"
    told = (demande.session.title, plural(people, "personne", "personnes"), str(demande.employer))
    return " · ".join((*told, f"{state_of(demande)} {since}"))
