"""Two short transactions: number and frozen content; then, rendered in between, bytes and hash."""

import secrets
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.kernel import counters, journal
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models.paper import Paper

from .kinds import PaperKind
from .lifecycle import LIFECYCLE
from .rendering import Rendition

TOKEN_BYTES = 24


def reserve(kind: PaperKind, *, key, person, organisation, content, by=None, zone=None) -> Paper:
    """Give a paper its number and freeze all that it says; a second call with the same `key` returns the first paper.

    `zone`: the issuer's, which decides the year and the date; the site's when none is given.
    """
    known = Paper.objects.filter(key=key).first()
    if known:
        return known
    paper = Paper(
        kind=kind.code,
        key=key,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        person=person,
        organisation=organisation,
        content=content | {"fictional": settings.DEMO},
        zone=zone or settings.TIME_ZONE,
        issued_at=timezone.now(),
    )
    paper.year = paper.issued_at.astimezone(ZoneInfo(paper.zone)).year
    try:
        with transaction.atomic():
            _number_and_save(paper, kind, by)
    except IntegrityError:
        return Paper.objects.get(key=key)
    return paper


def _number_and_save(paper, kind, by):
    paper.sequence = counters.next_number(f"paper:{kind.code}:{paper.year}")
    paper.number = f"{kind.prefix}-{paper.year}-{paper.sequence:06d}"
    paper.save(force_insert=True)
    journal.record("kernel.reserve_paper", paper, by=by, after={"kind": kind.code, "number": paper.number})


def seal(paper: Paper, rendition: Rendition) -> Paper:
    """Store the bytes under their hash and close the paper. Of two renditions the first one stands."""
    try:
        with LIFECYCLE.moving(paper, "seal_paper", by=None, after={"sha256": rendition.sha256}) as locked:
            locked.sha256, locked.size = rendition.sha256, len(rendition.pdf)
            locked.certificate, locked.twin_html = rendition.certificate, rendition.twin_html
            locked.sealed_at = timezone.now()
            _store(locked, rendition.pdf)
    except TransitionRefused:
        return Paper.objects.get(pk=paper.pk)
    return locked


def _store(paper, pdf):
    """Whatever a try cut short left in the paper's folder goes first."""
    storage = storages["papers"]
    for name in _names(storage, paper.folder):
        storage.delete(f"{paper.folder}/{name}")
    if storage.save(paper.file_name, ContentFile(pdf)) != paper.file_name:
        raise FileExistsError(paper.number)


def _names(storage, folder):
    try:
        return storage.listdir(folder)[1]
    except FileNotFoundError:
        return []
