from django.db import models
from django.db.models import Count, Q, Sum

from lms.kernel.access import is_signed_in
from parcours.classroom.lifecycle import SEATED
from parcours.classroom.queries import OF_A_FRAME, TEACHING_ROLES, homes
from parcours.emargement.lifecycle import AttendanceState, SheetState

OF_A_SHEET = (
    *("public_id", "state", "way", "set_opens_at", "set_closes_at", "locked_at", "countersign", "countersign_sha256"),
    *("locked_by__first_name", "locked_by__last_name", "locked_by__email"),
    *("half_day__starts_at", "half_day__ends_at", "half_day__link", "half_day__room__name", "half_day__room__city"),
)
OF_A_LINE = (
    *("public_id", "sheet_id", "state", "arrived_at", "left_at", "excuse", "set_aside", "minutes", "nonce"),
    *("registration__state", "registration__session_id", "registration__enrolment_id"),
    *("registration__person__first_name", "registration__person__last_name", "registration__person__email"),
    *("registration__employer__name", "registration__employer__antenne"),
    *("signature__way", "signature__signed_at", "signature__claimed_at", "signature__statement"),
    *("signature__statement_sha256", "signature__is_late", "signature__reason"),
    *("signature__entered_by__first_name", "signature__entered_by__last_name", "signature__entered_by__email"),
)
"""What a line of a sheet shows, and nothing more: sheets of three hundred people are read whole."""


class AppendOnlyQuerySet(models.QuerySet):
    """Bulk writes would pass beside the guards of `save` and `delete`."""

    def update(self, **values):
        raise TypeError("A signature is never changed.")

    def delete(self):
        raise TypeError("A signature is never deleted.")

    def outlived(self) -> None:
        """Erase those whose time is over, past the guard above; asked by `forget_session` alone."""
        self._raw_delete(self.db)


class SheetQuerySet(models.QuerySet):
    def visible_to(self, person):
        """In the training space: those of the organisme de formation where one teaches."""
        if not is_signed_in(person):
            return self.none()
        return self.filter(half_day__session__organisation__in=homes(person, *TEACHING_ROLES))

    def running(self):
        return self.filter(state=SheetState.RUNNING)

    def for_page(self):
        """What the frame of a sheet shows: the half-day, its session; not what the edition contains."""
        session = "half_day__session"
        half_days = self.model._meta.get_field("half_day").related_model.objects.for_frame()
        found = self.select_related(f"{session}__edition", f"{session}__organisation", "half_day__room", "locked_by")
        return found.only(*OF_A_SHEET, *(f"{session}__{name}" for name in OF_A_FRAME)).prefetch_related(
            models.Prefetch(f"{session}__half_days", half_days)
        )

    def for_register(self):
        return self.select_related("half_day__session", "half_day__room", "locked_by")


class AttendanceQuerySet(models.QuerySet):
    def visible_to(self, person):
        """One's own, and those of the organisme de formation where one teaches."""
        if not is_signed_in(person):
            return self.none()
        own = Q(registration__person=person)
        return self.filter(own | Q(sheet__half_day__session__organisation__in=homes(person, *TEACHING_ROLES)))

    def of(self, person):
        return self.filter(registration__person=person)

    def awaited(self):
        return self.filter(state=AttendanceState.EXPECTED)

    def counted(self):
        """Those that count for hours: on a locked sheet, with their minutes."""
        return self.filter(sheet__state=SheetState.LOCKED, state=AttendanceState.PRESENT)

    def unsigned(self):
        return self.filter(signature=None)

    def seated(self):
        return self.filter(registration__state__in=SEATED)

    def by_name(self):
        return self.order_by("registration__person__last_name", "registration__person__first_name", "pk")

    def for_sheet(self):
        """A line of a sheet: the person, the employer, the signature, the corrections."""
        return self.for_open_sheet().prefetch_related("corrections__by")

    def for_open_sheet(self):
        """A line of a sheet which is not locked: nothing in it was corrected."""
        found = self.select_related("registration__person", "registration__employer", "signature__entered_by")
        return found.only(*OF_A_LINE).by_name()

    def for_register(self):
        """A cell of the register: what was noted of one person in one half-day."""
        return self.only("sheet_id", "registration_id", "state", "arrived_at", "left_at", "excuse", "minutes")

    def tally(self) -> dict:
        """How many there are, signed, are still awaited, and their minutes; one query."""
        awaited = Count("pk", filter=Q(state=AttendanceState.EXPECTED))
        return self.aggregate(total=Count("pk"), signed=Count("signature"), left=awaited, minutes=Sum("minutes"))

    def for_counting(self):
        return self.select_related("registration__enrolment", "sheet__half_day", "sheet__locked_by")

    def for_signing(self):
        related = "sheet__half_day__session"
        return self.select_related(
            "registration__person", "registration__employer", f"{related}__edition", f"{related}__organisation"
        ).defer(f"{related}__edition__content")


class ScanQuerySet(models.QuerySet):
    def visible_to(self, person):
        if not is_signed_in(person):
            return self.none()
        return self.filter(sheet__half_day__session__organisation__in=homes(person, *TEACHING_ROLES))
