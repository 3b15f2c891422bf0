from parcours.emargement.actions.counting import count_presence
from parcours.emargement.actions.forgetting import forget_session
from parcours.emargement.actions.marking import Mark, correct, mark, mark_rest_absent
from parcours.emargement.actions.preparing import forget_codes, prepare, prepare_coming, refresh, reset_windows
from parcours.emargement.actions.refusals import Refused
from parcours.emargement.actions.scans import keep_scan
from parcours.emargement.actions.sheets import choose_way, close_now, draw_code, lock, open_now, set_window
from parcours.emargement.actions.signing import (
    OFFLINE_WHY,
    Entry,
    Signed,
    enter_paper,
    known_by_code,
    sign,
    window_refusal,
)

__all__ = [
    "OFFLINE_WHY",
    "Entry",
    "Mark",
    "Refused",
    "Signed",
    "choose_way",
    "close_now",
    "correct",
    "count_presence",
    "draw_code",
    "enter_paper",
    "forget_codes",
    "forget_session",
    "keep_scan",
    "known_by_code",
    "lock",
    "mark",
    "mark_rest_absent",
    "open_now",
    "prepare",
    "prepare_coming",
    "refresh",
    "reset_windows",
    "set_window",
    "sign",
    "window_refusal",
]
