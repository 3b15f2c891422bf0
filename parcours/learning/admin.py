from django.contrib import admin

from lms.kernel.admin import ReadOnlyAdmin
from parcours.learning.models import Enrolment


@admin.register(Enrolment)
class EnrolmentAdmin(ReadOnlyAdmin):
    """What is followed and how far, without any answer: those are read by nobody else than the learner."""

    list_display = ["pk", "person", "edition", "employer", "state", "advance", "enrolled_at", "completed_at"]
    list_filter = ["state", "parcours", "enrolled_at"]
    list_select_related = ["person", "edition", "employer", "progress"]
    search_fields = ["=pk", "=person__email", "person__last_name"]
    readonly_fields = ["advance"]
    date_hierarchy = "enrolled_at"

    @admin.display(description="avancement")
    def advance(self, enrolment):
        progress = enrolment.progress
        return f"{progress.percent} % ({progress.done} étapes sur {progress.total})"
