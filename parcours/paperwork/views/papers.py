"""A paper of a session, for whoever answers for the training or for the structure it is addressed to."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from lms.kernel.files import PDF, download
from lms.kernel.formats import weight
from lms.kernel.models import AlteredFile
from lms.kernel.papers import kind_of, state_label
from parcours.paperwork.models import PaperSignature, SessionPaper
from parcours.paperwork.permissions import can_hold_papers


def _find(request, number):
    require(can_hold_papers(request.user))
    found = SessionPaper.objects.visible_to(request.user).select_related("paper", "session", "replaces__paper")
    return get_object_or_404(found.filter(pk__in=found.filter(paper__number=number).values("pk")[:1]))


@never_cache
@require_safe
def paper(request, number):
    row = _find(request, number)
    context = {
        "row": row,
        "paper": row.paper,
        "kind": kind_of(row.paper),
        "state": state_label(row.paper),
        "weight": f"PDF, {weight(row.paper.size)}" if row.paper.size else "",
        "signatures": row.signatures.all(),
    }
    return render(request, "paperwork/paper.html", context)


@never_cache
@require_safe
def paper_pdf(request, number):
    """The bytes as they were sealed, or none at all."""
    found = _find(request, number).paper
    try:
        data = found.read()
    except AlteredFile:
        return render(request, "learning/paper_altered.html", {"paper": found}, status=500)
    return download(data, found.download_name, PDF)


@never_cache
@require_safe
def signed_file(request, number, signature):
    """The file that was signed by hand: always saved, never opened inside the site."""
    row = _find(request, number)
    found = get_object_or_404(PaperSignature.objects.filter(session_paper=row).exclude(file=""), pk=signature)
    with found.file.open() as stored:
        return download(stored.read(), f"{number}-signe.pdf", PDF)
