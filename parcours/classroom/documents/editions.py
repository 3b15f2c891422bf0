"""The edition a draft could take, and what changes with it."""

from parcours.catalogue.engine.changes import changes
from parcours.catalogue.models import Edition


def newer_edition(session) -> Edition | None:
    """That of the public page, when it is not the one the draft follows."""
    offered = Edition.objects.offered().filter(parcours=session.parcours_id).first()
    return offered if offered and offered.number > session.edition.number else None


def changes_of(session, newer) -> list:
    return changes(session.edition.content, newer.content, session.edition.facts(), newer.facts())
