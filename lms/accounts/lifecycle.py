"""When a lost second factor may be reset, and when a request about one's own data is answered."""

from django.db import models
from django.utils import timezone

from lms.kernel.formats import instant
from lms.kernel.lifecycle import Lifecycle, Transition


class ResetState(models.TextChoices):
    ASKED = "asked", "demandée"
    EXECUTED = "executed", "exécutée"
    STOPPED = "stopped", "arrêtée"


class RequestState(models.TextChoices):
    OPEN = "open", "en attente"
    ANSWERED = "answered", "traitée"


def delay_is_over(reset):
    if timezone.now() < reset.due_at:
        return (
            f"La personne a été prévenue et peut encore s’y opposer : revenez après le {instant(reset.due_at)} "
            "pour exécuter cette demande."
        )
    return None


def answer_is_written(request):
    if not request.answer.strip():
        return "La réponse est vide : écrivez à la personne ce qui a été fait, ou pourquoi ce n’est pas possible."
    return None


FACTOR_RESET = Lifecycle(
    Transition(
        "execute_factor_reset", (ResetState.ASKED,), ResetState.EXECUTED, guards=(delay_is_over,), label="Exécuter"
    ),
    Transition("stop_factor_reset", (ResetState.ASKED,), ResetState.STOPPED, label="Arrêter la demande"),
)

DATA_REQUEST = Lifecycle(
    Transition(
        "answer_data_request",
        (RequestState.OPEN,),
        RequestState.ANSWERED,
        guards=(answer_is_written,),
        label="Envoyer la réponse",
    ),
)
