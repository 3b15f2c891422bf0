from datetime import timedelta

from django.db import models
from django.utils import timezone

from lms.kernel.lifecycle import Lifecycle, Transition
from parcours.learning.engine.wording import left_in_words


class State(models.TextChoices):
    ACTIVE = "active", "en cours"
    COMPLETED = "completed", "terminé"
    WITHDRAWN = "withdrawn", "arrêté"


def everything_done(enrolment):
    progress = enrolment.progress
    return f"Il reste {left_in_words(progress.online_left, progress.live_left)} à terminer." if progress.left else None


def something_left(enrolment):
    return None if enrolment.progress.left else "Tout est terminé dans ce parcours."


LIFECYCLE = Lifecycle(
    Transition("complete", (State.ACTIVE,), State.COMPLETED, guards=(everything_done,), label="Terminer le parcours"),
    Transition("reopen", (State.COMPLETED,), State.ACTIVE, guards=(something_left,)),
    Transition("withdraw", (State.ACTIVE,), State.WITHDRAWN, label="Arrêter ce parcours"),
)


class SpreadState(models.TextChoices):
    COUNTING = "counting", "aperçu en cours de calcul"
    READY = "ready", "aperçu prêt"
    RUNNING = "running", "en cours"
    DONE = "done", "terminée"


PREVIEW_HOURS = 24


def still_current(spread):
    if spread.edition.parcours.current_edition.pk != spread.edition_id:
        return "Une édition plus récente a été publiée : c’est elle qui se diffuse."
    return None


def freshly_counted(spread):
    if timezone.now() - spread.counted_at > timedelta(hours=PREVIEW_HOURS):
        return "L’aperçu date de plus d’un jour, et chacun a pu avancer depuis : calculez-le de nouveau."
    return None


SPREADING = Lifecycle(
    Transition("count_spread", (SpreadState.READY,), SpreadState.COUNTING, label="Calculer l’aperçu"),
    Transition("spread_counted", (SpreadState.COUNTING,), SpreadState.READY),
    Transition(
        "confirm_spread",
        (SpreadState.READY,),
        SpreadState.RUNNING,
        guards=(still_current, freshly_counted),
        label="Diffuser",
    ),
    Transition("spread_finished", (SpreadState.RUNNING,), SpreadState.DONE),
)
