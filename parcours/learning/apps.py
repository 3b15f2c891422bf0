from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "parcours.learning"
    label = "learning"
    verbose_name = "suivi des parcours"

    def ready(self):
        from lms.site.menus import Space, register
        from parcours.learning.permissions import can_list_issued_papers

        register(Space("Espace formation", "learning:issued_papers", can_list_issued_papers, order=30))
