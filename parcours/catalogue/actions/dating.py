"""What a page announces is dated, even when nobody published it again: who answers for a parcours may change."""

from dataclasses import dataclass

from django.db import transaction

from lms.kernel.journal import record
from parcours.catalogue.actions.freezing import write
from parcours.catalogue.documents import announced_by
from parcours.catalogue.engine import manifest
from parcours.catalogue.models import Edition, FrozenMedium, Opening

ANSWERS = "L’organisme responsable ou son interlocuteur change."
FROZEN = (
    *("position", "activity_id", "slug", "module_id", "module_title", "title", "minutes", "duration_basis"),
    *("rule", "nodes", "competences"),
)


@dataclass(frozen=True)
class Shown:
    """The files an edition shows, as those of the next one."""

    images: tuple[int, ...]
    documents: tuple[int, ...]
    media: dict[str, FrozenMedium]


def date_who_answers() -> int:
    """Make the next edition of each published parcours that somebody else answers for; how many were made."""
    current = Edition.objects.offered().exclude(parcours__opening=Opening.CLOSED)
    late = [
        edition.pk
        for edition in current.select_related("parcours__organisation").iterator(chunk_size=100)
        if edition.content.get("responsible") != announced_by(edition.parcours)
    ]
    return sum(1 for pk in late if renew(pk))


@transaction.atomic
def renew(pk) -> Edition | None:
    """The same edition, but for who answers; nothing when another was published meanwhile."""
    edition = Edition.objects.select_related("parcours").get(pk=pk)
    parcours = type(edition.parcours).objects.select_for_update().get(pk=edition.parcours_id)
    if parcours.current_edition != edition:
        return None
    content = edition.content | {"responsible": announced_by(parcours)}
    activities = list(edition.activities.order_by("position").values(*FROZEN))
    digest = manifest.digest_of([parcours.title, parcours.slug, parcours.minutes, content], activities)
    dated = {"published_by": None, "note": ANSWERS, "is_minor": True}
    newer = write(parcours, content, digest, activities, files_of(edition), dated)
    record("catalogue.edition_dated", newer, after={"number": newer.number, "digest": digest})
    return newer


def files_of(edition) -> Shown:
    return Shown(
        tuple(edition.used_images.values_list("image", flat=True)),
        tuple(edition.used_documents.values_list("document", flat=True)),
        {medium.sha256: medium for medium in edition.media.all()},
    )
