"""The pieces of a file, for whoever follows it: always saved, never opened inside the site."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certification.funding.documents.pieces import invoice_is_open, papers_of
from certification.funding.models import Demande
from certification.funding.permissions import can_read_as_officer
from certification.funding.views.finding import decided
from lms.kernel.access import require
from lms.kernel.files import PDF, download
from lms.kernel.models import AlteredFile


@never_cache
@require_safe
def piece(request, demande, piece):
    found = get_object_or_404(Demande.objects.visible_to(request.user), public_id=demande)
    one = get_object_or_404(found.pieces.filter(withdrawn_at=None), pk=piece)
    with one.file.open() as stored:
        return download(stored.read(), one.name, one.content_type)


@never_cache
@require_safe
def agreement(request, demande):
    """The piece of the OPCO’s own system; the others read it once the agreement is announced."""
    found = get_object_or_404(Demande.objects.visible_to(request.user).exclude(agreement_file=""), public_id=demande)
    require(found.agreement_is_announced or can_read_as_officer(request.user, found))
    with found.agreement_file.open() as stored:
        return download(stored.read(), f"accord-{found.number}.pdf", PDF)


@never_cache
@require_safe
def paper(request, demande, number):
    """The bytes as they were sealed, or none at all."""
    found = decided(request, demande)
    require(can_read_as_officer(request.user, found))
    row = get_object_or_404(papers_of(found), paper__number=number)
    try:
        data = row.paper.read()
    except AlteredFile:
        return render(request, "learning/paper_altered.html", {"paper": row.paper}, status=500)
    return download(data, row.paper.download_name, PDF)


@never_cache
@require_safe
def invoice(request, demande):
    found = decided(request, demande)
    require(can_read_as_officer(request.user, found) and invoice_is_open(found))
    with found.invoice.file.open() as stored:
        return download(stored.read(), "facture.pdf", PDF)
