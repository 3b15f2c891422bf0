"""The next edition of a parcours, and handing it over to those who follow the one before."""

import copy
import uuid

from lms.kernel.jobs import run_due
from parcours.learning import actions
from parcours.learning.models import Enrolment
from tests.catalogue.factories import EditionActivityFactory, EditionFactory


def next_edition(edition, *, drop=(), add=0, change=None):
    """The same étapes under the same ids; `change(rank, values)` alters those of an étape in place."""
    newer = EditionFactory(parcours=edition.parcours, activities=[])
    kept = [one for rank, one in enumerate(edition.activities.order_by("position")) if rank not in drop]
    read = ("activity_id", "slug", "module_id", "module_title", "title", "minutes", "rule", "nodes")
    for rank, one in enumerate(kept):
        values = {name: copy.deepcopy(getattr(one, name)) for name in read}
        if change:
            change(rank, values)
        EditionActivityFactory(edition=newer, position=rank + 1, **values)
    for rank in range(add):
        EditionActivityFactory(edition=newer, position=len(kept) + rank + 1, slug=f"neuve-{rank}", title="Neuve")
    return newer


def questions_of(values):
    return [one for node in values["nodes"] if node["type"] == "questions" for one in node["questions"]]


def other_question(rank, values):
    """The second étape loses its first question and asks another one."""
    if rank == 1:
        questions_of(values)[0]["id"] = str(uuid.uuid4())


def reworded(rank, values):
    values["title"] += " encore"
    for question in questions_of(values):
        question["statement"] = "<p>Mieux dite</p>"


def spread(edition, by):
    found = actions.preview_spread(edition, by=by)
    actions.confirm_spread(found, by=by)
    run_due()
    found.refresh_from_db()
    return found


def fresh(enrolment):
    return Enrolment.objects.for_audit().get(pk=enrolment.pk)
