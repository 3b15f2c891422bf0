"""A session is written, published, held or cancelled; a registration takes a seat, waits for one, or leaves."""

from django.db import models


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
