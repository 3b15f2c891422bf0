from django.db import models

from lms.kernel.lifecycle import Lifecycle, Transition


class State(models.TextChoices):
    ACTIVE = "active", "en cours"
    COMPLETED = "completed", "terminé"
    WITHDRAWN = "withdrawn", "arrêté"


def everything_done(enrolment):
    left = enrolment.progress.left
    if left:
        return f"Il reste {left} étape{'s' if left > 1 else ''} à terminer."
    return None


LIFECYCLE = Lifecycle(
    Transition("complete", (State.ACTIVE,), State.COMPLETED, guards=(everything_done,), label="Terminer le parcours"),
    Transition("withdraw", (State.ACTIVE,), State.WITHDRAWN, label="Arrêter ce parcours"),
)
