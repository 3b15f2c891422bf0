"""What the pages about a structure have in common."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404

from lms.kernel.formats import number
from lms.organisations.models import Organisation

PAGE_SIZES = (25, 50, 100)
STEPS = ("Choisir le parcours", "Donner la liste", "Vérifier et corriger", "Confirmer")


def structure_of(request, public_id):
    """One of the structures the person answers for: for them no other exists."""
    return get_object_or_404(Organisation.objects.answered_for_by(request.user), public_id=public_id)


def page_of(request, found, count=None):
    """`count`: how many there are, when it is cheaper asked of something else."""
    asked = request.GET.get("par_page", "")
    size = int(asked) if asked in map(str, PAGE_SIZES) else PAGE_SIZES[0]
    pages = Paginator(found, size)
    if count is not None:
        pages.count = count
    return pages.get_page(request.GET.get("page"))


def plural(count, one, many) -> str:
    """« 1 ligne », « 2 lignes »."""
    return f"{number(count)} {one if count < 2 else many}"
