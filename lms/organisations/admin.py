from django.contrib import admin, messages
from django.db import transaction
from django.db.models import F

from lms.kernel.access import refusals_as_messages
from lms.kernel.journal import record
from lms.organisations import actions
from lms.organisations.engine.identifiers import nda_warning
from lms.organisations.forms import MembershipAdminForm, WaveRegionFormSet
from lms.organisations.models import (
    Campagne,
    Departement,
    Membership,
    Organisation,
    Region,
    StructureType,
    Wave,
    WaveRegion,
)
from lms.organisations.privacy import FIELDS_OF_ORGANISATION


class JournalledAdmin(admin.ModelAdmin):
    """Each change is written in the journal: names of the fields, and personal values apart."""

    personal_fields = frozenset()
    show_full_result_count = False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        changed = {name: [form.initial.get(name), form.cleaned_data.get(name)] for name in form.changed_data}
        personal = {name: values for name, values in changed.items() if name in self.personal_fields}
        verb = "changed" if change else "added"
        record(
            f"{obj._meta.model_name}.{verb}",
            obj,
            by=request.user,
            after={"fields": sorted(changed)},
            personal=personal or None,
        )


class ReferenceAdmin(JournalledAdmin):
    """Follows INSEE: read here, never typed."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Region)
class RegionAdmin(ReferenceAdmin):
    list_display = ["code", "name"]
    search_fields = ["code", "name"]


@admin.register(Departement)
class DepartementAdmin(ReferenceAdmin):
    list_display = ["code", "name", "region", "time_zone"]
    list_filter = ["region", "time_zone"]
    list_select_related = ["region"]
    search_fields = ["code", "name"]


@admin.register(StructureType)
class StructureTypeAdmin(JournalledAdmin):
    list_display = ["label", "aidants_connect_id", "map_code", "needs_details", "offered"]
    list_filter = ["offered"]
    search_fields = ["label", "map_code"]


@admin.register(Organisation)
class OrganisationAdmin(JournalledAdmin):
    list_display = ["__str__", "kind", "siret", "departement", "structure_type", "is_confirmed", "fictional"]
    list_filter = ["kind", ("confirmed_at", admin.EmptyFieldListFilter), "fictional", "departement__region"]
    list_select_related = ["departement", "structure_type"]
    search_fields = ["name", "antenne", "=siret", "=data_pass_id", "city"]
    autocomplete_fields = ["parent", "structure_type", "departement"]
    readonly_fields = ["public_id", "confirmed_at", "created_at"]
    actions = ["confirm"]
    personal_fields = frozenset(FIELDS_OF_ORGANISATION)
    fieldsets = [
        (
            None,
            {"fields": ["kind", "name", "antenne", "parent", "fictional", "public_id", "confirmed_at", "created_at"]},
        ),
        ("Identifiants", {"fields": ["siret", "data_pass_id", "nda", "legal_category"]}),
        (
            "Structure",
            {"fields": ["structure_type", "structure_type_details", "france_services", "france_services_number"]},
        ),
        ("Lieu", {"fields": ["address", "address_complement", "postcode", "city", "commune_code", "departement"]}),
        (
            "Assistance aux apprenants",
            {"fields": ["assistance_contact", "email", "phone", "assistance_days", "adaptation_days"]},
        ),
        (
            "Signature et mentions des documents",
            {
                "fields": [
                    "signatory_name",
                    "signatory_role",
                    "dpo_contact",
                    "vat_rate",
                    "vat_mention",
                    "payment_terms",
                ]
            },
        ),
    ]

    @admin.display(description="confirmée", boolean=True, ordering=F("confirmed_at"))
    def is_confirmed(self, organisation):
        return organisation.is_confirmed

    @admin.action(description="Confirmer les structures déclarées", permissions=["change"])
    def confirm(self, request, queryset):
        for organisation in queryset:
            with refusals_as_messages(request):
                actions.confirm_organisation(organisation, by=request.user)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if warning := nda_warning(obj.nda):
            messages.warning(request, warning)


@admin.register(Membership)
class MembershipAdmin(JournalledAdmin):
    form = MembershipAdminForm
    list_display = ["person", "role", "organisation", "starts_on", "ends_on"]
    list_filter = ["role", "starts_on", ("ends_on", admin.EmptyFieldListFilter)]
    list_select_related = ["person", "organisation"]
    search_fields = ["person__last_name", "person__first_name", "=person__email", "organisation__name"]
    autocomplete_fields = ["person", "organisation", "perimeter_regions", "perimeter_departements"]
    date_hierarchy = "starts_on"

    def get_readonly_fields(self, request, obj=None):
        return ["person", "organisation", "role", "starts_on"] if obj else []

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.by = request.user
        return form

    def save_model(self, request, obj, form, change):
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            actions.announce(obj, by=request.user)


class WaveInline(admin.TabularInline):
    model = Wave
    fields = ["number", "label", "period_label", "starts_on", "ends_on"]
    show_change_link = True
    extra = 0


class WaveRegionInline(admin.TabularInline):
    model = WaveRegion
    formset = WaveRegionFormSet
    extra = 0


class ClosedIsReadOnly(JournalledAdmin):
    """A closed campagne is read as it was; reopening it is a decision of its own."""

    def has_change_permission(self, request, obj=None):
        campagne = getattr(obj, "campagne", obj)
        return super().has_change_permission(request, obj) and not (campagne and campagne.closed)


@admin.register(Campagne)
class CampagneAdmin(ClosedIsReadOnly):
    list_display = ["name", "starts_on", "ends_on", "objective", "closed", "fictional"]
    list_filter = ["closed", "fictional"]
    search_fields = ["name", "code"]
    readonly_fields = ["closed"]
    actions = ["close", "reopen"]
    inlines = [WaveInline]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if {"starts_on", "ends_on"} & set(form.changed_data):
            actions.announce_dates(obj)

    @admin.action(description="Clore", permissions=["change"])
    def close(self, request, queryset):
        for campagne in queryset:
            with refusals_as_messages(request):
                actions.close_campagne(campagne, by=request.user)

    @admin.action(description="Rouvrir", permissions=["change"])
    def reopen(self, request, queryset):
        for campagne in queryset:
            with refusals_as_messages(request):
                actions.reopen_campagne(campagne, by=request.user)


@admin.register(Wave)
class WaveAdmin(ClosedIsReadOnly):
    list_display = ["label", "campagne", "period_label", "starts_on", "ends_on"]
    list_filter = ["campagne"]
    list_select_related = ["campagne"]
    search_fields = ["label", "campagne__name"]
    inlines = [WaveRegionInline]

    def get_readonly_fields(self, request, obj=None):
        return ["campagne"] if obj else []
