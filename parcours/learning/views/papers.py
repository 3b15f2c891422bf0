"""The papers a person holds, to read, keep and show."""

import logging

from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from lms.kernel.files import PDF, download
from lms.kernel.formats import NBSP
from lms.kernel.models import AlteredFile, Paper
from lms.kernel.papers import kind_of, state_label
from parcours.learning.engine.onward import ways_from
from parcours.learning.models import Enrolment
from parcours.learning.permissions import can_enrol

logger = logging.getLogger(__name__)


@require_safe
def papers(request):
    require(can_enrol(request.user))
    held = [_row(paper) for paper in Paper.objects.held_by(request.user).for_list()]
    keys = {row["paper"].key for row in held}
    completed = Enrolment.objects.visible_to(request.user).completed().for_home()
    waiting = [one for one in completed if one.attestation_key not in keys]
    return render(request, "learning/papers.html", {"held": held, "waiting": waiting})


@never_cache
@require_safe
def paper(request, number):
    found = _find(request, number)
    own = Enrolment.objects.visible_to(request.user).filter(person=request.user).for_home()
    onward = [way for one in own if one.attestation_key == found.key for way in ways_from(one.edition)]
    return render(request, "learning/paper.html", _row(found) | {"onward": onward})


@never_cache
@require_safe
def paper_pdf(request, number):
    """The bytes as they were sealed, or none at all."""
    found = _find(request, number)
    try:
        data = found.read()
    except AlteredFile:
        logger.error("paper %s: the stored file is not the one that was sealed", found.number)
        return render(request, "learning/paper_altered.html", {"paper": found}, status=500)
    return download(data, found.download_name, PDF)


def _find(request, number):
    require(can_enrol(request.user))
    return get_object_or_404(Paper.objects.held_by(request.user), number=number)


def _row(paper):
    weight = f"PDF, {paper.size // 1000 + 1}{NBSP}ko"
    return {"paper": paper, "kind": kind_of(paper), "state": state_label(paper), "weight": weight}
