from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from lms.kernel.formats import date_long
from lms.kernel.models import Paper
from parcours.adaptations.actions import note_use
from parcours.adaptations.documents import granted_to
from parcours.adaptations.models import Occasion
from parcours.assistance.documents import has_asked
from parcours.catalogue.documents import completion_sentence, reminder_of
from parcours.learning.documents import file_name, module_file, weights_of
from parcours.learning.engine.onward import ways_from
from parcours.learning.models import Enrolment
from parcours.learning.permissions import can_follow
from parcours.learning.views.assistance import assistance_for
from parcours.learning.views.cards import Card
from parcours.learning.views.outline import lines, modules
from parcours.learning.views.resuming import live_of, step_of


@never_cache
@require_safe
def course(request, pk):
    return render(request, "learning/course.html", _course(request, pk))


@require_safe
def checklist(request, pk):
    """The same states and the same rule as the course, to print."""
    return render(request, "learning/checklist.html", _course(request, pk))


@never_cache
@require_safe
def download_module(request, pk, module_id):
    """The module in one file, as this learner may read it today."""
    enrolment = _find(request, pk)
    title = next((one.module_title for one in enrolment.edition.outline if one.module_id == module_id), None)
    if title is None:
        raise Http404
    named = {"Content-Disposition": f'attachment; filename="{file_name(title)}"'}
    note_use(request.user, occasion=Occasion.ETAPES)
    pictures = not granted_to(request.user, occasion=Occasion.ETAPES).without_images
    body = module_file(enrolment, module_id, pictures=pictures)
    return HttpResponse(body, content_type="text/html; charset=utf-8", headers=named)


def _find(request, pk):
    found = Enrolment.objects.visible_to(request.user).followed().for_home()
    enrolment = get_object_or_404(found.annotate(has_asked=has_asked(request.user)), pk=pk)
    require(can_follow(request.user, enrolment))
    return enrolment


def _course(request, pk):
    enrolment = _find(request, pk)
    rows = {row.activity_id: row for row in enrolment.activities.all()}
    all_lines = lines(enrolment, rows)
    edition = enrolment.edition
    paper = Paper.objects.held_by(request.user).filter(key=enrolment.attestation_key).for_list().first()
    card = Card(enrolment, paper)
    return {
        "enrolment": enrolment,
        "edition": edition,
        "card": card,
        "eyebrow": f"Mon parcours · {enrolment.employer}",
        "summary": f"{card.hours}." if card.completed else f"{card.hours}. {card.left} à terminer.",
        "today": date_long(timezone.localdate()),
        "finished_on": date_long(timezone.localdate(enrolment.completed_at)) if card.completed else "",
        "modules": modules(all_lines, weights_of(edition.pk, edition.digest)),
        "step": step_of(enrolment, rows),
        **live_of(enrolment, rows),
        "results": [line for line in all_lines if line.score is not None],
        "completion": completion_sentence(edition),
        "reminder": reminder_of(edition),
        "onward": ways_from(edition),
        **assistance_for(enrolment),
    }
