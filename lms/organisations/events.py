"""Facts announced inside the transaction that causes them."""

from django.dispatch import Signal

membership_changed = Signal()
"""A membership was opened, dated, ended or opened again: `membership`, `by`."""

campagne_dated = Signal()
"""A campagne was given its dates, or others: `campagne`."""

members_added = Signal()
"""Several people became members at once: `memberships`, `by`."""
