from django.utils.html import strip_tags

from lms.kernel.privacy import Personal
from parcours.assessment.engine.marking import meanings, readable, refusal
from parcours.catalogue.models import EditionActivity
from parcours.learning.engine.fold import PRESENCE
from parcours.learning.models import Enrolment, Moment, Trace
from parcours.learning.models.facts import seances_of


def _enrolments_of(person):
    return [
        {
            "parcours": one.edition.title,
            "édition": one.edition.number,
            "employeur": str(one.employer),
            "état": one.get_state_display(),
            "inscription": one.enrolled_at,
            "fin": one.completed_at,
            "étapes terminées": f"{one.progress.done} sur {one.progress.total}",
            "minutes prouvées": one.progress.minutes_done,
            "rappels envoyés": one.reminders_sent,
            "rappels arrêtés le": one.reminders_stopped_at,
        }
        for one in Enrolment.objects.filter(person=person).for_home().order_by("pk")
    ]


def _traces_of(person):
    traces = Trace.objects.filter(enrolment__person=person).select_related("enrolment__edition").order_by("pk")
    return [_readable(trace) for trace in traces.defer("enrolment__edition__content")]


def _readable(trace):
    edition = trace.enrolment.edition
    if trace.kind in PRESENCE:
        return _readable_presence(trace, edition)
    activity = _activity_of(trace)
    told = {"parcours": edition.title, "étape": activity.title, "fait": trace.get_kind_display(), "reçu le": trace.at}
    question = activity.question(trace.question_id)
    if question is None:
        return told
    return told | {
        "question": strip_tags(question["statement"]),
        "réponses": trace.given if refusal(question, trace.given) else readable(question, trace.given),
        "juste": trace.correct,
        "motifs": meanings(trace.reasons),
        "essai": trace.attempt,
        "heure de l’appareil": trace.said_at,
    }


def _readable_presence(trace, edition):
    title = next((one.title for one in seances_of(edition) if one.id == trace.activity_id), "")
    told = {"parcours": edition.title, "demi-journée": title, "fait": trace.get_kind_display(), "reçu le": trace.at}
    return told | {"minutes": trace.minutes, "fin de la demi-journée": trace.said_at}


def _activity_of(trace):
    """As the edition followed has it, or the latest that had it: an étape may have left the parcours since."""
    edition = trace.enrolment.edition
    slug = next((one.slug for one in edition.outline if one.activity_id == trace.activity_id), None)
    if slug:
        return edition.activity(slug)
    known = EditionActivity.objects.filter(edition__parcours=edition.parcours_id, activity_id=trace.activity_id)
    return known.order_by("-edition__number").first()


def _moments_of(person):
    return [
        {"jour": one.get_weekday_display(), "heure": one.starts_at, "durée": one.minutes, "choisi le": one.created_at}
        for one in Moment.objects.filter(person=person)
    ]


MISSION = "Mission d’intérêt public : formation des aidants et preuve des heures suivies."
PERSONAL = [
    Personal(
        model="learning.Enrolment",
        fields=(
            "person",
            "employer",
            "state",
            "enrolled_by",
            "enrolled_at",
            "completed_at",
            "reminded_at",
            "reminders_stopped_at",
        ),
        why="Savoir qui suit quel parcours, et pour quel employeur.",
        basis=MISSION,
        keep="Tant que le compte existe ; ensuite, avec l’attestation qu’elle explique.",
        erase="Le lien reste vers un compte rendu anonyme, pour que les comptes par parcours ne changent pas.",
        export=_enrolments_of,
    ),
    Personal(
        model="learning.Trace",
        fields=("given", "correct", "reasons", "minutes", "at", "said_at", "client_id"),
        why="Prouver les heures suivies et les résultats, reprendre au bon endroit, expliquer chaque réponse.",
        basis=MISSION,
        keep="Aussi longtemps que l’inscription. Personne d’autre que l’apprenant ne lit ses réponses.",
        erase="Les faits restent, sous un compte rendu anonyme : sans eux l’attestation ne serait plus prouvée.",
        export=_traces_of,
    ),
    Personal(
        model="learning.Progress",
        fields=("enrolment", "percent", "minutes_done", "last_at"),
        why="Montrer ce qui est fait et ce qui reste, sans relire tous les faits.",
        basis=MISSION,
        keep="Aussi longtemps que l’inscription.",
        erase="Comme l’inscription.",
    ),
    Personal(
        model="learning.ActivityProgress",
        fields=("enrolment", "state", "attempts", "score", "opened_at", "last_at", "done_at"),
        why=(
            "Montrer l’état de chaque étape et la note retenue. Les formateurs de l’organisme responsable lisent les "
            "dates et les durées ; la note reste à l’apprenant."
        ),
        basis=MISSION,
        keep="Aussi longtemps que l’inscription.",
        erase="Comme l’inscription.",
    ),
    Personal(
        model="learning.EditionMove",
        fields=("enrolment", "by", "at"),
        why="Savoir quelle édition chacun a suivie, et qui a décidé du changement.",
        basis=MISSION,
        keep="Aussi longtemps que l’inscription.",
        erase="Comme l’inscription.",
    ),
    Personal(
        model="learning.Moment",
        fields=("person", "weekday", "starts_at", "minutes"),
        why="Mettre dans l’agenda de la personne les moments qu’elle se donne, et n’envoyer de rappel qu’à ces heures.",
        basis="Exécution du service demandé.",
        keep="Jusqu’à ce que la personne les retire.",
        erase="Les lignes sont supprimées.",
        export=_moments_of,
    ),
    Personal(
        model="learning.Spread",
        fields=("asked_by", "confirmed_by"),
        why="Savoir qui a décidé de faire suivre une nouvelle édition aux parcours en cours.",
        basis=MISSION,
        keep="Aussi longtemps que l’édition.",
        erase="Il reste un compte rendu anonyme.",
    ),
    Personal(
        model="learning.SpreadLine",
        fields=("enrolment", "percent_before", "percent_after"),
        why="Montrer, avant de changer l’édition suivie, à qui cela change quelque chose.",
        basis=MISSION,
        keep="Aussi longtemps que l’inscription.",
        erase="Comme l’inscription.",
    ),
]

ACTS = {
    "learning.complete": "Un parcours est terminé.",
    "learning.confirm_spread": "La diffusion d’une édition est confirmée.",
    "learning.count_spread": "L’aperçu d’une diffusion est demandé.",
    "learning.enrol": "Une personne est inscrite à un parcours.",
    "learning.move_to_edition": "Une inscription passe à une autre édition.",
    "learning.reopen": "Un parcours terminé est rouvert.",
    "learning.resume_reminders": "Les rappels sont repris.",
    "learning.spread_counted": "L’aperçu d’une diffusion est prêt.",
    "learning.spread_finished": "La diffusion d’une édition est terminée.",
    "learning.stop_reminders": "Les rappels sont arrêtés.",
    "learning.withdraw": "Un parcours est arrêté.",
}
