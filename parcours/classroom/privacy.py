from lms.kernel.privacy import Personal
from parcours.classroom.models import Registration, SignalledNeed, Survey

MISSION = "Mission d’intérêt public : formation des aidants, à la demande de leur employeur."
CONTRACT = "Obligation légale de l’organisme de formation, qui doit prouver qui a suivi quoi, pour quel payeur."


def _registrations_of(person):
    found = Registration.objects.filter(person=person).for_pages().order_by("pk")
    return [
        {
            "session": one.session.edition.title,
            "début": one.session.starts_at,
            "employeur": str(one.employer),
            "état": one.get_state_display(),
            "conseiller numérique": one.is_conseiller,
            "financement": one.funding_answers,
            "inscrit le": one.registered_at,
            "parti le": one.left_at,
            "motif": one.left_reason,
        }
        for one in found
    ]


def _surveys_of(person):
    found = Survey.objects.filter(person=person).select_related("session__edition").order_by("pk")
    return [
        {
            "session": one.session.edition.title,
            "demandé le": one.sent_at,
            "répondu le": one.answered_at,
            "réponses": one.answers,
        }
        for one in found.defer("session__edition__content")
    ]


def _needs_of(person):
    return [
        {
            "parcours": need.parcours.title,
            "département": str(need.departement),
            "personnes": need.people,
            "structure": need.structure,
            "signalé le": need.created_at,
            "prévenu le": need.warned_at,
        }
        for need in SignalledNeed.objects.filter(person=person).select_related("parcours", "departement")
    ]


PERSONAL = [
    Personal(
        model="classroom.Registration",
        fields=("person", "registered_by", "employer", "is_conseiller", "funding_answers", "left_reason"),
        why="Garder une place dans une session, savoir qui paie, et tenir la liste d’attente dans l’ordre.",
        basis=CONTRACT,
        keep="Six ans après la session, comme les pièces qui la prouvent.",
        erase="Le lien reste vers un compte rendu anonyme ; le motif d’un départ est écrit par qui l’a enregistré.",
        export=_registrations_of,
    ),
    Personal(
        model="classroom.Survey",
        fields=("person", "email", "answers"),
        why="Adapter la session : ce que la personne, son employeur et le financeur en attendent.",
        basis="Obligation légale : l’organisme analyse le besoin avant la formation (Qualiopi, indicateur 4).",
        keep="Six ans après la session. L’employeur et le financeur ne lisent jamais les réponses du stagiaire.",
        erase="Les réponses et l’adresse sont effacées avec le compte.",
        export=_surveys_of,
    ),
    Personal(
        model="classroom.SignalledNeed",
        fields=("person", "email", "structure", "people"),
        why="Prévenir une fois qui cherchait une session, et savoir où il en manque.",
        basis="Consentement : la personne le demande, et l’arrête par un lien.",
        keep="Un an.",
        erase="Suppression avec le compte, ou chaque nuit après un an.",
        export=_needs_of,
    ),
    Personal(
        model="classroom.OpeningOverride",
        fields=("by", "reason"),
        why="Savoir qui a ouvert une session hors des dates de la règle, et pourquoi.",
        basis=MISSION,
        keep="Aussi longtemps que la session.",
        erase="Le lien reste vers un compte rendu anonyme.",
    ),
    Personal(
        model="classroom.SessionMessage",
        fields=("by", "subject", "message"),
        why="Écrire une même chose à toutes les personnes d’une session, sans montrer leurs adresses.",
        basis=CONTRACT,
        keep="Aussi longtemps que la session.",
        erase="Le lien reste vers un compte rendu anonyme.",
    ),
]
