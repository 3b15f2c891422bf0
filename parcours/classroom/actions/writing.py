from django.db import transaction

from lms.kernel.jobs import post
from lms.kernel.journal import record
from parcours.classroom.models import SessionMessage


@transaction.atomic
def write_to_all(session, *, subject, message, by) -> int:
    """One mail to each person who holds a seat, from the trainer to all; how many. Addresses are never shared."""
    kept = SessionMessage.objects.create(session=session, by=by, subject=subject, message=message)
    seated = list(session.registrations.seated().values_list("pk", flat=True))
    record("classroom.write_to_all", kept, by=by, after={"session": session.pk, "people": len(seated)})
    for pk in seated:
        post("classroom.send_message", kept.pk, pk, key=f"classroom.send_message:{kept.pk}:{pk}")
    return len(seated)
