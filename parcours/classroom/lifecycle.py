"""A session is written, published, held or cancelled; a registration takes a seat, waits for one, or leaves."""

from django.db import models
from django.utils import timezone

from lms.kernel.lifecycle import Lifecycle, Transition


class SessionState(models.TextChoices):
    DRAFT = "draft", "brouillon"
    PUBLISHED = "published", "publiée"
    CANCELLED = "cancelled", "annulée"
    CLOSED = "closed", "terminée"


class Modality(models.TextChoices):
    ONSITE = "onsite", "en présentiel"
    REMOTE = "remote", "à distance"
    HYBRID = "hybrid", "hybride"


class Registrar(models.TextChoices):
    """Who may register: the référent alone, or the trainee as well."""

    REFERENT = "referent", "le référent de la structure"
    ANYONE = "anyone", "le référent ou la personne elle-même"


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", "inscrit"
    WAITING = "waiting", "en liste d’attente"
    OFFERED = "offered", "place proposée"
    WITHDRAWN = "withdrawn", "désisté"
    REPLACED = "replaced", "remplacé"
    MOVED = "moved", "déplacé vers une autre session"
    EXPIRED = "expired", "place proposée, sans réponse"
    CANCELLED = "cancelled", "annulé avec la session"


SEATED = (RegistrationState.REGISTERED, RegistrationState.OFFERED)
"""Those who hold a seat: an offered one is kept until its deadline."""
QUEUED = (RegistrationState.WAITING,)
ACTIVE = (*SEATED, *QUEUED)


class Audience(models.TextChoices):
    """Whom the recueil des besoins is asked of."""

    LEARNER = "learner", "stagiaire"
    EMPLOYER = "employer", "employeur"
    PAYER = "payer", "financeur"


def seat_still_kept(registration):
    if registration.offer_until and registration.offer_until <= timezone.now():
        return "Le délai pour répondre est passé : la place a été proposée à la personne suivante."
    return None


REGISTRATION = Lifecycle(
    Transition("offer_seat", (RegistrationState.WAITING,), RegistrationState.OFFERED),
    Transition(
        "accept_seat",
        (RegistrationState.OFFERED,),
        RegistrationState.REGISTERED,
        guards=(seat_still_kept,),
        label="Accepter la place",
    ),
    Transition("decline_seat", (RegistrationState.OFFERED,), RegistrationState.WITHDRAWN, label="Laisser la place"),
    Transition("expire_offer", (RegistrationState.OFFERED,), RegistrationState.EXPIRED),
    Transition("withdraw_registration", ACTIVE, RegistrationState.WITHDRAWN, label="Se désister"),
    Transition("replace_registration", SEATED, RegistrationState.REPLACED, label="Remplacer cette personne"),
    Transition("move_registration", ACTIVE, RegistrationState.MOVED, label="Déplacer vers une autre session"),
    Transition("cancel_registration", ACTIVE, RegistrationState.CANCELLED),
)
