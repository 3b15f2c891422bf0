from django.apps import AppConfig


class AdaptationsConfig(AppConfig):
    name = "parcours.adaptations"
    label = "adaptations"
    verbose_name = "adaptations"

    def ready(self):
        from lms.site.menus import Entry, Space, register
        from parcours.adaptations import documents, receivers  # noqa: F401  (a rule is defined, a receiver listens)
        from parcours.adaptations.permissions import can_ask, can_list_measures, can_list_requests

        register(Space("Espace formation", "adaptations:requests", can_list_requests, order=31))
        register(
            Entry("Espace formation", "Demandes d’adaptation", "adaptations:requests", can_list_requests, order=60)
        )
        register(Entry("Espace formation", "Mesures d’adaptation", "adaptations:measures", can_list_measures, order=61))
        about = "ce qui vous aide à suivre et à être évalué"
        register(Entry("Mon espace", "Mes adaptations", "adaptations:mine", can_ask, order=60, about=about))
