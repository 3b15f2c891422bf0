from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "parcours.quality"
    label = "quality"
    verbose_name = "qualité"

    def ready(self):
        from lms.site.menus import Entry, PublicPage, Space, register
        from parcours.catalogue.documents import register_results
        from parcours.classroom.documents import Tab, register_tab
        from parcours.quality import permissions, receivers  # noqa: F401  (a receiver listens)
        from parcours.quality.documents.complaints import waiting_complaints
        from parcours.quality.documents.results import published_of

        formation = "Espace formation"
        register(Entry(formation, "Qualité", "quality:home", permissions.can_read_quality, order=30))
        register(
            Entry(
                formation,
                "Réclamations",
                "quality:complaints",
                permissions.can_read_complaints,
                order=31,
                detail=waiting_complaints,
            )
        )
        register(Space("Réclamations", "quality:complaints", permissions.answers_for_the_nation, order=62))
        register(PublicPage("Faire une réclamation", "quality:complain", order=30))
        register_tab(Tab("Qualité", "quality:session", permissions.can_read_appreciations, order=60))
        register_tab(Tab("Dossier de preuves", "quality:packs", permissions.can_show_evidence, order=70))
        register_results(published_of)
