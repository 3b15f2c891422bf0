from django.db import models

from lms.kernel.lifecycle import Lifecycle, Transition


class State(models.TextChoices):
    WAITING = "waiting", "en attente"
    GRANTED = "granted", "accordée"
    DECLINED = "declined", "autre réponse"
    WITHDRAWN = "withdrawn", "retirée"


def has_measures(request):
    if not request.measures.exists():
        return "Choisissez au moins une mesure, ou répondez autrement."
    return None


LIFECYCLE = Lifecycle(
    Transition("grant", (State.WAITING,), State.GRANTED, guards=(has_measures,), label="Accorder"),
    Transition("decline", (State.WAITING,), State.DECLINED, label="Répondre autrement"),
    Transition("keep", (State.GRANTED,), State.GRANTED, label="Oui, la garder"),
    Transition("withdraw", (State.WAITING, State.GRANTED), State.WITHDRAWN, label="Retirer ma demande"),
)
