from .codes import AddressCode, SignUpCode, ask_code_at, ask_sign_up_code
from .data_requests import answer_data_request, ask_about_data, note_export
from .factors import RESET_SALT, ask_factor_reset, execute_factor_reset, note_factor, remove_factor, stop_factor_reset
from .people import (
    adopt_pix_address,
    change_password,
    change_profile,
    close_account,
    confirm_pix_address,
    correct_person,
    end_sign_ins,
    erase_account,
    make_administrator,
    note_email_change,
    open_account,
)

__all__ = [
    "RESET_SALT",
    "AddressCode",
    "SignUpCode",
    "adopt_pix_address",
    "answer_data_request",
    "ask_about_data",
    "ask_code_at",
    "ask_factor_reset",
    "ask_sign_up_code",
    "change_password",
    "change_profile",
    "close_account",
    "confirm_pix_address",
    "correct_person",
    "end_sign_ins",
    "erase_account",
    "execute_factor_reset",
    "make_administrator",
    "note_email_change",
    "note_export",
    "note_factor",
    "open_account",
    "remove_factor",
    "stop_factor_reset",
]
