import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from lms.kernel.journal import record
from parcours.emargement.models import Scan


@transaction.atomic
def keep_scan(sheet, file, *, by) -> Scan:
    """The same file sent twice is kept once. `file`: a CheckedFile."""
    sha256 = hashlib.sha256(file.data).hexdigest()
    if known := Scan.objects.filter(sheet=sheet, sha256=sha256).first():
        return known
    values = {"name": file.name, "content_type": file.content_type, "size": len(file.data), "sha256": sha256}
    scan = Scan(sheet=sheet, by=by, **values)
    scan.file.save(str(scan.public_id), ContentFile(file.data), save=False)
    scan.save(force_insert=True)
    record("emargement.keep_scan", scan, by=by, after={"sheet": sheet.pk, "sha256": sha256})
    return scan
