"""The bytes that come with a message: written before the row that names them, erased after it."""

import hashlib
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from lms.kernel.files import gone_with_commit
from parcours.assistance.models import Attachment

KEPT = timedelta(days=1)
MOST_KEPT = 12  # of one person, for texts that are not accepted yet


@transaction.atomic
def keep_files(person, client_id, files) -> None:
    """Hold the files of a text that is not accepted yet, so that nobody has to find them again."""
    _store(files, person, client_id)
    erase(Attachment.objects.filter(message=None, person=person).order_by("-pk")[MOST_KEPT:])


def drop_files(files) -> None:
    """Kept before, and not wanted any more."""
    erase(files)


def forget_kept_files() -> None:
    """Whose text was never sent."""
    erase(Attachment.objects.forgotten(timezone.now() - KEPT))


def join(message, files, client_id) -> None:
    """Those just sent, and those that were kept for this message."""
    Attachment.objects.kept_for(message.author, client_id).update(message=message)
    _store(files, message.author, client_id, message)


def _store(files, person, client_id, message=None):
    for one in files:
        row = Attachment(
            message=message,
            person=person,
            client_id=client_id,
            name=one.name,
            content_type=one.content_type,
            size=len(one.data),
            sha256=hashlib.sha256(one.data).hexdigest(),
        )
        row.file.save(str(row.public_id), ContentFile(one.data), save=False)
        row.save(force_insert=True)


@transaction.atomic
def erase(attachments):
    for one in attachments:
        one.delete()
        gone_with_commit(one.file)
