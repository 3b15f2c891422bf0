from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page

from lms.kernel.journal import record
from parcours.catalogue.models import LibraryPage


@transaction.atomic
def copy_to_library(page: Page, library: LibraryPage, *, by) -> Page:
    """A national page becomes a draft of one's own: another page, with questions of its own."""
    copy = page.specific.copy(
        to=library,
        update_attrs={"title": page.title, "draft_title": page.title, "slug": free_slug(page.slug, library)},
        copy_revisions=False,
        keep_live=False,
        user=by,
    )
    record("catalogue.copied", copy, by=by, after={"from": page.pk, "library": library.pk})
    return copy


def free_slug(slug: str, library: LibraryPage) -> str:
    taken = set(library.get_children().values_list("slug", flat=True))
    wanted, number = slugify(slug) or "page", 1
    while (slug := wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return slug
