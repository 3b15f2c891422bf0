"""What a parcours announced, when: its dated changes, and its page as it was on a day."""

import datetime

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lms.kernel.access import public
from parcours.catalogue.engine.changes import changes
from parcours.catalogue.models import ParcoursPage

PER_PAGE = 10
DAY = datetime.timedelta(days=1)


@public
@require_safe
def history(request, slug):
    parcours = published(slug)
    found = Paginator(parcours.editions.order_by("-number"), PER_PAGE).get_page(request.GET.get("page"))
    entries = entries_of(list(found), parcours)
    return render(request, "catalogue/history.html", {"page": parcours, "found": found, "entries": entries})


@public
@require_safe
def as_of(request, slug, day):
    parcours = published(slug)
    try:
        asked = datetime.date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    edition = parcours.editions.filter(published_at__lt=midnight_after(asked)).order_by("-number").first()
    if edition is None or asked > timezone.localdate():
        raise Http404
    context = {"page": parcours, "edition": edition, "versions": [], "as_of": asked, **edition.shown()}
    return render(request, "catalogue/parcours_page.html", context)


def published(slug) -> ParcoursPage:
    """A parcours that was published once, by its address of today or by one it had. Raises Http404."""
    known = ParcoursPage.objects.filter(editions__isnull=False).distinct().order_by("-live", "depth", "pk")
    parcours = known.filter(slug=slug).first() or known.filter(editions__slug=slug).first()
    if parcours is None or parcours.get_view_restrictions():
        raise Http404
    return parcours


def midnight_after(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day + DAY, datetime.time()))


def entries_of(editions, parcours) -> list[dict]:
    """Each edition, the latest first, with what differs from the one before it."""
    last = editions[-1]
    before = parcours.editions.filter(number__lt=last.number).order_by("-number").first()
    facts = {edition.pk: edition.facts() for edition in [*editions, *([before] if before else [])]}
    entries = []
    for edition, older in zip(editions, [*editions[1:], before], strict=True):
        found = changes(older.content, edition.content, facts[older.pk], facts[edition.pk]) if older else []
        entries.append({"edition": edition, "day": timezone.localdate(edition.published_at), "changes": found})
    days = [entry["day"] for entry in entries]
    for rank, entry in enumerate(entries):
        entry["lasts"] = entry["day"] not in days[:rank]  # else another edition replaced it the same day
    return entries
