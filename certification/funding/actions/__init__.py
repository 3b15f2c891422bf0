from certification.funding.actions.admitting import JUDGED_IN, admit
from certification.funding.actions.batch import AT_ONCE, EXPLAINED, decide_many, run_batch
from certification.funding.actions.bordereaux import (
    bordereau_refusals,
    cancel_bordereau,
    left_of,
    make_bordereau,
    pay_bordereau,
)
from certification.funding.actions.checking import recheck, recheck_all, recheck_organisation, recheck_session
from certification.funding.actions.credentials import record_credential, withdraw_credential
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
from certification.funding.actions.exporting import note_export, order_export
from certification.funding.actions.forgetting import forget_outlived
from certification.funding.actions.paying import correct_payment, left_to_pay, pay
from certification.funding.actions.rules import confirm_rule
from certification.funding.actions.service import answer, declare_service, explain
from certification.funding.actions.sharing import (
    DIGEST,
    assign,
    delete_view,
    resume_digest,
    save_view,
    set_branches,
    stop_digest,
    stop_link_of,
)

__all__ = [
    "AT_ONCE",
    "DIGEST",
    "EXPLAINED",
    "JUDGED_IN",
    "add_piece",
    "admit",
    "answer",
    "ask_complement",
    "assign",
    "bordereau_refusals",
    "cancel",
    "cancel_bordereau",
    "choose_people",
    "confirm_rule",
    "correct_payment",
    "decide_many",
    "declare_service",
    "delete_view",
    "describe",
    "eligible",
    "explain",
    "file",
    "filing_refusals",
    "forget_outlived",
    "grant",
    "left_of",
    "left_to_pay",
    "make_bordereau",
    "note_export",
    "notify",
    "order_export",
    "pay",
    "pay_bordereau",
    "recheck",
    "recheck_all",
    "recheck_organisation",
    "recheck_session",
    "record_credential",
    "refuse",
    "reject",
    "resume_digest",
    "run_batch",
    "save_view",
    "set_branches",
    "signal_anomaly",
    "start",
    "stop_digest",
    "stop_link_of",
    "validate",
    "withdraw",
    "withdraw_credential",
    "withdraw_piece",
]
