"""The live half-days as trainers read and print them: the déroulé, the sheets handed out, their answers."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from lms.kernel.formats import number as written
from lms.kernel.paging import page_of
from parcours.catalogue.permissions import can_read_seances, seances_read_by


@require_safe
def seances(request):
    require(can_read_seances(request.user))
    found = seances_read_by(request.user).prefetch_related("in_parcours__page").order_by("title")
    if asked := request.GET.get("q", "").strip():
        found = found.filter(title__icontains=asked)
    page = page_of(request, found)
    count = page.paginator.count
    plural = "s" if count > 1 else ""
    caption = f"{written(count)} demi-journée{plural} en direct"
    context = {"page": page, "asked": asked, "caption": caption}
    return render(request, "catalogue/seances.html", context)


@require_safe
def seance(request, pk):
    found = find(request, pk)
    return render(request, "catalogue/seance.html", {"seance": found, **found.deroule()})


@require_safe
def sheets(request, pk, answers=False):
    """To print in black and white; `answers` is the trainer's copy."""
    found = find(request, pk)
    return render(request, "catalogue/sheets.html", {"seance": found, "answers": answers})


def find(request, pk):
    require(can_read_seances(request.user))
    return get_object_or_404(seances_read_by(request.user), pk=pk)
