"""The sessions of the organisme de formation."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.kernel.access import require
from parcours.classroom.models import Session
from parcours.classroom.permissions import can_list_sessions

PAGE_SIZES = (25, 50, 100)


@require_safe
def sessions(request):
    require(can_list_sessions(request.user))
    found = Session.objects.visible_to(request.user).for_page()
    size = request.GET.get("par_page", "")
    pages = Paginator(found, int(size) if size in map(str, PAGE_SIZES) else PAGE_SIZES[0])
    return render(request, "classroom/sessions.html", {"page": pages.get_page(request.GET.get("page"))})
