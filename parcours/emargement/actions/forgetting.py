"""The end of what was kept of who signed: sheets, lines, signatures, corrections, paper sheets."""

from django.db import transaction

from lms.kernel.files import gone_with_commit
from lms.kernel.journal import record
from parcours.emargement.models import Attendance, Correction, Scan, Sheet, Signature


@transaction.atomic
def forget_session(session) -> int:
    """Erase every sheet of a session whose time is over; how many. A second time erases nothing.

    What was counted for progress stays where it was counted.
    """
    sheets = Sheet.objects.filter(half_day__session=session)
    count = sheets.count()
    if not count:
        return 0
    lines = Attendance.objects.filter(sheet__in=sheets)
    signatures = Signature.objects.filter(attendance__in=lines)
    told = {"sheets": count, "signatures": signatures.count()}
    signatures.outlived()
    Correction.objects.filter(attendance__in=lines).outlived()
    for scan in Scan.objects.filter(sheet__in=sheets):
        scan.delete()
        gone_with_commit(scan.file)
    sheets.delete()
    record("emargement.forget_session", session, after=told)
    return count
