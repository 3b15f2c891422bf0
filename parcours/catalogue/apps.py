from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "parcours.catalogue"
    label = "catalogue"
    verbose_name = "catalogue"

    def ready(self):
        from parcours.catalogue import documents, forms, receivers  # noqa: F401
        from parcours.catalogue.models import ModulePage, ParcoursPage

        ModulePage.base_form_class = forms.ModulePageForm
        ParcoursPage.base_form_class = forms.ParcoursPageForm
