from django.contrib import admin, messages

from lms.kernel.jobs import retry
from lms.kernel.models import Grant, Job, JournalEntry, OutgoingMail, Paper


class ReadOnlyAdmin(admin.ModelAdmin):
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["name", "args", "state", "attempts", "due_at", "created_at", "done_at"]
    list_filter = ["state", "name", "created_at"]
    search_fields = ["=key", "name"]
    actions = ["retry_dead"]

    def has_retry_permission(self, request):
        return request.user.has_perm("kernel.change_job")

    @admin.action(description="Réessayer", permissions=["retry"])
    def retry_dead(self, request, queryset):
        retried = sum(retry(job, by=request.user) for job in queryset)
        skipped = queryset.count() - retried
        if retried:
            messages.success(request, f"Travaux remis à faire : {retried}.")
        if skipped:
            messages.warning(request, f"Travaux laissés tels quels, car ils ne sont pas abandonnés : {skipped}.")


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    list_display = ["subject", "to", "state", "created_at", "sent_at"]
    list_filter = ["state", "created_at"]
    search_fields = ["=to", "=message_id"]
    exclude = ["body", "html", "stop_url"]


@admin.register(Grant)
class GrantAdmin(ReadOnlyAdmin):
    """Which links stand, without what would open them."""

    list_display = ["scope", "person_id", "object_ids", "created_at", "expires_at", "revoked_at", "last_used_at"]
    list_filter = ["scope", "created_at"]
    exclude = ["token_hash", "public_id"]


@admin.register(JournalEntry)
class JournalEntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "verb", "subject_type", "subject_id", "by_id", "sequence"]
    list_filter = ["at", "verb", "subject_type"]
    search_fields = ["=subject_id", "verb"]
    date_hierarchy = "at"
    ordering = ["-pk"]


@admin.register(Paper)
class PaperAdmin(ReadOnlyAdmin):
    """What was issued, without what it says: a paper is revoked by whoever issued it, on their own page."""

    list_display = ["number", "kind", "state", "organisation", "issued_at", "sealed_at", "revoked_at"]
    list_filter = ["state", "kind", "issued_at"]
    list_select_related = ["organisation"]
    search_fields = ["=number", "=sha256"]
    exclude = ["content", "twin_html", "token"]
