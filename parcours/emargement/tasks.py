from django.utils import timezone

from lms.accounts.models import Person
from lms.kernel.jobs import clock, renew, task
from parcours.adaptations.actions import note_uses
from parcours.adaptations.models import Occasion
from parcours.emargement import actions
from parcours.emargement.models import Attendance

PAUSE_EVERY = 50


@clock("emargement.prepare", every="hour")
def prepare(hour):
    """The sheets of what comes soon; the codes of what is over are forgotten."""
    now = timezone.now()
    actions.prepare_coming(now)
    actions.forget_codes(now)


@task("emargement.count_presences")
def count_presences(sheet_pk):
    """Each person of a sheet in a short transaction of their own: begun again, it says again what stands."""
    lines = Attendance.objects.filter(sheet=sheet_pk).for_counting().order_by("pk")
    there = lines.counted().select_related("registration__person")
    note_uses([one.registration.person for one in there], occasion=Occasion.SESSIONS)
    for rank, line in enumerate(lines):
        if rank % PAUSE_EVERY == 0:
            renew()
        actions.count_presence(line, by=line.sheet.locked_by)


@task("emargement.count_presence", atomic=True)
def count_presence(attendance_pk, by_pk):
    line = Attendance.objects.for_counting().get(pk=attendance_pk)
    actions.count_presence(line, by=Person.objects.filter(pk=by_pk).first())
