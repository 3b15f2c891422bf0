"""What an organisation may be, what a person may be in it, and since when."""

from django.db import models


class Kind(models.TextChoices):
    STRUCTURE = "structure", "structure"
    TRAINING = "training", "organisme de formation"
    OPCO = "opco", "OPCO"
    CERTIFIER = "certifier", "certificateur"
    HUB = "hub", "hub territorial"
    ANCT = "anct", "ANCT"


class Role(models.TextChoices):
    LEARNER = "learner", "apprenant"
    STRUCTURE_REFERENT = "structure_referent", "référent de structure"
    TRAINER = "trainer", "formateur"
    TRAINING_MANAGER = "training_manager", "responsable de formation"
    REVIEWER = "reviewer", "relecteur"
    DISABILITY_REFERENT = "disability_referent", "référent handicap"
    OPCO_OFFICER = "opco_officer", "gestionnaire OPCO"
    CERTIFIER = "certifier", "certificateur"
    JURY_MEMBER = "jury_member", "membre de jury"
    VAE_ADVISOR = "vae_advisor", "accompagnateur VAE"
    PILOT = "pilot", "pilote ANCT"
    TERRITORIAL_PILOT = "territorial_pilot", "pilote territorial"
    AUDITOR = "auditor", "auditeur"
    ADMIN = "admin", "administrateur"


NATIONAL_ROLES = frozenset({Role.PILOT, Role.ADMIN})
ANSWERING_ROLES = frozenset({Role.STRUCTURE_REFERENT, Role.TRAINING_MANAGER})
VISITING_ROLES = frozenset({Role.AUDITOR, Role.JURY_MEMBER})
BY_LINK = frozenset({Role.AUDITOR})
"""Whoever audits reads by a link, named and dated: the role itself opens nothing, and is given no more."""
ANYWHERE = frozenset(Kind)
KINDS_OF_ROLE = {
    Role.LEARNER: ANYWHERE,
    Role.STRUCTURE_REFERENT: ANYWHERE,
    Role.TRAINER: frozenset({Kind.TRAINING}),
    Role.TRAINING_MANAGER: frozenset({Kind.TRAINING}),
    Role.REVIEWER: frozenset({Kind.TRAINING, Kind.ANCT}),
    Role.DISABILITY_REFERENT: frozenset({Kind.TRAINING, Kind.CERTIFIER}),
    Role.OPCO_OFFICER: frozenset({Kind.OPCO}),
    Role.CERTIFIER: frozenset({Kind.CERTIFIER}),
    Role.JURY_MEMBER: frozenset({Kind.CERTIFIER}),
    Role.VAE_ADVISOR: frozenset({Kind.TRAINING, Kind.CERTIFIER, Kind.STRUCTURE}),
    Role.PILOT: frozenset({Kind.ANCT}),
    Role.TERRITORIAL_PILOT: frozenset({Kind.STRUCTURE, Kind.HUB, Kind.ANCT}),
    Role.AUDITOR: ANYWHERE,
    Role.ADMIN: frozenset({Kind.ANCT}),
}


def role_fits(organisation, role) -> str | None:
    """A role has a meaning in some kinds of organisation only."""
    kinds = KINDS_OF_ROLE[Role(role)]
    if organisation.kind in kinds:
        return None
    wanted = " ou ".join(kind.label for kind in Kind if kind in kinds)
    return (
        f"Le rôle « {Role(role).label} » ne s’exerce pas dans « {organisation.name} » "
        f"({Kind(organisation.kind).label}) : choisissez une organisation de type {wanted}."
    )


def may_be_given(role) -> str | None:
    if role in BY_LINK:
        return (
            f"Le rôle « {Role(role).label} » ne se donne pas : le responsable de formation donne un accès "
            "nommé et daté dans « Accès des auditeurs », et la personne lit par le lien reçu."
        )
    return None


def dates_in_order(starts_on, ends_on) -> str | None:
    if ends_on and ends_on < starts_on:
        return "La date de fin précède la date de début : corrigez l’une des deux."
    return None
