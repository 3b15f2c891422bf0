from django.db import transaction

from parcours.learning.actions.record import keep_path
from parcours.learning.engine.fold import fold
from parcours.learning.engine.path import walk
from parcours.learning.models import ActivityProgress, Enrolment, Progress
from parcours.learning.models.facts import fact_of, row_values, rule_of, steps_of


@transaction.atomic
def rebuild(enrolment: Enrolment) -> list[str]:
    """Fold the traces of one enrolment again; returns what differed, in codes, after having put it right."""
    progress = Progress.objects.select_for_update().get(pk=enrolment.pk)
    before = _picture(enrolment, progress)
    facts = {}
    for trace in enrolment.traces.all():
        facts.setdefault(trace.activity_id, []).append(fact_of(trace))
    for activity in enrolment.edition.activities.all():
        folded = fold(rule_of(activity), facts.get(activity.activity_id, []))
        if activity.activity_id in facts:
            ActivityProgress.objects.update_or_create(
                enrolment=enrolment, activity_id=activity.activity_id, defaults=row_values(folded)
            )
        else:
            ActivityProgress.objects.filter(enrolment=enrolment, activity_id=activity.activity_id).delete()
    rows = {row.activity_id: row for row in enrolment.activities.all()}
    keep_path(progress, walk(steps_of(enrolment.edition.outline, rows)))
    after = _picture(enrolment, progress)
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _picture(enrolment, progress):
    fields = ("state", "opened_at", "last_at", "done_at", "attempts", "score")
    rows = {
        f"{row.activity_id}.{name}": getattr(row, name)
        for row in ActivityProgress.objects.filter(enrolment=enrolment)
        for name in fields
    }
    names = ("done", "total", "minutes_done", "minutes_total", "percent", "next_activity_id", "last_at")
    return rows | {f"progress.{name}": getattr(progress, name) for name in names}
