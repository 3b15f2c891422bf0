from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from lms.kernel.formats import ZONES, date_long, date_short, duration
from parcours.learning.documents import releve_of
from parcours.learning.models import Enrolment
from parcours.learning.permissions import can_follow


@never_cache
@require_safe
def releve(request, pk):
    enrolment = get_object_or_404(Enrolment.objects.visible_to(request.user).followed().for_home(), pk=pk)
    require(can_follow(request.user, enrolment))
    return render(request, "learning/releve.html", releve_context(enrolment, request.user))


def releve_context(enrolment, reader) -> dict:
    """What the page shows to the learner or, without the results, to who trains them; in the zone of the reader."""
    found = releve_of(enrolment)
    return found | {
        "enrolment": enrolment,
        "edition": enrolment.edition,
        "own": enrolment.person_id == reader.pk,
        "about": _about(enrolment, found),
        "today": date_long(timezone.localdate()),
        "zone": ZONES.get(reader.time_zone, reader.time_zone),
    }


def _about(enrolment, found) -> list[tuple]:
    progress, earned = enrolment.progress, found["declared"] + found["live_minutes"]
    ended = date_short(timezone.localdate(enrolment.completed_at)) if enrolment.completed_at else "en cours"
    if enrolment.state == enrolment.State.WITHDRAWN:
        ended = "parcours arrêté"
    return [
        ("Inscription", date_short(timezone.localdate(enrolment.enrolled_at))),
        ("Fin", ended),
        ("Étapes terminées", f"{progress.online_done} sur {progress.online_total}"),
        ("Heures qui comptent", f"{duration(earned)} sur {duration(progress.minutes_total)}"),
        ("Édition suivie", f"{enrolment.edition.number}, publiée le {date_short(enrolment.edition.published_at)}"),
    ]
