from django.apps import AppConfig


class ColleaguesConfig(AppConfig):
    name = "parcours.colleagues"
    label = "colleagues"
    verbose_name = "collègues d’une structure"

    def ready(self):
        from lms.site.menus import StructurePage, register
        from parcours.colleagues import receivers  # noqa: F401
        from parcours.colleagues.documents import invitations_waiting
        from parcours.colleagues.permissions import can_follow_colleagues
        from parcours.learning.engine import waiting

        register(StructurePage("Où en sont mes collègues", "colleagues:register", can_follow_colleagues, order=10))
        register(StructurePage("Inscrire des collègues", "colleagues:choose", can_follow_colleagues, order=20))
        waiting.register(invitations_waiting)
