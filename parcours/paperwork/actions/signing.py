"""One signature per party: who, as what, under which words, on which bytes."""

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.paperwork.lifecycle import Way
from parcours.paperwork.models import PaperSignature


@transaction.atomic
def sign(session_paper, party, *, by, name, role, statement, sha256, factor="", file=None, at=None) -> PaperSignature:
    """`file`: the CheckedFile of a paper signed by hand. Raises TransitionRefused when this party signed already."""
    if PaperSignature.objects.of(session_paper, party):
        raise TransitionRefused(["Cette partie a déjà signé ce document."])
    signature = PaperSignature(
        session_paper=session_paper,
        party=party,
        person=by,
        name=name.strip(),
        role=role.strip(),
        statement=statement,
        sha256=sha256,
        factor=factor,
        at=at or timezone.now(),
    )
    if file is not None:
        signature.way, signature.file_sha256 = Way.FILE, hashlib.sha256(file.data).hexdigest()
        signature.file.save(f"{uuid.uuid4()}.pdf", ContentFile(file.data), save=False)
    signature.save(force_insert=True)
    codes = {"party": party, "way": signature.way, "sha256": sha256, "file_sha256": signature.file_sha256}
    record("paperwork.sign", session_paper, by=by, after=codes)
    return signature
