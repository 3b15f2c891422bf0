from django.apps import AppConfig


class PaperworkConfig(AppConfig):
    name = "parcours.paperwork"
    label = "paperwork"
    verbose_name = "documents d’une session"

    def ready(self):
        from lms.site.menus import Entry, StructurePage, register
        from parcours.classroom.documents import Tab, register_tab
        from parcours.classroom.engine import remarks
        from parcours.paperwork import permissions, receivers  # noqa: F401  (receivers listen)
        from parcours.paperwork.documents import kinds  # noqa: F401
        from parcours.paperwork.documents.answering import remarks_of

        remarks.register(remarks_of)
        register_tab(Tab("Documents", "paperwork:session", permissions.can_keep_papers, order=50))
        register(StructurePage("Documents", "paperwork:structure", permissions.can_read_as_structure, order=40))
        held = permissions.has_sessions
        about = "ce qu’on vous remet, ce que vous avez à signer"
        register(Entry("Mon espace", "Documents de mes sessions", "paperwork:all_mine", held, order=12, about=about))
        may_state = permissions.can_state_mentions
        register(Entry("Espace formation", "Mentions des documents", "paperwork:houses", may_state, order=60))
