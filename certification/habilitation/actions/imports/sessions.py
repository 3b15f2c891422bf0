"""The sessions of a confirmed file: known from now on, with its day; followed nowhere here."""

from certification.habilitation.documents.imports.sessions import SessionPlanner
from certification.habilitation.lifecycle import Outcome
from certification.habilitation.models import ImportedLine, KnownSession
from lms.kernel.journal import record_many

TOLD = ("name", "match_key", "starts_on", "ends_on", "hours", "trainer", "is_cancelled", "file", "seen_on")


def record_sessions(found, lines):
    plans, _ = SessionPlanner(found).plans([(line.number, line.values, None) for line in lines])
    new = [_told(plan, found) for plan in plans if plan.outcome == Outcome.NEW]
    changed = [_told(plan, found) for plan in plans if plan.outcome == Outcome.CHANGED]
    KnownSession.objects.bulk_create(new)
    KnownSession.objects.bulk_update(changed, TOLD)
    record_many(
        "habilitation.import_session", new + changed, by=found.confirmed_by, after=lambda one: {"file": found.pk}
    )
    for line, plan in zip(lines, plans, strict=True):
        line.outcome, line.sentences, line.is_done = plan.outcome, plan.sentences, True
    ImportedLine.objects.bulk_update(lines, ["outcome", "sentences", "is_done"])


def _told(plan, found) -> KnownSession:
    for name, value in (plan.fields | {"file": found, "seen_on": found.dated_on}).items():
        setattr(plan.session, name, value)
    return plan.session
