from django.db import models

from lms.kernel.lifecycle import Lifecycle, Transition


class State(models.TextChoices):
    WAITING = "waiting", "en attente"
    ANSWERED = "answered", "répondue"
    CLOSED = "closed", "close"


GOING_ON = (State.WAITING, State.ANSWERED)

LIFECYCLE = Lifecycle(
    Transition("ask_again", GOING_ON, State.WAITING, label="Envoyer une précision"),
    Transition("answer", GOING_ON, State.ANSWERED, label="Répondre"),
    Transition("close", GOING_ON, State.CLOSED, label="Clore la question"),
)
