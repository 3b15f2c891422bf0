"""The recueil des besoins: a few questions to the trainee, the employer and the payer, as versioned data."""

from lms.kernel.rules import current, define

TEXT, ONE, SEVERAL = "text", "one", "several"
MOST_QUESTIONS = 8

LEVELS = ["Je débute", "Je me débrouille avec de l’aide", "Je suis à l’aise", "J’aide déjà les autres"]
SURVEYS = define(
    "classroom.needs_questions",
    "questions du recueil des besoins, par public : huit au plus pour chacun",
    "json",
    # Qualiopi, indicator 4: the provider analyses the need of the trainee with the employer and the payer.
    default={
        "version": "2026-11",
        "learner": [
            {
                "code": "travail",
                "label": "Dans votre travail, qui accompagnez-vous, et pour quelles démarches ?",
                "kind": TEXT,
            },
            {
                "code": "niveau",
                "label": "Aider quelqu’un dans une démarche en ligne",
                "kind": ONE,
                "choices": LEVELS,
                "level": "Démarches",
            },
            {
                "code": "franceconnect",
                "label": "Expliquer FranceConnect à une personne",
                "kind": ONE,
                "choices": LEVELS,
                "level": "FranceConnect",
            },
            {
                "code": "mandat",
                "label": "Avez-vous déjà fait une démarche à la place de quelqu’un ?",
                "kind": ONE,
                "choices": ["Jamais", "Rarement", "Souvent"],
            },
            {
                "code": "attentes",
                "label": "Que voulez-vous savoir faire en sortant ?",
                "kind": TEXT,
            },
            {
                "code": "materiel",
                "label": "Que pourrez-vous apporter ou utiliser ?",
                "kind": SEVERAL,
                "choices": ["Un ordinateur portable", "Une tablette", "Un téléphone", "Rien de tout cela"],
                "optional": True,
            },
        ],
        "employer": [
            {
                "code": "objectif",
                "label": "Que doivent savoir faire vos collègues après cette formation ?",
                "kind": TEXT,
            },
            {
                "code": "cadre",
                "label": "Où en est votre structure avec Aidants Connect ?",
                "kind": ONE,
                "choices": [
                    "La demande n’est pas déposée",
                    "La demande est en cours",
                    "La structure est éligible",
                    "Sans objet",
                ],
            },
            {
                "code": "contraintes",
                "label": "Y a-t-il des contraintes d’organisation à connaître ?",
                "kind": TEXT,
                "optional": True,
            },
        ],
        "payer": [
            {
                "code": "resultat",
                "label": "Quel résultat attendez-vous de cette formation ?",
                "kind": TEXT,
            },
            {
                "code": "pieces",
                "label": "De quelles pièces aurez-vous besoin pour payer ?",
                "kind": SEVERAL,
                "choices": ["Convention", "Certificat de réalisation", "Feuilles d’émargement", "Relevé des heures"],
                "optional": True,
            },
            {
                "code": "precision",
                "label": "Y a-t-il un point à surveiller ?",
                "kind": TEXT,
                "optional": True,
            },
        ],
    },
)


def version_of(on=None) -> str:
    return current(SURVEYS.code, on)["version"]


def questions_for(audience, on=None) -> list[dict]:
    """The questions of a day to one audience, `MOST_QUESTIONS` at most."""
    return current(SURVEYS.code, on)[str(audience)][:MOST_QUESTIONS]
