"""Where every view about a sheet starts: what exists for the reader, and whether they may keep it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from parcours.emargement.models import Attendance, Sheet
from parcours.emargement.permissions import can_keep


def sheet_of(request, public_id) -> Sheet:
    """Its session stands under the tab « Émargement »."""
    found = get_object_or_404(Sheet.objects.visible_to(request.user).for_page(), public_id=public_id)
    found.session.standing_at = reverse("emargement:register", args=[found.session.public_id])
    return found


def keeps(request, sheet) -> bool:
    return can_keep(request.user, sheet.session)


def lines_of(sheet) -> list[Attendance]:
    """Everybody on the sheet, by name."""
    return list(sheet.attendances.for_sheet())


def line_of(sheet, public_id) -> Attendance:
    return get_object_or_404(sheet.attendances.for_sheet(), public_id=public_id)
