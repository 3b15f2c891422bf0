"""The pack of a session is asked for in one click, made by a job, kept thirty days: it can be made again."""

import hashlib
from datetime import timedelta

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.quality.lifecycle import PACKING, PackState
from parcours.quality.models import Pack

KEPT = timedelta(days=30)
STUCK = timedelta(minutes=30)
NOT_HELD = "Cette session n’a pas encore commencé : ses preuves se réunissent à partir de son premier jour."
CHUNK = 1 << 20


def order_pack(session, *, by) -> Pack:
    """Have the pack made; one that is being made already is given back. Raises TransitionRefused too early."""
    if session.starts_at is None or session.starts_at > timezone.now():
        raise TransitionRefused([NOT_HELD])
    try:
        with transaction.atomic():
            pack = Pack.objects.create(session=session, asked_by=by)
            record("quality.order_pack", pack, by=by, after={"session": session.pk})
            post("quality.build_pack", pack.pk, 0, key=f"quality.build_pack:{pack.pk}:0", awaited=True)
    except IntegrityError:
        pack = Pack.objects.get(session=session, state=PackState.PREPARING)
        _start_again(pack)
    return pack


def _start_again(pack):
    """A pack whose job died is taken up again, once every half hour."""
    rank = (timezone.now() - pack.asked_at) // STUCK
    if rank:
        post("quality.build_pack", pack.pk, rank, key=f"quality.build_pack:{pack.pk}:{rank}", awaited=True)


def note_progress(pack, done, total):
    Pack.objects.filter(pk=pack.pk, state=PackState.PREPARING).update(done=done, total=total)


def store_pack(pack, out) -> dict:
    """Keep the bytes under the name of the pack, whatever a first attempt left; what its row will say of them."""
    digest, size = hashlib.sha256(), out.seek(0, 2)
    out.seek(0)
    while chunk := out.read(CHUNK):
        digest.update(chunk)
    out.seek(0)
    storage, name = pack.file.storage, f"preuves/{pack.public_id}.zip"
    storage.delete(name)
    return {"file": storage.save(name, File(out)), "size": size, "sha256": digest.hexdigest()}


def finish_pack(pack, *, written, stored) -> Pack:
    with PACKING.moving(pack, "finish_pack", by=pack.asked_by, after={"sha256": stored["sha256"]}) as pack:
        for name, value in stored.items():
            setattr(pack, name, value)
        pack.manifest, pack.missing, pack.ready_at = written.manifest, written.missing, timezone.now()
        pack.done = pack.total
    return pack


def note_download(pack, *, by, access=None):
    record("quality.download_pack", pack, by=by, after={"session": pack.session_id, "access": access and access.pk})


def forget_packs(now):
    """The file goes; that it was made, by whom and under which hash stays."""
    for pack in Pack.objects.outlived(now - KEPT).exclude(file=""):
        pack.file.storage.delete(pack.file.name)
        Pack.objects.filter(pk=pack.pk).update(file="")
