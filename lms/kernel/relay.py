"""The one loop beside the web: keeps the house, and sees that every due job is run."""

import logging
import time

from django.conf import settings
from django.db import close_old_connections

from lms.kernel import health, journal, papers
from lms.kernel.jobs import nudge_due, post_ticks, run_due

logger = logging.getLogger(__name__)

TURN_SECONDS = 1


class Relay:
    """With a queue (REDIS_URL), tells it what is due; without, runs it here, one job at a time."""

    def __init__(self):
        self.leaving = False
        self._kept_at = self._beaten_at = -float("inf")

    def leave(self, *signal):
        """Go once the job in hand is finished."""
        self.leaving = True

    def run(self):
        while not self.leaving:
            close_old_connections()
            try:
                busy = self.turn()
            except Exception as error:
                logger.error("relay turn failed: %s", type(error).__name__)
                busy = False
            if not (busy or self.leaving):
                self._rest()

    def _rest(self):
        """The first idle moment goes to the engine of papers, so that the first person does not wait for it."""
        if not settings.REDIS_URL:
            papers.warm()
        time.sleep(TURN_SECONDS)

    def turn(self) -> bool:
        """Whether there may be more to do at once."""
        if time.monotonic() - self._kept_at >= TURN_SECONDS:
            self._keep_house()
        if settings.REDIS_URL:
            nudge_due()
            return False
        return run_due(limit=1) > 0

    def _keep_house(self):
        if time.monotonic() - self._beaten_at >= health.HEARTBEAT_SECONDS:
            health.beat()
            self._beaten_at = time.monotonic()
        post_ticks()
        journal.seal_pending()
        self._kept_at = time.monotonic()
