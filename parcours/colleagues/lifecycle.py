"""A list goes from draft to report; an invitation waits for one answer."""

from django.db import models

from lms.kernel.lifecycle import Lifecycle, Transition
from parcours.colleagues.engine.checking import Status


class ListState(models.TextChoices):
    DRAFT = "draft", "brouillon"
    CONFIRMED = "confirmed", "en attente"
    RUNNING = "running", "en cours"
    DONE = "done", "terminé"
    EXPIRED = "expired", "expiré"


class LineStatus(models.TextChoices):
    """What a line would do, as long as its list is a draft."""

    READY = Status.READY.value, "à inscrire"
    ALREADY = Status.ALREADY.value, "déjà inscrit"
    FAULTY = Status.FAULTY.value, "à corriger"
    EXCLUDED = Status.EXCLUDED.value, "écartée"


class Outcome(models.TextChoices):
    """What became of a line once its list was confirmed."""

    WAITING = "", "en attente"
    ENROLLED = "enrolled", "inscrit"
    ALREADY = "already", "déjà inscrit"
    INVITED = "invited", "invitation envoyée"
    REFUSED = "refused", "non inscrit"
    EXCLUDED = "excluded", "écartée"


class InvitationState(models.TextChoices):
    SENT = "sent", "en attente"
    ACCEPTED = "accepted", "acceptée"
    DECLINED = "declined", "refusée"
    EXPIRED = "expired", "expirée"


def nothing_left_to_correct(found):
    count = found.lines.filter(status=LineStatus.FAULTY).count()
    if count:
        plural = "s" if count > 1 else ""
        return f"Il reste {count} ligne{plural} à corriger ou à écarter."
    return None


def somebody_to_enrol(found):
    if not found.lines.filter(status=LineStatus.READY).exists():
        return "Cette liste ne contient personne à inscrire."
    return None


def every_line_dealt_with(found):
    if found.lines.filter(outcome=Outcome.WAITING).exists():
        return "Des lignes attendent encore leur tour."
    return None


LIST = Lifecycle(
    Transition(
        "confirm_list",
        (ListState.DRAFT,),
        ListState.CONFIRMED,
        guards=(nothing_left_to_correct, somebody_to_enrol),
        label="Inscrire ces personnes",
    ),
    Transition("start_list", (ListState.CONFIRMED,), ListState.RUNNING),
    Transition("finish_list", (ListState.RUNNING,), ListState.DONE, guards=(every_line_dealt_with,)),
    Transition("expire_list", (ListState.DRAFT,), ListState.EXPIRED),
)

INVITATION = Lifecycle(
    Transition("accept_invitation", (InvitationState.SENT,), InvitationState.ACCEPTED, label="Confirmer et m’inscrire"),
    Transition("decline_invitation", (InvitationState.SENT,), InvitationState.DECLINED, label="Refuser"),
    Transition("expire_invitation", (InvitationState.SENT,), InvitationState.EXPIRED),
)
