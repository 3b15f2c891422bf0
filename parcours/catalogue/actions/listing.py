"""The lines of the public catalogue, drawn from the editions."""

import datetime

from django.db.models import Min

from parcours.catalogue.engine.description import figures, whole
from parcours.catalogue.engine.finding import folded
from parcours.catalogue.models import Edition, Listing


def list_in_catalogue(edition: Edition) -> Listing:
    """Write the line of a parcours again from its current edition."""
    listing, _ = Listing.objects.update_or_create(parcours_id=edition.parcours_id, defaults=line_of(edition))
    return listing


def list_again() -> int:
    """Write the lines that are missing or behind; how many were."""
    late = Edition.objects.current().exclude(pk__in=Listing.objects.values("edition"))
    return sum(1 for edition in late.iterator(chunk_size=50) if list_in_catalogue(edition))


def line_of(edition: Edition) -> dict:
    content = whole(edition.content)
    outline = list(edition.activities.outline())  # not the remembered one: a rehearsed edition gives its key back
    known = figures(content, (etape.minutes for etape in outline))
    first = Edition.objects.filter(parcours=edition.parcours_id).aggregate(at=Min("published_at"))["at"]
    return {
        "edition": edition,
        "title": edition.title,
        "sort_key": folded(edition.title)[:255],
        "summary": content["summary"],
        "audience": content["audience"],
        "words": words_of(edition.title, content, outline),
        "minutes": edition.minutes,
        "live_minutes": known["live"],
        "etapes": known["etapes"],
        "longest_minutes": known["longest"],
        "seances": known["seances"],
        "modality": content["modality"]["code"],
        "is_habilitation": content["habilitation"],
        "opening": content["opening"]["code"],
        "version": content["version"],
        "valid_from": day_of(content["valid_from"]),
        "valid_until": day_of(content["valid_until"]),
        "first_published_at": first or edition.published_at,
    }


def words_of(title: str, content: dict, outline) -> str:
    """Title, summary, objectives, modules, étapes and half-days, as they are compared."""
    parts = [title, content["summary"], content["audience"], *content["objectives"]]
    for piece in (*content["modules"], *content["seances"]):
        parts += [piece["title"], piece.get("summary", ""), *piece.get("objectives", ())]
    return folded(" ".join([*parts, *(etape.title for etape in outline)]))


def day_of(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None
