from parcours.paperwork.actions.attestations import issue_partial_attestation, withdraw_partial_attestations
from parcours.paperwork.actions.batch import order_batch, order_first_batch, run_batch
from parcours.paperwork.actions.billing import credited, note_export, price_registration, record_invoice, set_parts
from parcours.paperwork.actions.connections import connections_refusals, sign_connections
from parcours.paperwork.actions.conventions import (
    amend_convention,
    cancel_convention,
    draft_convention,
    has_changed,
    next_convention,
    send_convention,
    sending_refusals,
    sign_convention,
    trainees_of,
)
from parcours.paperwork.actions.forgetting import forget_outlived
from parcours.paperwork.actions.house import state_mentions
from parcours.paperwork.actions.issuing import (
    after_sealing,
    correct_certificate,
    issue_certificate,
    issue_convocation,
    issue_programme,
    issue_sheet,
    standing,
)
from parcours.paperwork.actions.quotes import accept_quote, agreement, decline_quote, quote_refusals, send_quote
from parcours.paperwork.actions.texts import acknowledge, deliver_texts, note_opened, publish_text

__all__ = [
    "accept_quote",
    "acknowledge",
    "after_sealing",
    "agreement",
    "amend_convention",
    "cancel_convention",
    "connections_refusals",
    "correct_certificate",
    "credited",
    "decline_quote",
    "deliver_texts",
    "draft_convention",
    "forget_outlived",
    "has_changed",
    "issue_certificate",
    "issue_convocation",
    "issue_partial_attestation",
    "issue_programme",
    "issue_sheet",
    "next_convention",
    "note_export",
    "note_opened",
    "order_batch",
    "order_first_batch",
    "price_registration",
    "publish_text",
    "quote_refusals",
    "record_invoice",
    "run_batch",
    "send_convention",
    "send_quote",
    "sending_refusals",
    "set_parts",
    "sign_connections",
    "sign_convention",
    "standing",
    "state_mentions",
    "trainees_of",
    "withdraw_partial_attestations",
]
