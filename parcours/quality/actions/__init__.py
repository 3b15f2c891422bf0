from parcours.quality.actions.audits import (
    AUDITING,
    draw_sessions,
    give_audit,
    held_sessions,
    note_view,
    revoke_audit,
)
from parcours.quality.actions.complaints import (
    COMPLAINTS_KEPT,
    FOLLOWING,
    answer_complaint,
    close_complaint,
    complain,
    complain_again,
    delay_days,
    forget_complaints,
)
from parcours.quality.actions.entries import correct_entry, drop, finish, measure, record_entry, withdraw_entry
from parcours.quality.actions.exporting import note_export
from parcours.quality.actions.forgetting import forget_outlived, forget_person
from parcours.quality.actions.loading import load_questionnaires, load_referentials
from parcours.quality.actions.packs import (
    finish_pack,
    forget_packs,
    note_download,
    note_progress,
    order_pack,
    store_pack,
)
from parcours.quality.actions.results import publish_results
from parcours.quality.actions.surveys import (
    ANSWERING,
    COLD_DAYS,
    REMIND_DAYS,
    appreciate,
    ask_appreciations,
    forget_requests,
    refusal_of,
    remind,
)

__all__ = [
    "ANSWERING",
    "AUDITING",
    "COLD_DAYS",
    "COMPLAINTS_KEPT",
    "FOLLOWING",
    "REMIND_DAYS",
    "answer_complaint",
    "appreciate",
    "ask_appreciations",
    "close_complaint",
    "complain",
    "complain_again",
    "correct_entry",
    "delay_days",
    "draw_sessions",
    "drop",
    "finish",
    "finish_pack",
    "forget_complaints",
    "forget_outlived",
    "forget_packs",
    "forget_person",
    "forget_requests",
    "give_audit",
    "held_sessions",
    "load_questionnaires",
    "load_referentials",
    "measure",
    "note_download",
    "note_export",
    "note_progress",
    "note_view",
    "order_pack",
    "publish_results",
    "record_entry",
    "refusal_of",
    "remind",
    "revoke_audit",
    "store_pack",
    "withdraw_entry",
]
