"""The words of the habilitation: what is known of a person in a structure, how far it goes, why it stops."""

from django.db import models

from certification.habilitation.engine import kinds, rule
from lms.kernel.lifecycle import Lifecycle, Transition


class Step(models.TextChoices):
    """How far somebody is for one structure; the last three are ways out."""

    INVITED = rule.Step.INVITED.value, "invité"
    REGISTERED = rule.Step.REGISTERED.value, "inscrit"
    UNDERWAY = rule.Step.UNDERWAY.value, "en cours"
    ATTENDED = rule.Step.ATTENDED.value, "assiduité validée"
    PIX_SENT = rule.Step.PIX_SENT.value, "test Pix envoyé"
    HABILITATED = rule.Step.HABILITATED.value, "habilité"
    OPERATIONAL = rule.Step.OPERATIONAL.value, "opérationnel"
    LEFT = rule.Step.LEFT.value, "abandon"
    CANCELLED = rule.Step.CANCELLED.value, "annulé"
    REFUSED = rule.Step.REFUSED.value, "refusé"


EXITS = (Step.LEFT, Step.CANCELLED, Step.REFUSED)
REACHED = (Step.HABILITATED, Step.OPERATIONAL)


class ExitReason(models.TextChoices):
    JOB_LEFT = "job_left", "a quitté la structure"
    JOB_CHANGED = "job_changed", "a changé de fonction"
    NO_TIME = "no_time", "n’a pas pu se libérer"
    NOT_ELIGIBLE = "not_eligible", "n’est pas éligible"
    STRUCTURE_GAVE_UP = "structure_gave_up", "la structure a renoncé"
    DEPARTURE = "departure", "départ de la structure"
    TWICE = "twice", "demande en double"
    TRANSFERRED = "transferred", "suit l’habilitation dans une autre structure"
    DECIDED_ELSEWHERE = "decided_elsewhere", "décision d’Aidants Connect"
    OTHER = "other", "autre motif, précisé"


LEAVING_REASONS = (
    ExitReason.JOB_LEFT,
    ExitReason.JOB_CHANGED,
    ExitReason.NO_TIME,
    ExitReason.NOT_ELIGIBLE,
    ExitReason.STRUCTURE_GAVE_UP,
    ExitReason.TRANSFERRED,
    ExitReason.OTHER,
)
"""Those a person gives; the others are noted by what happened."""


class ExternalStatus(models.TextChoices):
    """The statuses of an individual request in Aidants Connect, with its own spelling: mirrored, never played."""

    WAITING_LIST = "waitling_list", "Liste d’attente"
    NEW = "new", "Nouvelle"
    PROCESSING = "processing", "Éligibilité validée"
    PROCESSING_P2P = "processing_p2p", "Éligibilité validée (pair-à-pair)"
    VALIDATED = "validated", "Validée"
    REFUSED = "refused", "Refusée"
    CANCELLED = "cancelled", "Annulée"
    CANCELLED_BY_REFERENT = "status_cancelled_by_responsable", "Annulée par le ou la référente"


GONE = (ExitReason.JOB_LEFT, ExitReason.DEPARTURE, ExitReason.TRANSFERRED)
"""The person is no longer, or no longer followed, in that structure: what they do since is theirs."""

ELIGIBLE_STATUSES = (ExternalStatus.PROCESSING, ExternalStatus.PROCESSING_P2P, ExternalStatus.VALIDATED)
REFUSED_STATUSES = (ExternalStatus.REFUSED,)
CANCELLED_STATUSES = (ExternalStatus.CANCELLED, ExternalStatus.CANCELLED_BY_REFERENT)


class Route(models.TextChoices):
    CLASSIC = rule.Route.CLASSIC.value, "formation par un organisme"
    PEER = rule.Route.PEER.value, "formation entre pairs"


def route_of(external_status: str, route: str) -> str:
    """Aidants Connect forces the route by its status; otherwise the one that was said stays."""
    if external_status == ExternalStatus.PROCESSING_P2P:
        return Route.PEER
    return Route.CLASSIC if external_status == ExternalStatus.PROCESSING else route


def way_out_of(external_status: str) -> str:
    """The way out that a status of Aidants Connect is; empty when it is none."""
    if external_status in REFUSED_STATUSES:
        return Step.REFUSED
    return Step.CANCELLED if external_status in CANCELLED_STATUSES else ""


class FactKind(models.TextChoices):
    """Training and test Pix belong to the person; all others to the person in one structure."""

    ELIGIBILITY = rule.Kind.ELIGIBILITY.value, "éligibilité"
    REGISTRATION = rule.Kind.REGISTRATION.value, "inscription à une formation"
    START = rule.Kind.START.value, "début de la formation"
    TRAINING = rule.Kind.TRAINING.value, "formation suivie"
    PIX = rule.Kind.PIX.value, "test Pix envoyé"
    ACCOUNT = rule.Kind.ACCOUNT.value, "compte Aidants Connect créé"
    DEVICE = rule.Kind.DEVICE.value, "moyen de connexion confirmé"


