"""The attestation de fin de formation of who was there in part: the paper learning issues, with the hours done."""

from lms.kernel.formats import NBSP, duration
from parcours.learning.documents import attestation_content

LIVE = "Demi-journées en direct{nbsp}: {done} sur{nbsp}{total} suivies, signées et contresignées, au temps de présence."
ONLINE = "En ligne{nbsp}: {minutes}, somme des durées moyennes déclarées des étapes terminées."


def partial_content(registration, hours) -> dict:
    """Raises NoIssuer."""
    content = attestation_content(registration.enrolment, ended_at=registration.session.ends_at)
    return content | {
        "planned": duration(hours.planned_minutes),
        "planned_minutes": hours.planned_minutes,
        "proven": duration(hours.total_minutes),
        "proven_minutes": hours.total_minutes,
        "proof": _proof(hours),
    }


def _proof(hours) -> str:
    attended = sum(bool(one.minutes) for one in hours.half_days)
    told = [LIVE.format(nbsp=NBSP, done=attended, total=len(hours.half_days))]
    if hours.distance_planned_minutes:
        told.append(ONLINE.format(nbsp=NBSP, minutes=duration(hours.distance_minutes)))
    return " ".join(told)


def partial_key(registration) -> str:
    return f"paperwork.attestation:{registration.pk}"
