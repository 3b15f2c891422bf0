import datetime

from django.utils import timezone

from lms.accounts import actions
from lms.accounts.models import DataRequest, FactorReset
from lms.kernel.jobs import clock

KEPT = datetime.timedelta(days=3 * 365)


@clock("accounts.purge", every="day", at="03:20")
def purge(day):
    """What `privacy.py` promises to forget."""
    limit = timezone.now() - KEPT
    actions.forget_texts(FactorReset.objects.filter(closed_at__lt=limit), "reason")
    actions.forget_texts(DataRequest.objects.filter(answered_at__lt=limit), "message", "answer")
    actions.forget_ended_sign_ins()
