"""When a devis is answered, a convention signed by one party then the other, and what replaces what."""

from django.db import models
from django.utils import timezone

from lms.kernel.formats import date_long
from lms.kernel.lifecycle import Lifecycle, Transition


class QuoteState(models.TextChoices):
    SENT = "sent", "en attente de réponse"
    ACCEPTED = "accepted", "accepté"
    DECLINED = "declined", "refusé"
    REPLACED = "replaced", "remplacé"


class ConventionState(models.TextChoices):
    DRAFT = "draft", "brouillon"
    SENT = "sent", "à signer par l’acheteur"
    SIGNED = "signed", "signée des deux parties"
    REPLACED = "replaced", "remplacée"
    CANCELLED = "cancelled", "abandonnée"


class Party(models.TextChoices):
    ISSUER = "issuer", "organisme de formation"
    BUYER = "buyer", "acheteur"
    LEARNER = "learner", "stagiaire"


class Way(models.TextChoices):
    ONLINE = "online", "en ligne"
    FILE = "file", "fichier signé déposé"


class TextKind(models.TextChoices):
    LIVRET = "livret", "livret d’accueil"
    REGLEMENT = "reglement", "règlement intérieur"


class DeliveryWay(models.TextChoices):
    SPACE = "space", "dans son espace, annoncé par courriel"
    HAND = "hand", "dans son espace, sans adresse électronique"


class PayerKind(models.TextChoices):
    """Source: the open list of payers; a bilan pédagogique et financier tells them apart."""

    EMPLOYER = "employer", "employeur"
    OPCO = "opco", "OPCO"
    CPF = "cpf", "CPF (Caisse des dépôts)"
    STATE = "state", "État"
    REGION = "region", "région"
    FRANCE_TRAVAIL = "france_travail", "France Travail"
    EUROPE = "europe", "Union européenne"
    PUBLIC_SERVICE = "public_service", "fonction publique (CNFPT…)"
    PERSON = "person", "particulier"
    OTHER_CENTRE = "other_centre", "autre organisme de formation"


def paper_is_ready(document):
    if not document.is_sealed:
        return "Le document se prépare encore : quelques secondes suffisent en général. Rechargez la page."
    return None


def still_valid(quote):
    if timezone.localdate() > quote.valid_until:
        return f"Ce devis n’est plus valable depuis le {date_long(quote.valid_until)} : demandez-en un nouveau."
    return None


def no_newer_version(convention):
    if convention.has_next:
        return "Une nouvelle version de cette convention se prépare : attendez-la pour signer."
    return None


QUOTING = Lifecycle(
    Transition(
        "accept_quote",
        (QuoteState.SENT,),
        QuoteState.ACCEPTED,
        guards=(paper_is_ready, still_valid),
        label="Accepter le devis",
    ),
    Transition("decline_quote", (QuoteState.SENT,), QuoteState.DECLINED, label="Refuser le devis"),
    Transition(
        "replace_quote", (QuoteState.SENT, QuoteState.DECLINED), QuoteState.REPLACED, label="Remplacer le devis"
    ),
)
AGREEING = Lifecycle(
    Transition(
        "send_convention", (ConventionState.DRAFT,), ConventionState.SENT, label="Signer et envoyer la convention"
    ),
    Transition(
        "sign_convention",
        (ConventionState.SENT,),
        ConventionState.SIGNED,
        guards=(paper_is_ready, no_newer_version),
        label="Signer la convention",
    ),
    Transition(
        "replace_convention",
        (ConventionState.SENT, ConventionState.SIGNED),
        ConventionState.REPLACED,
        label="Remplacer la convention",
    ),
    Transition(
        "cancel_convention",
        (ConventionState.DRAFT, ConventionState.SENT),
        ConventionState.CANCELLED,
        label="Abandonner la convention",
    ),
)
