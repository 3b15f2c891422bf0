"""Those one trains, and the proof of what each did: hours, times and exchanges, never an answer nor an adaptation."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from lms.kernel.formats import number
from lms.kernel.paging import page_of
from parcours.learning.documents.learners import Sought, learners_of, parcours_choices, sought
from parcours.learning.documents.standing import Standing, in_order, lines_of
from parcours.learning.forms import LearnersForm
from parcours.learning.permissions import can_list_learners, can_read_releve
from parcours.learning.views.releve import releve_context


@never_cache
@require_safe
def learners(request):
    require(can_list_learners(request.user))
    filters = LearnersForm(request.GET, parcours=parcours_choices(request.user))
    search = filters.search
    found = sought(request.user, search)
    rows = in_order(found, search.tri).values_list("pk", flat=True)
    count = found.count()
    page = page_of(request, rows, count)
    plural = "s" if count > 1 else ""
    context = {
        "page": page,
        "lines": [Standing(one) for one in lines_of(list(page))],
        "filters": filters,
        "asked": search != Sought(tri=search.tri),
        "caption": f"{number(count)} inscription{plural}",
    }
    return render(request, "learning/learners.html", context)


@never_cache
@require_safe
def learner_releve(request, pk):
    enrolment = get_object_or_404(learners_of(request.user).for_home().select_related("person", "parcours"), pk=pk)
    require(can_read_releve(request.user, enrolment))
    return render(request, "learning/releve.html", releve_context(enrolment, request.user))
