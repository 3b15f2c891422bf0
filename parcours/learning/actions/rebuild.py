from django.db import transaction

from parcours.learning.engine.fold import fold
from parcours.learning.engine.path import walk
from parcours.learning.models import ActivityProgress, Enrolment, Progress
from parcours.learning.models.facts import facts_by_activity, path_values, row_values, rules_of, steps_from


def differences(enrolment: Enrolment) -> list[str]:
    """Which rows differ from the fold of the traces, in codes; `for_audit()` has fetched all that is read."""
    rows = {row.activity_id: row for row in enrolment.activities.all()}
    activities, progress = _expected(enrolment)
    found = [f"progress.{name}" for name in _unlike(getattr(enrolment, "progress", None), progress)]
    for activity_id in sorted(rows.keys() | activities.keys()):
        values = activities.get(activity_id)
        found += [f"{activity_id}.{name}" for name in _unlike(rows.get(activity_id), values)]
    return found


@transaction.atomic
def rebuild(enrolment: Enrolment) -> list[str]:
    """Write the fold of the traces of one enrolment again; returns what differed, in codes."""
    Progress.objects.select_for_update().filter(pk=enrolment.pk).first()
    enrolment = Enrolment.objects.for_audit().get(pk=enrolment.pk)
    found = differences(enrolment)
    if found:
        activities, progress = _expected(enrolment)
        enrolment.activities.exclude(activity_id__in=activities).delete()
        for activity_id, values in activities.items():
            ActivityProgress.objects.update_or_create(enrolment=enrolment, activity_id=activity_id, defaults=values)
        Progress.objects.update_or_create(enrolment=enrolment, defaults=progress)
    return found


def _expected(enrolment) -> tuple[dict[str, dict], dict]:
    """What the rows should say: of each activity that left a trace, and of the whole course."""
    facts = facts_by_activity(enrolment.traces.all())
    rules = rules_of(enrolment.edition)
    folded = {pk: fold(rule, facts.get(pk, ())) for pk, rule in rules.items()}
    path = walk(steps_from(enrolment.edition, folded))
    return {pk: row_values(folded[pk]) for pk in folded if pk in facts}, path_values(path)


def _unlike(row, values) -> list[str]:
    if row is None or values is None:
        return [] if row is values else ["missing" if row is None else "extra"]
    return [name for name, value in values.items() if getattr(row, name) != value]
