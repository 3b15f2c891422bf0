from parcours.emargement.actions.counting import count_presence
from parcours.emargement.actions.marking import Mark, correct, mark
from parcours.emargement.actions.preparing import forget_codes, prepare, prepare_coming, refresh, reset_windows
from parcours.emargement.actions.refusals import Refused
from parcours.emargement.actions.scans import keep_scan
from parcours.emargement.actions.sheets import choose_way, close_now, draw_code, lock, open_now, set_window
from parcours.emargement.actions.signing import (
    OFFLINE_WHY,
    Entry,
    Signed,
    known_by_code,
    sign,
    sign_from_paper,
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
    "forget_codes",
    "keep_scan",
    "known_by_code",
    "lock",
    "mark",
    "open_now",
    "prepare",
    "prepare_coming",
    "refresh",
    "reset_windows",
    "set_window",
    "sign",
    "sign_from_paper",
    "window_refusal",
]
