"""The sessions of the organisme de formation."""

import io

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from lms.kernel.files import download
from lms.kernel.formats import NBSP, number
from lms.kernel.paging import page_of
from lms.kernel.tables import CONTENT_TYPES, CSV
from parcours.classroom.documents.listing import Search, choices_for, file_name, sessions_of, write_sessions
from parcours.classroom.documents.rows import rows_of
from parcours.classroom.forms.searching import SearchForm
from parcours.classroom.permissions import can_create, can_list_sessions


@never_cache
@require_safe
def sessions(request):
    require(can_list_sessions(request.user))
    form = SearchForm(request.GET, choices=choices_for(request.user))
    search = form.search
    page = page_of(request, sessions_of(request.user, search).for_list())
    count = page.paginator.count
    context = {
        "filters": form,
        "page": page,
        "rows": rows_of(page.object_list),
        "caption": f"{number(count)}{NBSP}session{'s' if count > 1 else ''}",
        "asked": search != Search(tri=search.tri),
        "query": request.GET.urlencode(),
        "may_create": can_create(request.user),
    }
    return render(request, "classroom/sessions.html", context)


@require_safe
def export(request):
    """The same search, whole, for a spreadsheet."""
    require(can_list_sessions(request.user))
    search = SearchForm(request.GET, choices=choices_for(request.user)).search
    out = io.BytesIO()
    write_sessions(out, request.user, search, settings.BASE_URL)
    return download(out.getvalue(), file_name(), CONTENT_TYPES[CSV])
