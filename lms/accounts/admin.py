"""Accounts as an administrator sees them: found, corrected, closed, each act in the journal."""

from django.contrib import admin, messages

from lms.accounts import actions
from lms.accounts.lifecycle import RequestState
from lms.accounts.models import DataRequest, FactorReset, Person
from lms.accounts.permissions import can_answer_data_request, can_close_factor_reset
from lms.kernel.lifecycle import TransitionRefused

NOT_YOU = "Cette demande doit être traitée par un autre administrateur : vous l’avez faite ou elle vous concerne."


class NotMadeHere(admin.ModelAdmin):
    """Rows come from what people do; nothing is added nor deleted by hand."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Person)
class PersonAdmin(NotMadeHere):
    list_display = ("full_name", "email", "is_active", "is_staff", "created_at", "last_login")
    list_filter = ("is_active", "is_staff")
    search_fields = ("last_name", "first_name", "email", "pix_email")
    fields = (
        ("first_name", "last_name"),
        ("email", "pix_email", "pix_email_confirmed_at"),
        "time_zone",
        ("is_active", "is_staff", "is_superuser"),
        "groups",
        ("public_id", "merged_into", "created_at", "last_login"),
    )
    readonly_fields = ("pix_email", "pix_email_confirmed_at", "public_id", "merged_into", "created_at", "last_login")
    filter_horizontal = ("groups",)
    actions = ("close_accounts", "erase_accounts")

    def save_model(self, request, obj, form, change):
        before = Person.objects.get(pk=obj.pk)
        actions.correct_person(obj, before=before, by=request.user)

    @admin.action(description="Fermer les comptes choisis", permissions=["change"])
    def close_accounts(self, request, queryset):
        for person in queryset.exclude(pk=request.user.pk):
            actions.close_account(person, by=request.user)
        messages.success(request, "Les comptes choisis sont fermés et leurs connexions terminées.")

    @admin.action(description="Effacer l’identité des comptes déjà fermés", permissions=["change"])
    def erase_accounts(self, request, queryset):
        closed = queryset.filter(is_active=False)
        count = len([actions.erase_account(person, by=request.user) for person in closed])
        messages.success(request, f"Identités effacées : {count}. Un compte encore ouvert doit d’abord être fermé.")


@admin.register(FactorReset)
class FactorResetAdmin(NotMadeHere):
    list_display = ("person", "asked_by", "state", "asked_at", "due_at", "closed_by")
    list_filter = ("state",)
    readonly_fields = [field.name for field in FactorReset._meta.fields]
    actions = ("execute", "stop")

    def get_queryset(self, request):
        return super().get_queryset(request).for_list()

    @admin.action(description="Exécuter : effacer le second facteur perdu", permissions=["change"])
    def execute(self, request, queryset):
        self._close(request, queryset, actions.execute_factor_reset, "Le second facteur de {} est effacé.")

    @admin.action(description="Arrêter la demande", permissions=["change"])
    def stop(self, request, queryset):
        self._close(request, queryset, actions.stop_factor_reset, "La demande pour {} est arrêtée.")

    def _close(self, request, queryset, verb, sentence):
        for reset in queryset:
            if not can_close_factor_reset(request.user, reset):
                messages.error(request, NOT_YOU)
                continue
            try:
                verb(reset, by=request.user)
            except TransitionRefused as refused:
                messages.error(request, " ".join(refused.sentences))
            else:
                messages.success(request, sentence.format(reset.person))


@admin.register(DataRequest)
class DataRequestAdmin(NotMadeHere):
    list_display = ("person", "kind", "state", "asked_at", "answer_due_on", "answered_by")
    list_filter = ("state", "kind")
    fields = ("person", "kind", "message", "state", "asked_at", "answer_due_on", "answer", "answered_by", "answered_at")

    def get_queryset(self, request):
        return super().get_queryset(request).for_list()

    def get_readonly_fields(self, request, obj=None):
        waiting = obj is not None and obj.state == RequestState.OPEN and can_answer_data_request(request.user, obj)
        return [name for name in self.fields if name != "answer" or not waiting]

    def save_model(self, request, obj, form, change):
        """Writing the answer sends it."""
        try:
            actions.answer_data_request(obj, answer=obj.answer, by=request.user)
        except TransitionRefused as refused:
            messages.error(request, " ".join(refused.sentences))
