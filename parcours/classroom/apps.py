from django.apps import AppConfig


class ClassroomConfig(AppConfig):
    name = "parcours.classroom"
    label = "classroom"
    verbose_name = "sessions en direct"

    def ready(self):
        from lms.kernel import calendars
        from lms.site.menus import PUBLIC_LISTS, Entry, PublicPage, Space, StructurePage, register
        from parcours.catalogue.documents import register_link
        from parcours.classroom import receivers  # noqa: F401  (a receiver listens)
        from parcours.classroom.documents import Tab, register_tab
        from parcours.classroom.documents.calendar import dates_of
        from parcours.classroom.documents.finding import addresses_to_come, link_of_parcours
        from parcours.classroom.documents.mine import lines_of
        from parcours.classroom.documents.seats import seated_of
        from parcours.classroom.permissions import (
            can_have_sessions,
            can_list_sessions,
            can_register_colleagues,
            can_run,
        )
        from parcours.learning.engine import waiting

        formation = "Espace formation"
        register(Space(formation, "classroom:sessions", can_list_sessions, order=28))
        register(Entry(formation, "Sessions", "classroom:sessions", can_list_sessions, order=-10))
        register_tab(Tab("Session", "classroom:session", can_run, order=10))
        register(Entry(formation, "Salles", "classroom:rooms", can_list_sessions, order=-9))
        register_tab(Tab("Déroulé", "classroom:deroules", can_run, order=20))
        register_tab(Tab("Stagiaires", "classroom:trainees", can_run, order=30, count=seated_of))
        register(PublicPage("Trouver une session", "classroom:find", order=10, icon="calendar"))
        PUBLIC_LISTS.append(addresses_to_come)
        about = "vos dates, vos lieux et vos convocations"
        register(Entry("Mon espace", "Mes sessions", "classroom:my_sessions", can_have_sessions, order=5, about=about))
        register(StructurePage("Sessions", "classroom:structure_sessions", can_register_colleagues, order=30))
        calendars.register(dates_of)
        waiting.register(lines_of)
        register_link(link_of_parcours)
