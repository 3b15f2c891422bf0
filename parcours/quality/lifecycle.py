"""What is told of quality, in closed lists; how a complaint, an improvement and a pack go on."""

from django.db import models

from lms.kernel.lifecycle import Lifecycle, Transition


class AbandonReason(models.TextChoices):
    JOB = "job", "prise de poste ou changement de fonctions"
    WORKLOAD = "workload", "manque de temps ou charge de travail"
    EMPLOYER = "employer", "décision de l’employeur"
    PERSONAL = "personal", "raison personnelle"
    FUNDING = "funding", "financement non obtenu"
    CONTENT = "content", "la formation ne répond pas au besoin"
    TECHNICAL = "technical", "matériel ou connexion insuffisants"
    SILENT = "silent", "sans nouvelles après trois relances"
    OTHER = "other", "autre raison"


class DocumentKind(models.TextChoices):
    CV = "cv", "curriculum vitæ"
    DIPLOMA = "diploma", "diplôme ou titre"
    UPDATE = "update", "formation suivie, mise à jour"
    OTHER = "other", "autre pièce"


class Origin(models.TextChoices):
    COMPLAINT = "complaint", "réclamation"
    APPRECIATION = "appreciation", "appréciations recueillies"
    HAZARD = "hazard", "aléa"
    ABANDON = "abandon", "abandons"
    AUDIT = "audit", "audit"
    TEAM = "team", "proposition de l’équipe"


class WatchTopic(models.TextChoices):
    LAW = "law", "droit de la formation"
    TRADE = "trade", "métiers et compétences"
    METHOD = "method", "pédagogie et techniques"
    DISABILITY = "disability", "handicap"


class ImprovementState(models.TextChoices):
    TODO = "todo", "à faire"
    DONE = "done", "faite"
    MEASURED = "measured", "effet mesuré"
    DROPPED = "dropped", "abandonnée"


class ComplaintState(models.TextChoices):
    WAITING = "waiting", "en attente"
    ANSWERED = "answered", "répondue"
    CLOSED = "closed", "close"


class Capacity(models.TextChoices):
    """In what capacity somebody complains."""

    TRAINEE = "trainee", "stagiaire"
    EMPLOYER = "employer", "employeur ou structure"
    FUNDER = "funder", "financeur"
    TRAINER = "trainer", "formateur"
    OTHER = "other", "autre"


class Audience(models.TextChoices):
    TRAINEE = "trainee", "stagiaires"
    FUNDER = "funder", "financeurs"
    TEAM = "team", "équipes pédagogiques"
    EMPLOYER = "employer", "entreprises et employeurs"


class Moment(models.TextChoices):
    HOT = "hot", "à chaud"
    COLD = "cold", "à froid"


class Scale(models.IntegerChoices):
    """Words, never stars: a screen reader and a paper say the same."""

    VERY = 4, "Tout à fait"
    RATHER = 3, "Plutôt oui"
    RATHER_NOT = 2, "Plutôt non"
    NOT = 1, "Pas du tout"


SATISFIED = (Scale.VERY, Scale.RATHER)


class PackState(models.TextChoices):
    PREPARING = "preparing", "en préparation"
    READY = "ready", "prêt"


GOING_ON = (ComplaintState.WAITING, ComplaintState.ANSWERED)


def has_an_answer(complaint):
    if complaint.answered_at is None:
        return "Une réclamation se clôt par une réponse : écrivez-la d’abord."
    return None


COMPLAINING = Lifecycle(
    Transition("complain_again", GOING_ON, ComplaintState.WAITING, label="Envoyer une précision"),
    Transition("answer_complaint", GOING_ON, ComplaintState.ANSWERED, label="Répondre"),
    Transition(
        "close_complaint", GOING_ON, ComplaintState.CLOSED, guards=(has_an_answer,), label="Clore la réclamation"
    ),
)
IMPROVING = Lifecycle(
    Transition("do_improvement", (ImprovementState.TODO,), ImprovementState.DONE, label="Dire que c’est fait"),
    Transition(
        "measure_improvement", (ImprovementState.DONE,), ImprovementState.MEASURED, label="Noter l’effet mesuré"
    ),
    Transition("drop_improvement", (ImprovementState.TODO,), ImprovementState.DROPPED, label="Abandonner cette action"),
)
PACKING = Lifecycle(Transition("finish_pack", (PackState.PREPARING,), PackState.READY))
