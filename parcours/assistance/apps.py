from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "parcours.assistance"
    label = "assistance"
    verbose_name = "questions et réponses"

    def ready(self):
        from lms.site.menus import Entry, Space, register
        from parcours.assistance import permissions, receivers  # noqa: F401  (a receiver listens)
        from parcours.assistance.documents import waiting_for

        formation, may_answer = "Espace formation", permissions.can_list_questions
        register(Space(formation, "assistance:waiting", may_answer, order=29))
        register(Entry(formation, "Questions des apprenants", "assistance:waiting", may_answer, 0, waiting_for))
        about = "et les réponses de votre organisme"
        register(
            Entry("Mon espace", "Mes questions", "assistance:questions", permissions.can_ask, order=20, about=about)
        )
