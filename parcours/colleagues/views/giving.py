"""The first two steps: for which parcours, and who."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from lms.kernel.access import require
from lms.kernel.formats import duration, plural
from lms.kernel.paging import page_of
from lms.kernel.stopped import mark_stops
from parcours.assistance.documents import assistance_of
from parcours.catalogue.documents import assistance_faults
from parcours.catalogue.models import Edition
from parcours.colleagues import actions
from parcours.colleagues.forms import GiveListForm
from parcours.colleagues.models import EnrolmentList
from parcours.colleagues.permissions import can_follow_colleagues
from parcours.colleagues.views.structure import STEPS, structure_of


@dataclass(frozen=True)
class Offer:
    """A parcours colleagues may be enrolled in, as its card says it."""

    edition: Edition

    @property
    def detail(self):
        return f"{duration(self.edition.minutes)}, {plural(len(self.edition.outline), 'étape', 'étapes')}, à distance"

    @property
    def promise(self):
        return assistance_of(self.edition.parcours_id).promise


@require_safe
def choose(request, structure):
    organisation = structure_of(request, structure)
    require(can_follow_colleagues(request.user, organisation))
    lists = EnrolmentList.objects.visible_to(request.user).filter(organisation=organisation).for_list()
    page = page_of(request, lists.confirmed())
    mark_stops(page)
    context = {
        "organisation": organisation,
        "steps": STEPS,
        "offers": [Offer(edition) for edition in offered()],
        "drafts": lists.drafts(),
        "page": page,
    }
    return render(request, "colleagues/choose.html", context)


def offered():
    """Open to all, online, with somebody who answers."""
    found = Edition.objects.open_to_enrolment().select_related("parcours__organisation").defer("content")
    return [edition for edition in found.order_by("title") if not assistance_faults(edition.parcours)]


@require_http_methods(["GET", "HEAD", "POST"])
def give(request, structure, parcours_pk):
    organisation = structure_of(request, structure)
    require(can_follow_colleagues(request.user, organisation))
    edition = get_object_or_404(Edition.objects.open_to_enrolment().select_related("parcours"), parcours=parcours_pk)
    posted = request.method == "POST"
    form = GiveListForm(request.POST, request.FILES) if posted else GiveListForm()
    if posted and form.is_valid():
        values = {"entries": form.entries, "source": form.source, "reading": form.reading}
        found = actions.draft_list(organisation, edition.parcours, by=request.user, **values)
        return redirect(found)
    context = {"organisation": organisation, "steps": STEPS, "form": form, "offer": Offer(edition)}
    return render(request, "colleagues/give.html", context, status=422 if posted else 200)
