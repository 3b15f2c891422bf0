from django.apps import AppConfig


class ClassroomConfig(AppConfig):
    name = "parcours.classroom"
    label = "classroom"
    verbose_name = "sessions en direct"

    def ready(self):
        from lms.site.menus import Entry, Space, register
        from parcours.classroom import receivers  # noqa: F401  (a receiver listens)
        from parcours.classroom.documents import Tab, register_tab
        from parcours.classroom.permissions import can_list_sessions, can_run

        formation = "Espace formation"
        register(Space(formation, "classroom:sessions", can_list_sessions, order=28))
        register(Entry(formation, "Sessions", "classroom:sessions", can_list_sessions, order=-10))
        register_tab(Tab("Session", "classroom:session", can_run, order=10))
