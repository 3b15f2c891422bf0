from django.utils.html import strip_tags

from lms.kernel.privacy import Personal
from parcours.assessment.engine.marking import meanings, readable
from parcours.learning.models import Enrolment, Moment, Trace


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
    slugs = {one.activity_id: one.slug for one in edition.outline}
    activity = edition.activity(slugs[trace.activity_id])
    told = {"parcours": edition.title, "étape": activity.title, "fait": trace.get_kind_display(), "reçu le": trace.at}
    question = activity.question(trace.question_id)
    if question is None:
        return told
    return told | {
        "question": strip_tags(question["statement"]),
        "réponses": readable(question, trace.given),
        "juste": trace.correct,
        "motifs": meanings(trace.reasons),
        "essai": trace.attempt,
        "heure de l’appareil": trace.said_at,
    }


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
        fields=("given", "correct", "reasons", "at", "said_at", "client_id"),
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
        why="Montrer l’état de chaque étape et la note retenue.",
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
]
