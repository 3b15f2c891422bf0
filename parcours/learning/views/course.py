from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from lms.kernel.formats import date_long
from lms.kernel.models import Paper
from parcours.catalogue.documents import completion_sentence, habilitation_reminder
from parcours.learning.models import Enrolment
from parcours.learning.permissions import can_follow
from parcours.learning.views.activity_page import assistance_for
from parcours.learning.views.cards import Card
from parcours.learning.views.outline import lines, modules
from parcours.learning.views.resuming import step_of


@never_cache
@require_safe
def course(request, pk):
    return render(request, "learning/course.html", _course(request, pk))


@require_safe
def checklist(request, pk):
    """The same states and the same rule as the course, to print."""
    return render(request, "learning/checklist.html", _course(request, pk))


def _course(request, pk):
    enrolment = get_object_or_404(Enrolment.objects.visible_to(request.user).followed().for_home(), pk=pk)
    require(can_follow(request.user, enrolment))
    rows = {row.activity_id: row for row in enrolment.activities.all()}
    all_lines = lines(enrolment, rows)
    edition = enrolment.edition
    paper = Paper.objects.held_by(request.user).filter(key=enrolment.attestation_key).for_list().first()
    card = Card(enrolment, paper)
    return {
        "enrolment": enrolment,
        "edition": edition,
        "card": card,
        "eyebrow": f"Mon parcours · {enrolment.employer}",
        "summary": f"{card.hours}." if card.completed else f"{card.hours}. {card.left} à terminer.",
        "today": date_long(timezone.localdate()),
        "finished_on": date_long(timezone.localdate(enrolment.completed_at)) if card.completed else "",
        "modules": modules(all_lines),
        "step": step_of(enrolment, rows),
        "results": [line for line in all_lines if line.score is not None],
        "completion": completion_sentence(edition),
        "reminder": habilitation_reminder() if edition.is_habilitation else None,
        **assistance_for(edition.parcours_id, f"Parcours « {edition.title} »"),
    }
