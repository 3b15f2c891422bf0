from parcours.classroom.documents.tabs import TABS, Tab, register_tab, tabs_of

__all__ = ["TABS", "Tab", "register_tab", "tabs_of"]
