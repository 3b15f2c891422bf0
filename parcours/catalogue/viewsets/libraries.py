"""A trainer's own library, and the national one, which everybody reads and copies."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from lms.kernel.access import require
from parcours.catalogue import actions
from parcours.catalogue.permissions import can_write_modules, own_libraries, shared_pages

BY_PAGE = 25


@require_safe
def own(request):
    """Straight to the only library one writes in; to the top of the tree for whoever has several, or all."""
    require(can_write_modules(request.user))
    found = own_libraries(request.user)[:2]
    if len(found) == 1 and not request.user.is_superuser:
        return redirect("wagtailadmin_explore", found[0].pk)
    return redirect("wagtailadmin_explore_root")


@require_safe
def national(request):
    require(can_write_modules(request.user))
    asked = request.GET.get("q", "").strip()
    found = shared_pages().order_by("title").specific()
    if asked:
        found = found.filter(title__icontains=asked)
    page = Paginator(found, BY_PAGE).get_page(request.GET.get("p"))
    context = {"pages": page, "asked": asked, "count": page.paginator.count, "libraries": own_libraries(request.user)}
    return render(request, "catalogue/cms/national.html", context)


@require_safe
@xframe_options_sameorigin
def read(request, pk):
    """A national page as learners, or trainers in class, read it."""
    require(can_write_modules(request.user))
    page = get_object_or_404(shared_pages(), pk=pk).specific
    return page.make_preview_request(request, page.default_preview_mode)


@require_POST
def copy(request, pk):
    require(can_write_modules(request.user))
    page = get_object_or_404(shared_pages(), pk=pk)
    library = own_libraries(request.user).filter(pk=request.POST.get("library") or None).first()
    if library is None:
        raise Http404
    require(library.permissions_for_user(request.user).can_add_subpage())
    copied = actions.copy_to_library(page, library, by=request.user)
    messages.success(request, f"« {copied.title} » est copié dans « {library.title} », en brouillon.")
    return redirect("wagtailadmin_pages:edit", copied.pk)
