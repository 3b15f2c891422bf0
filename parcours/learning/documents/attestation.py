"""What an attestation de fin de formation says: decided here from the facts, then frozen for ever.

Objectives as observable acts, nature, duration, and results when the programme had an evaluation: the ministry's
reading of this paper. The hours of distance activities are their declared average durations (D6313-3-1), counted for
what was finished only.
"""

from zoneinfo import ZoneInfo

from lms.kernel import papers
from lms.kernel.formats import NBSP, date_long, duration, nbsp
from lms.organisations.models import Organisation
from parcours.catalogue.documents import reminder_of, responsible_for
from parcours.learning.models import ActivityProgress
from parcours.learning.models.facts import seances_of

ATTESTATION = papers.register(
    papers.PaperKind(
        code="attestation",
        label="Attestation de fin de formation",
        prefix="AFF",
        pdf_template="papers/attestation_pdf.html",
        twin_template="papers/attestation_twin.html",
        purpose="Elle appartient à la personne formée : elle dit ce qui a été suivi, combien d’heures sont prouvées "
        "et ce qui a été réussi.",
        is_not="Ce n’est ni un diplôme, ni une certification, ni le certificat de réalisation que reçoit "
        "l’organisme qui finance.",
        feminine=True,
    )
)
DONE = ActivityProgress.State.DONE
REMOTE = "a-distance"
REGISTRATION = "Cet enregistrement ne vaut pas agrément de l’État."
FOLLOWED, FOLLOWED_IN_PART = "a suivi et terminé le parcours", "a suivi en partie le parcours"
NO_EVALUATION = "Aucune évaluation des acquis n’était prévue au programme."
WAYS = {
    "read": ("texte lu, déclaré comme tel", "textes lus, déclarés comme tels"),
    "answered": ("série de questions entièrement répondue", "séries de questions entièrement répondues"),
    "score": ("évaluation réussie", "évaluations réussies"),
}


class NoIssuer(Exception):
    """No training organisation answers for this parcours: nobody can sign its attestation."""


def issuer_of(enrolment) -> Organisation:
    """Who answers for the parcours. Raises NoIssuer."""
    organisation = responsible_for(enrolment.edition.parcours)
    if organisation is None:
        raise NoIssuer(enrolment.pk)
    return organisation


def attestation_content(enrolment, *, ended_at=None) -> dict:
    """All that the paper says, as texts and figures; `ended_at` for who did not finish it all. Raises NoIssuer."""
    edition, issuer = enrolment.edition, issuer_of(enrolment)
    rows = {row.activity_id: row for row in enrolment.activities.all()}
    done = [one for one in edition.outline if one.activity_id in rows and rows[one.activity_id].state == DONE]
    live = [rows[one.id].minutes for one in seances_of(edition) if one.id in rows and rows[one.id].state == DONE]
    proven = sum(one.minutes for one in done) + sum(live)
    return {
        "title": edition.title,
        "holder": enrolment.person.full_name,
        "employer": employer_named(enrolment.employer),
        "objectives": [nbsp(objective) for objective in edition.content["objectives"]],
        "nature": edition.content["nature"],
        "modality": _modality(edition.content["modality"]),
        "followed": FOLLOWED if ended_at is None else FOLLOWED_IN_PART,
        "planned": duration(edition.minutes),
        "planned_minutes": edition.minutes,
        "proven": duration(proven),
        "proven_minutes": proven,
        "proof": f"{_live_proof(live, edition)} {_proof(done, edition)}".strip(),
        **_dates(enrolment, rows.values(), issuer.time_zone, ended_at or enrolment.completed_at),
        "results": _results(done, rows) or [NO_EVALUATION],
        "issuer": letterhead(issuer),
        "reminder": _reminder(enrolment),
    }


def _modality(modality):
    return f"{modality['label']}, en autonomie" if modality["code"] == REMOTE else modality["label"]


def employer_named(organisation):
    return {"name": str(organisation), "siret": grouped(organisation.siret, 3, 3, 3, 5)}


def letterhead(organisation):
    return {
        "name": str(organisation),
        "address": organisation.full_address,
        "siret": grouped(organisation.siret, 3, 3, 3, 5),
        "nda": grouped(organisation.nda, 2, 2, 5, 2),
        "registration": REGISTRATION,
        "place": organisation.city,
        "signatory": organisation.signatory_name,
        "signatory_role": organisation.signatory_role,
    }


def grouped(digits, *sizes):
    """Unbreakable groups, as these numbers are written on papers."""
    groups, start = [], 0
    for size in sizes:
        groups.append(digits[start : start + size])
        start += size
    return NBSP.join(group for group in groups if group)


def _live_proof(minutes, edition):
    """The half-days signed and locked; nothing of a course without any."""
    total = len(seances_of(edition))
    if not total:
        return ""
    signed = "demi-journées signées" if len(minutes) > 1 else "demi-journée signée"
    return f"En direct, {duration(sum(minutes))} : {len(minutes)}{NBSP}{signed} sur{NBSP}{total}."


def _proof(done, edition):
    if not edition.outline:
        return ""
    counts = [(kind, sum(one.rule["kind"] == kind for one in done)) for kind in WAYS]
    ways = [f"{count}{NBSP}{WAYS[kind][count > 1]}" for kind, count in counts if count]
    opening = f"À distance, {duration(sum(one.minutes for one in done))} : s" if seances_of(edition) else "S"
    return (
        f"{opening}omme des durées moyennes déclarées des étapes terminées : "
        f"{len(done)} sur{NBSP}{len(edition.outline)}. "
        f"Chaque étape terminée l’est sur un fait enregistré et daté : {', '.join(ways)}."
    )


def _dates(enrolment, rows, zone, ended_at):
    opened = min((row.opened_at for row in rows if row.opened_at), default=enrolment.enrolled_at)
    starts, ends = (moment.astimezone(ZoneInfo(zone)).date() for moment in (opened, ended_at))
    written = f"le {date_long(starts)}" if starts == ends else f"du {date_long(starts)} au {date_long(ends)}"
    return {"starts_on": starts.isoformat(), "ends_on": ends.isoformat(), "dates": written}


def _results(done, rows):
    return [_result(one, rows[one.activity_id]) for one in done if one.rule["kind"] == "score"]


def _result(activity, row):
    """The score that counts, in words first."""
    threshold, total = activity.rule["threshold"], len(activity.questions)
    right = next(one["right"] for one in reversed(row.attempts) if one["score"] == row.score)
    outcome = "réussi" if row.score >= threshold else "terminé"
    answers = f"{right} réponses justes" if right > 1 else f"{right} réponse juste"
    title = activity.title if activity.module_title == activity.title else f"{activity.module_title} – {activity.title}"
    return (
        f"{title} : {outcome}, {answers} sur{NBSP}{total} ({row.score}{NBSP}%), {_attempts(activity, row)}. "
        f"Seuil demandé : {threshold}{NBSP}%."
    )


def _attempts(activity, row):
    count = sum(one["score"] is not None for one in row.attempts)
    if count == 1:
        return "au premier essai"
    return f"{'dernier' if activity.rule.get('keep') == 'last' else 'meilleur'} de {count}{NBSP}essais"


def _reminder(enrolment):
    reminder = reminder_of(enrolment.edition)
    return reminder and {"intro": reminder.intro, "points": list(reminder.points)}
