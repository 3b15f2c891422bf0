from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "parcours.catalogue"
    label = "catalogue"
    verbose_name = "catalogue"

    def ready(self):
        from lms.site.menus import Entry, PublicPage, Space, register
        from lms.site.page_forms import PageForm
        from parcours.catalogue import documents, forms, receivers  # noqa: F401
        from parcours.catalogue.models import ModulePage, ParcoursPage, Review, SeancePage
        from parcours.catalogue.permissions import can_cite, can_read_coverage, can_read_seances, can_write_modules

        register(PublicPage("Catalogue", "catalogue:catalogue", order=5, icon="file"))
        register(Space("Modules et parcours", "workshop:library", can_write_modules, order=31))
        register(
            Entry("Espace formation", "Couverture des compétences", "catalogue:coverage", can_read_coverage, order=45)
        )
        register(Entry("Espace formation", "Déroulés pédagogiques", "catalogue:seances", can_read_seances, order=40))

        ModulePage.base_form_class = forms.ModulePageForm
        ParcoursPage.base_form_class = forms.ParcoursPageForm
        SeancePage.base_form_class = forms.SeancePageForm
        for model in (ModulePage, ParcoursPage, SeancePage):
            model.copy_form_class = forms.DraftCopyForm
        PageForm.may_cite = staticmethod(can_cite)
        Review.changes_form = forms.ReviewForm
