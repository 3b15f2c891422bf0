from django.apps import AppConfig


class EmargementConfig(AppConfig):
    name = "parcours.emargement"
    label = "emargement"
    verbose_name = "émargement"

    def ready(self):
        from lms.site.menus import Entry, PublicPage, register
        from parcours.classroom.documents import Tab, register_tab
        from parcours.classroom.documents.goes import Goes, register_goes
        from parcours.emargement import permissions, receivers  # noqa: F401  (a receiver listens)
        from parcours.emargement.documents import held_of, mine_of
        from parcours.learning.engine import live

        register_tab(Tab("Émargement", "emargement:register", permissions.can_read_register, order=40))
        about = "ce que vous avez signé, demi-journée par demi-journée"
        register(
            Entry("Mon espace", "Mes émargements", "emargement:mine", permissions.has_sheets, order=15, about=about)
        )
        register(PublicPage("Émarger", "emargement:enter", order=45))
        live.register(held_of)
        register_goes(Goes("Signer mes demi-journées", mine_of, "votre code, et ce que vous avez signé", 10))
