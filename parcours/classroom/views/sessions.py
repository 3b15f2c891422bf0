"""The sessions of the organisme de formation."""

import io

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from lms.kernel.formats import NBSP, number
from lms.kernel.tables import CONTENT_TYPES, CSV
from parcours.classroom.documents.listing import Search, choices_for, file_name, sessions_of, write_sessions
from parcours.classroom.forms.searching import SearchForm
from parcours.classroom.permissions import can_create, can_list_sessions

PAGE_SIZES = (25, 50, 100)


@never_cache
@require_safe
def sessions(request):
    require(can_list_sessions(request.user))
    form = SearchForm(request.GET, choices=choices_for(request.user))
    search = form.search
    size = request.GET.get("par_page", "")
    found = sessions_of(request.user, search).for_list()
    pages = Paginator(found, int(size) if size in map(str, PAGE_SIZES) else PAGE_SIZES[0])
    context = {
        "filters": form,
        "page": pages.get_page(request.GET.get("page")),
        "caption": f"{number(pages.count)}{NBSP}session{'s' if pages.count > 1 else ''}",
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
    headers = {"Content-Disposition": f'attachment; filename="{file_name()}"', "Cache-Control": "no-store"}
    return HttpResponse(out.getvalue(), content_type=CONTENT_TYPES[CSV], headers=headers)
