from certification.funding.actions.batch import AT_ONCE, TOGETHER, decide_many, note_export, order_many, run_many
from certification.funding.actions.checking import recheck, recheck_all, recheck_session
from certification.funding.actions.deciding import (
    ask_complement,
    grant,
    notify,
    refuse,
    reject,
    signal_anomaly,
    validate,
    withdraw,
)
from certification.funding.actions.drafting import (
    add_piece,
    cancel,
    choose_people,
    describe,
    eligible,
    file,
    filing_refusals,
    start,
    withdraw_piece,
)
from certification.funding.actions.paying import left_to_pay, pay
from certification.funding.actions.rules import confirm_rule
from certification.funding.actions.service import answer, declare_service, explain

__all__ = [
    "AT_ONCE",
    "TOGETHER",
    "add_piece",
    "answer",
    "ask_complement",
    "cancel",
    "choose_people",
    "confirm_rule",
    "decide_many",
    "declare_service",
    "describe",
    "eligible",
    "explain",
    "file",
    "filing_refusals",
    "grant",
    "left_to_pay",
    "note_export",
    "notify",
    "order_many",
    "pay",
    "recheck",
    "recheck_all",
    "recheck_session",
    "refuse",
    "reject",
    "run_many",
    "signal_anomaly",
    "start",
    "validate",
    "withdraw",
    "withdraw_piece",
]
