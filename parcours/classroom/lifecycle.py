"""A session is written, published, held or cancelled; a registration takes a seat, waits for one, or leaves."""

from django.db import models
from django.utils import timezone

from lms.kernel.formats import duration
from lms.kernel.lifecycle import Lifecycle, Transition
from lms.organisations.lifecycle import Role


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
        return "Le délai pour répondre est passé : la place a été proposée à la personne suivante."
    return None


def session_not_over(registration):
    if registration.session.ends_at and registration.session.ends_at <= timezone.now():
        return "Cette session est passée : les inscriptions ne changent plus."
    return None


def session_not_begun(registration):
    """What every convention promises: a colleague may take the seat until the session begins."""
    if registration.session.has_begun:
        return "Cette session a commencé : une personne se remplace avant son début. Vous pouvez encore la désister."
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
    Transition(
        "withdraw_registration",
        ACTIVE,
        RegistrationState.WITHDRAWN,
        guards=(session_not_over,),
        label="Se désister",
    ),
    Transition(
        "replace_registration",
        SEATED,
        RegistrationState.REPLACED,
        guards=(session_not_begun,),
        label="Remplacer cette personne",
    ),
    Transition(
        "move_registration",
        ACTIVE,
        RegistrationState.MOVED,
        guards=(session_not_over,),
        label="Déplacer vers une autre session",
    ),
    Transition("cancel_registration", ACTIVE, RegistrationState.CANCELLED),
)


def dates_to_come(session):
    first = min((one.starts_at for one in session.half_days.all()), default=None)
    if first is None:
        return "Aucune demi-journée n’a de date : choisissez le lieu et les dates."
    if first <= timezone.now():
        return "La première demi-journée est déjà passée : choisissez des dates à venir."
    return None


def half_days_match(session):
    """As many as the edition describes, in their order, each as long as it says."""
    planned = session.edition.content.get("seances", [])
    half_days = session.half_days.all()
    if [one["id"] for one in planned] != [one.seance_id for one in half_days]:
        return (
            f"La session a {len(half_days)} demi-journée(s), et le parcours en prévoit {len(planned)} : "
            "revenez au lieu et aux dates pour les proposer de nouveau."
        )
    for described, half_day in zip(planned, half_days, strict=True):
        if described["minutes"] != half_day.minutes:
            return (
                f"La demi-journée {half_day.position} dure {duration(half_day.minutes)}, et le parcours en prévoit "
                f"{duration(described['minutes'])} : corrigez ses heures."
            )
    return None


def held_somewhere(session):
    """A room where people come, a link where they join from afar; a hybrid session has both, here or there."""
    half_days = session.half_days.all()
    for one in half_days:
        if session.modality == Modality.ONSITE and not one.room_id:
            return f"La demi-journée {one.position} n’a pas de salle : choisissez-en une."
        if session.modality == Modality.REMOTE and not one.link:
            return f"La demi-journée {one.position} n’a pas de lien de visioconférence : donnez-le."
        if not one.room_id and not one.link:
            return f"La demi-journée {one.position} n’a ni salle ni lien : choisissez où elle se tient."
    if session.modality == Modality.HYBRID and not (
        any(o.room_id for o in half_days) and any(o.link for o in half_days)
    ):
        return "Une session hybride a au moins une salle et un lien de visioconférence : donnez celui qui manque."
    return None


def rooms_in_use(session):
    for one in session.half_days.all():
        if one.room_id and one.room.archived_at:
            return f"La salle « {one.room} » n’est plus proposée : choisissez-en une autre."
    return None


def taught(session):
    """By people who hold the role of trainer in the organisme today."""
    holding = set(session.organisation.memberships.active().filter(role=Role.TRAINER).values_list("person", flat=True))
    for one in session.half_days.all():
        trainers = one.trainers.all()
        if not trainers:
            return f"La demi-journée {one.position} n’a pas de formateur : choisissez qui l’anime."
        for trainer in trainers:
            if trainer.pk not in holding:
                return f"{trainer.full_name} n’est plus formateur de {session.organisation} : choisissez qui anime."
    return None


def priced(session):
    if not session.is_settled:
        return "Le tarif n’est pas dit : donnez un montant, ou dites dans la précision pourquoi c’est gratuit."
    return None


def within_the_rooms(session):
    smallest = min(
        (one.room for one in session.half_days.all() if one.room_id and one.room.capacity),
        key=lambda room: room.capacity,
        default=None,
    )
    if smallest and session.capacity > smallest.capacity:
        return (
            f"La salle « {smallest} » a {smallest.capacity} places, et la session en propose {session.capacity} : "
            "réduisez les places, ou changez de salle."
        )
    return None


def kept_for_somebody(session):
    if session.intra and session.intra_for_id is None:
        return "La session est réservée à une structure : dites laquelle."
    return None


def not_over(session):
    if session.ends_at and session.ends_at <= timezone.now():
        return "Cette session est passée."
    return None


def over(session):
    if session.ends_at is None or session.ends_at > timezone.now():
        return "La dernière demi-journée n’est pas finie : une session se termine quand elle est passée."
    return None


READY = (
    dates_to_come,
    half_days_match,
    held_somewhere,
    rooms_in_use,
    taught,
    within_the_rooms,
    kept_for_somebody,
    priced,
)
SESSION = Lifecycle(
    Transition("publish_session", (SessionState.DRAFT,), SessionState.PUBLISHED, READY, "Publier la session"),
    Transition(
        "reschedule_session", (SessionState.PUBLISHED,), SessionState.PUBLISHED, (not_over,), "Changer les dates"
    ),
    Transition("cancel_session", (SessionState.PUBLISHED,), SessionState.CANCELLED, (not_over,), "Annuler la session"),
    Transition("close_session", (SessionState.PUBLISHED,), SessionState.CLOSED, (over,), "Terminer la session"),
)
