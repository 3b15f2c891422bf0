from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "parcours.catalogue"
    label = "catalogue"
    verbose_name = "catalogue"

    def ready(self):
        from lms.site.menus import Entry, register
        from parcours.catalogue import documents, forms, receivers  # noqa: F401
        from parcours.catalogue.models import ModulePage, ParcoursPage
        from parcours.catalogue.permissions import can_read_seances

        register(Entry("Espace formation", "Déroulés pédagogiques", "catalogue:seances", can_read_seances, order=40))

        ModulePage.base_form_class = forms.ModulePageForm
        ParcoursPage.base_form_class = forms.ParcoursPageForm
