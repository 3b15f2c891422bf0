from lms.kernel.privacy import Personal
from parcours.adaptations.models import AdaptationRequest

HELP = "Obligation légale : aménagements pour les personnes en situation de handicap (Code du travail, art. L6112-3)."


def _requests_of(person):
    return [
        {
            "organisme": str(one.organisation),
            "ce qui aiderait": one.wish,
            "occasions": one.occasion_labels,
            "état": one.get_state_display(),
            "demandée le": one.asked_at,
            "réponse": one.answer,
            "dernier usage": one.last_used_on,
            "dite encore utile le": one.kept_on,
            "mesures": [measure.label for measure in one.measures.all()],
        }
        for one in AdaptationRequest.objects.asked_by(person).for_page().order_by("pk")
    ]


PERSONAL = [
    Personal(
        model="adaptations.AdaptationRequest",
        fields=(
            *("person", "wish", "occasions", "until", "answer", "answered_by"),
            *("last_used_on", "kept_on", "asked_to_keep_on"),
        ),
        why="Adapter la formation et les évaluations à ce qui aide la personne. Aucun diagnostic n’est demandé.",
        basis=HELP,
        keep=(
            "Un an après le dernier usage, la réponse ou la fin de la mesure, le plus tard des trois. Une mesure sans "
            "fin qui ne sert pas : la personne est prévenue un mois avant et peut la garder. "
            "Lue par le référent handicap de l’organisme, et par lui seul."
        ),
        erase="Supprimée avec le compte.",
        export=_requests_of,
    ),
    Personal(
        model="adaptations.Measure",
        fields=("request", "kind", "percent"),
        why="Appliquer la mesure là où elle sert. Les formateurs lisent la mesure, jamais la demande.",
        basis=HELP,
        keep="Comme la demande. Absente des exports et des dossiers de financement.",
        erase="Supprimée avec la demande.",
    ),
]

ACTS = {
    "adaptations.asked": "Une adaptation est demandée.",
    "adaptations.decline": "Une demande d’adaptation reçoit une autre réponse.",
    "adaptations.forgotten": "Une demande d’adaptation est effacée, à son terme.",
    "adaptations.grant": "Une adaptation est accordée.",
    "adaptations.keep": "Une adaptation est gardée.",
    "adaptations.withdraw": "Une demande d’adaptation est retirée.",
}