OF_THE_PERSON = (FactKind.TRAINING, FactKind.PIX)


class Standing(models.TextChoices):
    """Only what is confirmed counts."""

    DECLARED = "declared", "déclaré"
    IMPORTED = "imported", "confirmé par import"
    CONFIRMED = "confirmed", "confirmé par une personne"
    REJECTED = "rejected", "écarté"


CONFIRMED = (Standing.IMPORTED, Standing.CONFIRMED)


class Origin(models.TextChoices):
    """Where a fact comes from: what was followed here is never mistaken for what a file tells."""

    HERE = "here", "suivi ici"
    AIDANTS_CONNECT = "aidants_connect", "repris d’Aidants Connect"
    PIX = "pix", "fichier de Pix"
    TRAINING = "training", "liste d’un organisme de formation"
    PERSON = "person", "saisi par une personne"


class FileKind(models.TextChoices):
    PEOPLE_TO_TRAIN = kinds.FileKind.PEOPLE_TO_TRAIN.value, "Aidants à former"
    PLAIN_ATTENDANCE = kinds.FileKind.PLAIN_ATTENDANCE.value, "Liste de présence"
    HALF_DAYS = kinds.FileKind.HALF_DAYS.value, "Assiduité par demi-journée"
    ATTENDANCE = kinds.FileKind.ATTENDANCE.value, "Inscrits d’un organisme de formation"
    SESSIONS = kinds.FileKind.SESSIONS.value, "Sessions"
    STRUCTURES = kinds.FileKind.STRUCTURES.value, "Structures (vue des organismes de formation)"
    STRUCTURES_DATAPASS = kinds.FileKind.STRUCTURES_DATAPASS.value, "Structures (mise à jour Datapass)"
    PEOPLE_BY_STRUCTURE = kinds.FileKind.PEOPLE_BY_STRUCTURE.value, "Personnes par structure"
    STRUCTURE_REQUESTS = kinds.FileKind.STRUCTURE_REQUESTS.value, "Demandes de structures"
    ACCOUNTS = kinds.FileKind.ACCOUNTS.value, "Comptes aidants"
    GENERAL = kinds.FileKind.GENERAL.value, "Export général des aidants"
    ACCOUNTS_FEED = kinds.FileKind.ACCOUNTS_FEED.value, "Aidants (flux de Mon inclusion numérique)"
    PIX_JSON = kinds.FileKind.PIX_JSON.value, "Résultats du test Pix Aidants Connect (JSON)"
    PIX_CSV = kinds.FileKind.PIX_CSV.value, "Résultats d’une campagne Pix Orga (CSV)"


ATTENDANCES = (FileKind.PLAIN_ATTENDANCE, FileKind.HALF_DAYS, FileKind.ATTENDANCE)
"""What an organisme says of who was there: it deposits these, and no other."""
PIX_RESULTS = (FileKind.PIX_JSON, FileKind.PIX_CSV)


class FileState(models.TextChoices):
    READING = "reading", "lecture en cours"
    CHECKED = "checked", "à vérifier"
    UNREADABLE = "unreadable", "illisible"
    RUNNING = "running", "enregistrement en cours"
    DONE = "done", "enregistré"
    ABANDONED = "abandoned", "abandonné"


class Outcome(models.TextChoices):
    """What a line of a file would do, then what it did."""

    WAITING = "", "à lire"
    NEW = "new", "nouveau"
    CHANGED = "changed", "complété"
    SAME = "same", "déjà connu"
    DOUBTFUL = "doubtful", "à rapprocher"
    UNMATCHED = "unmatched", "personne inconnue"
    FAULTY = "faulty", "en erreur"
    LEFT_OUT = "left_out", "sans effet"
    ERASED = "erased", "personne effacée à sa demande"


ACTING = (Outcome.NEW, Outcome.CHANGED, Outcome.SAME)
NOBODY_YET = (Outcome.DOUBTFUL, Outcome.UNMATCHED)


def still_there(fact):
    return "Ce fait a été retiré : il ne se décide plus." if fact.withdrawn_at else None


FACTS = Lifecycle(
    Transition(
        "confirm_fact",
        (Standing.DECLARED, Standing.REJECTED),
        Standing.CONFIRMED,
        guards=(still_there,),
        label="Confirmer",
    ),
    Transition("reject_fact", (Standing.DECLARED,), Standing.REJECTED, guards=(still_there,), label="Écarter"),
    field="standing",
)
