"""Where allauth asks what the house wants."""

from lms.accounts.adapters.account import AccountAdapter
from lms.accounts.adapters.mfa import MFAAdapter

__all__ = ["AccountAdapter", "MFAAdapter"]
