"""A référent's people: where each is, who waits for what."""

import io

from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from certification.habilitation.actions import note_export
from certification.habilitation.documents.people import Line, file_name, people_of, write_people
from certification.habilitation.documents.remaining import NOT_OURS
from certification.habilitation.forms.lists import PeopleForm
from certification.habilitation.permissions import can_follow_people
from lms.kernel.access import require
from lms.kernel.files import download
from lms.kernel.formats import plural
from lms.kernel.paging import page_of
from lms.kernel.tables import CONTENT_TYPES, LABELS, form_asked
from parcours.colleagues.views.structure import structure_of


@never_cache
@require_safe
def structure(request, public_id):
    organisation = structure_of(request, public_id)
    require(can_follow_people(request.user, organisation))
    filters = PeopleForm(request.GET)
    search = filters.search
    page = page_of(request, people_of(organisation, search))
    context = {
        "organisation": organisation,
        "filters": filters,
        "asked": bool(search.q or search.etat),
        "page": page,
        "lines": [Line(one) for one in page],
        "caption": plural(page.paginator.count, "personne", "personnes"),
        "forms": LABELS.items(),
        "exported": [(name, value) for name, value in request.GET.items() if name in filters.fields],
        "not_ours": NOT_OURS,
    }
    return render(request, "habilitation/structure.html", context)


@require_POST
def structure_export(request, public_id):
    organisation = structure_of(request, public_id)
    require(can_follow_people(request.user, organisation))
    form = form_asked(request.POST.get("format"))
    out, search = io.BytesIO(), PeopleForm(request.POST).search
    write_people(out, form, organisation, search)
    note_export(organisation, rows=people_of(organisation, search).count(), by=request.user)
    return download(out.getvalue(), file_name(organisation, form), CONTENT_TYPES[form])
