"""The settings of the processes that the tests kill: short leases, few attempts, real mail and a real queue."""

import os

from tests import settings as product
from tests.settings import *  # noqa: F403

INSTALLED_APPS = [*product.INSTALLED_APPS, "tests.kernel.crashes"]
JOB_LEASE_SECONDS = 2
if "CRASHES_SMTP_PORT" in os.environ:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = "127.0.0.1", int(os.environ["CRASHES_SMTP_PORT"]), 5
