"""Who pays, until when one registers, how long a seat is kept: dated rules, and what they say on a day."""

from lms.kernel.rules import current, define
from lms.organisations.models import Campagne, Wave
from parcours.classroom.engine import funding

FUNDING_ROADS = define(
    "classroom.funding_roads",
    "voies de financement d’une session, de la plus particulière à la plus générale",
    "json",
    default=[
        {
            # Aidants Connect, formation/formation-registration.html and home_page.html (read in August 2026): people
            # funded by « France Numérique Ensemble » are not registered by their référent; several weeks of delay.
            "code": "fne",
            "when": {"granted_by": ["fne"]},
            "label": "Crédits France Numérique Ensemble",
            "who": "Le porteur de ces crédits dans votre territoire organise la formation et inscrit les personnes.",
            "delay": "Plusieurs semaines : le porteur choisit les sessions avec la préfecture.",
            "papers": ["l’accord du porteur des crédits"],
            "impossible": ["l’inscription par le référent sur ce site"],
            "blocked": (
                "Les personnes financées par France Numérique Ensemble ne s’inscrivent pas ici : "
                "le porteur des crédits organise leur formation. Adressez-vous à lui, ou à votre préfecture."
            ),
        },
        {
            # Aidants Connect, email/formation-aidant-conum.txt (read in August 2026).
            "code": "conseiller",
            "when": {"conseiller": True, "granted_by": ["", "dispositif"]},
            "label": "Dispositif Conseiller numérique",
            "who": "Le référent de la structure qui emploie le conseiller numérique.",
            "delay": "Aucun, si cette formation est un module de la formation initiale ou de la formation continue.",
            "papers": ["la référence du conseiller numérique dans le dispositif"],
            "impossible": [
                "plus de deux modules thématiques en formation initiale, plus d’un par an en formation continue"
            ],
        },
        {
            "code": "opco-accorde",
            "when": {"granted_by": ["opco"]},
            "label": "Prise en charge accordée par l’OPCO",
            "who": "Le référent de la structure.",
            "delay": "Aucun : l’accord est donné.",
            "papers": ["l’accord de prise en charge, avec son numéro"],
            "impossible": ["changer d’organisme ou de dates sans le dire à l’OPCO"],
        },
        {
            "code": "accorde",
            "when": {"granted_by": ["*"]},
            "label": "Financement déjà accordé",
            "who": "Le référent de la structure.",
            "delay": "Aucun : l’accord est donné.",
            "papers": ["la décision du financeur, avec sa référence"],
            "impossible": ["demander le même financement à un second payeur"],
        },
        {
            # Code du travail, art. L6331-1: the State, local authorities and their administrative bodies pay no
            # contribution; public bodies of an industrial or commercial nature (INSEE 41…) do, hence an OPCO.
            "code": "opco",
            "when": {"employer": "public", "legal_category": ["41"]},
            "label": "Établissement public industriel ou commercial : OPCO, ou la structure",
            "who": "Le référent de la structure.",
            "delay": "Déposez la demande auprès de votre OPCO avant le début de la session.",
            "papers": ["la demande de prise en charge", "le devis et le programme de la session"],
            "impossible": ["une prise en charge demandée après le début de la session"],
        },
        {
            "code": "employeur-public",
            "when": {"employer": "public"},
            "label": "La structure publique paie",
            "who": "Le référent de la structure.",
            "delay": (
                "Aucun. Si vous comptez sur France Numérique Ensemble, attendez la réponse du porteur des crédits : "
                "plusieurs semaines."
            ),
            "papers": ["un bon de commande ou la convention signée", "le numéro d’engagement, si vous en utilisez"],
            "impossible": ["une prise en charge par un OPCO : les agents publics n’en relèvent pas, en général"],
        },
        {
            # Aidants Connect: members of the OPCO Uniformation; otherwise the structure pays.
            "code": "opco",
            "when": {"employer": "private"},
            "label": "OPCO de la structure, ou la structure elle-même",
            "who": "Le référent de la structure.",
            "delay": "Déposez la demande auprès de votre OPCO avant le début de la session.",
            "papers": ["la demande de prise en charge", "le devis et le programme de la session"],
            "impossible": ["une prise en charge demandée après le début de la session"],
        },
    ],
)
FUNDERS = define(
    "classroom.funders",
    "qui peut avoir déjà accordé un financement : code et libellé",
    "json",
    default={
        "fne": "France Numérique Ensemble (crédits FNE)",
        "opco": "un OPCO",
        "dispositif": "le dispositif Conseiller numérique",
        "region": "la région",
        "france-travail": "France Travail",
        "autre": "un autre financeur",
    },
)
OPENING = define(
    "classroom.opening",
    "jusqu’à combien de jours avant une session on s’y inscrit, et si l’ordre des vagues s’applique",
    "json",
    # Aidants Connect, settings read in August 2026: 28 days, or 14 once more than 4 people are registered.
    default={"days": 28, "days_when_filling": 14, "filling_above": 4, "waves": True},
)
OFFER = define(
    "classroom.offer",
    "combien de temps une place libérée est gardée pour la première personne de la liste d’attente",
    "json",
    default={"working_days": 2, "near_days": 7, "near_hours": 24, "last_hours": 2},
)
CONVOCATION_DAYS = define(
    "classroom.convocation_days", "combien de jours avant une session part la convocation", "integer", default=14
)


def road_of(answers: funding.Answers, on=None) -> funding.Road:
    """What these answers lead to on a day."""
    return funding.road_of(answers, current(FUNDING_ROADS.code, on))


def coming_wave(organisation, on) -> Wave | None:
    """The wave an organisation waits for in the campagne going on; nothing when it has begun, or there is none."""
    campagne = Campagne.objects.current(on).first()
    if campagne is None:
        return None
    return Wave.objects.of(organisation, campagne).filter(starts_on__gt=on).first()
