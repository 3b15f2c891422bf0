from .copying import copy_to_library
from .dating import date_who_answers
from .freezing import freeze, rehearse
from .keeping import consequences_of_unpublishing, refusals_to_delete, refusals_to_delete_medium
from .libraries import STOCK, is_settled, open_libraries, open_library, settle_access
from .loading import CatalogueRefused, load_catalogue
from .publishing import PublicationRefused, check, is_history, let_pass, of_module, of_parcours, of_seance
from .questions import list_questions, list_questions_again, take_up
from .reviewing import mark_reviewed, tell_changes, tell_published, tell_reviewers
from .scheduling import expect, publish_due

__all__ = [
    "STOCK",
    "CatalogueRefused",
    "PublicationRefused",
    "check",
    "consequences_of_unpublishing",
    "copy_to_library",
    "date_who_answers",
    "expect",
    "freeze",
    "is_history",
    "is_settled",
    "let_pass",
    "list_questions",
    "list_questions_again",
    "load_catalogue",
    "mark_reviewed",
    "of_module",
    "of_parcours",
    "of_seance",
    "open_libraries",
    "open_library",
    "publish_due",
    "refusals_to_delete",
    "refusals_to_delete_medium",
    "rehearse",
    "settle_access",
    "take_up",
    "tell_changes",
    "tell_published",
    "tell_reviewers",
]
