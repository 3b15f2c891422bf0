"""The steps of a first installation, in order, and what each still asks for."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from . import forms


@dataclass(frozen=True)
class Step:
    slug: str
    title: str
    why: str
    is_done: Callable
    form: type | None = None


def filled(*names):
    return lambda identity: all(getattr(identity, name).strip() for name in names)


STEPS = (
    Step(
        "editeur",
        "Qui édite le site",
        "La loi demande de nommer l’éditeur et la personne qui répond de la publication.",
        filled("editeur", "contact", "directeur_publication"),
        forms.PublisherForm,
    ),
    Step(
        "hebergeur",
        "Qui l’héberge",
        "Le nom, l’adresse et le téléphone de l’hébergeur figurent dans les mentions légales.",
        filled("hebergeur"),
        forms.HostForm,
    ),
    Step(
        "donnees",
        "Qui protège les données",
        "Chacun peut écrire au délégué à la protection des données pour exercer ses droits.",
        filled("dpo"),
        forms.DataOfficerForm,
    ),
    Step(
        "accessibilite",
        "Qui répond sur l’accessibilité",
        "La déclaration d’accessibilité donne un contact et un niveau, sans rien promettre qui n’ait été mesuré.",
        filled("contact_accessibilite"),
        forms.AccessibilityForm,
    ),
    Step(
        "expediteur",
        "D’où partent les messages",
        "Les codes de connexion partent de cette adresse : les messageries doivent l’accepter.",
        lambda identity: identity.sender_confirmed == settings.DEFAULT_FROM_EMAIL,
    ),
    Step(
        "message",
        "Message d’essai",
        "Un message vous est envoyé ; vous dites s’il est arrivé.",
        lambda identity: identity.mail_received_at is not None,
    ),
    Step(
        "fichiers",
        "Fichier d’essai",
        "Un fichier est écrit, relu puis effacé, là où sont gardés les médias et les documents officiels.",
        lambda identity: identity.files_tested_at is not None,
    ),
    Step(
        "file",
        "Travaux différés",
        "Un travail est confié à la file d’attente, qui produit les documents et envoie les messages.",
        lambda identity: identity.queue_tested_at is not None,
    ),
)


def step_named(slug):
    return next((step for step in STEPS if step.slug == slug), None)


def next_step(identity, after=None):
    """The first step still to do, looking first at those that follow."""
    start = STEPS.index(after) + 1 if after else 0
    return next((step for step in STEPS[start:] + STEPS[:start] if not step.is_done(identity)), None)


def left(identity):
    return [step for step in STEPS if not step.is_done(identity)]
