"""Work done after the fact that causes it is committed: posted by name, run at least once, taking effect once."""

from .clock import clock, post_ticks
from .nudging import nudge_due
from .posting import post, retry
from .registry import task
from .running import LeaseLost, renew, run, run_due

__all__ = ["LeaseLost", "clock", "nudge_due", "post", "post_ticks", "renew", "retry", "run", "run_due", "task"]
