"""What each étape of a parcours trains, and what nothing evaluates: a table for those who write and those who audit."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from parcours.catalogue.engine.coverage import Piece, coverage
from parcours.catalogue.engine.description import whole
from parcours.catalogue.forms import CoverageForm
from parcours.catalogue.models import Competence, Edition
from parcours.catalogue.permissions import can_read_coverage

HALF_DAYS = "Demi-journées en direct"


@require_safe
def matrix(request):
    require(can_read_coverage(request.user))
    editions = Edition.objects.offered().order_by("title", "pk").defer("content")
    form = CoverageForm(request.GET or None, editions=editions)
    chosen = form.cleaned_data["parcours"] if form.is_valid() else (form.first if not form.is_bound else None)
    edition = get_object_or_404(Edition.objects.offered(), parcours=chosen) if chosen else None
    context = {"form": form, "edition": edition, "coverage": covered(edition) if edition else None}
    return render(request, "catalogue/coverage.html", context, status=422 if form.errors else 200)


def covered(edition):
    content = whole(edition.content)
    pieces = [piece_of(etape) for etape in edition.activities.order_by("position")]
    pieces += [
        Piece(one["title"], HALF_DAYS, one["minutes"], tuple(one.get("competences", ())), live=True)
        for one in content["seances"]
    ]
    return coverage(pieces, dict(Competence.objects.values_list("code", "label")))


def piece_of(etape) -> Piece:
    codes = tuple(etape.competences)
    return Piece(etape.title, etape.module_title, etape.minutes, codes, questions=len(etape.questions))
