"""« Diffuser aux parcours en cours »: show whose completion would change, then move the enrolments by batches.

An enrolment is moved with its progress, folded again from the same traces. What the new edition no longer has stays in
the traces. Nobody is moved in the middle of an attempt that the new edition would not find again: they wait for its
end.
"""

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone

from lms.kernel.jobs import post
from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.catalogue.engine.changes import asked_otherwise, is_minor_change, major_changes
from parcours.catalogue.models import Edition
from parcours.learning.actions.record import complete
from parcours.learning.engine.fold import ActivityProgress as Folded
from parcours.learning.engine.fold import Fact, Rule, fold
from parcours.learning.engine.moving import Outcome, in_hand, outcome
from parcours.learning.lifecycle import SPREADING
from parcours.learning.models import ActivityProgress, EditionMove, Enrolment, Progress, Spread, SpreadLine, Trace
from parcours.learning.models.facts import fact_of, folded_of, path_values, row_values, rules_of, steps_from, steps_of

INLINE = 500
"""Up to so many enrolments, the preview is counted while the trainer waits."""
BATCH = 50
NOBODY = "Personne ne suit une édition plus ancienne de ce parcours : il n’y a rien à diffuser."
BUSY = "Cette édition est déjà en cours de diffusion : attendez la fin, visible sur cette page."


@dataclass(frozen=True)
class Crossing:
    """From one edition to another: what of somebody's progress stays as it is, and what is folded again."""

    old: Edition
    new: Edition
    refolded: dict[str, Rule]
    gone: frozenset[str]
    upset: frozenset[str]
    minor: bool


@dataclass
class Passenger:
    """An enrolment on its way: what its rows would say on the other side."""

    enrolment: Enrolment
    rows: dict[str, ActivityProgress]
    folded: dict[str, Folded]
    outcome: Outcome
    waits: bool


@dataclass
class Crossings:
    """Those of one spread, prepared once each."""

    edition: Edition
    known: dict[int, Crossing] = field(default_factory=dict)

    def of(self, enrolment) -> Crossing:
        if enrolment.edition_id not in self.known:
            old = Edition.objects.defer("content").get(pk=enrolment.edition_id)
            self.known[enrolment.edition_id] = crossing(old, self.edition)
        return self.known[enrolment.edition_id]


def crossing(old: Edition, new: Edition) -> Crossing:
    was, is_now = rules_of(old), rules_of(new)
    before, after = old.facts(), new.facts()
    return Crossing(
        old,
        new,
        refolded={pk: rule for pk, rule in is_now.items() if was.get(pk) != rule},
        gone=frozenset(was.keys() - is_now.keys()),
        upset=frozenset(asked_otherwise(before, after)),
        minor=is_minor_change(before, after),
    )


# --- What a trainer asks ----------------------------------------------------------------------------------------------


def older_editions(edition: Edition) -> list[tuple[Edition, int, list[str]]]:
    """The editions people still follow, how many do, and what sets each apart: nothing for a minor correction."""
    counts = dict(followers(edition).order_by().values_list("edition").annotate(Count("pk")))
    after = edition.facts()
    found = Edition.objects.filter(pk__in=counts).defer("content").order_by("-number")
    return [(old, counts[old.pk], major_changes(old.facts(), after)) for old in found]


def followers(edition: Edition):
    """The running enrolments of its parcours that follow another edition; whoever is done keeps theirs."""
    return Enrolment.objects.active().filter(parcours=edition.parcours_id).exclude(edition=edition)


def preview_spread(edition: Edition, *, by) -> Spread:
    """Count whose completion the edition would change: at once, or in a job when they are many."""
    total = followers(edition).count()
    if not total:
        raise TransitionRefused([NOBODY])
    with transaction.atomic():
        spread = _opened(edition, by)
        spread.lines.all().delete()
        _begin(spread, total)
        if total > INLINE:
            post("learning.count_spread", spread.pk, awaited=True)
    if total <= INLINE:
        crossings = Crossings(edition)
        while count_some(spread, crossings):
            pass
    spread.refresh_from_db()
    return spread


def confirm_spread(spread: Spread, *, by) -> Spread:
    """Have the enrolments moved. Raises TransitionRefused."""
    with transaction.atomic():
        with SPREADING.moving(spread, "confirm_spread", by=by, after={"edition": spread.edition_id}) as locked:
            locked.confirmed_by, locked.confirmed_at = by, timezone.now()
        _begin(locked, followers(locked.edition).count())
        post("learning.run_spread", locked.pk)
    return locked


def spread_minor(edition: Edition, *, by) -> Spread:
    """Hand a minor correction over at once. Raises TransitionRefused with what changed, when it is none."""
    older = older_editions(edition)
    if not older:
        raise TransitionRefused([NOBODY])
    if all(differences for _, _, differences in older):
        raise TransitionRefused(
            ["Ce n’est pas une correction mineure : voyez d’abord ce qui changerait pour chacun.", *older[0][2]]
        )
    try:
        with transaction.atomic():
            Spread.objects.filter(edition=edition, state=Spread.State.READY).delete()
            now, state = timezone.now(), Spread.State.RUNNING
            spread = Spread(edition=edition, is_minor=True, state=state, asked_by=by, confirmed_by=by, confirmed_at=now)
            spread.total = sum(count for _, count, differences in older if not differences)
            spread.save()
            record("learning.confirm_spread", spread, by=by, after={"edition": edition.pk, "minor": True})
            post("learning.run_spread", spread.pk)
    except IntegrityError:
        raise TransitionRefused([BUSY]) from None
    return spread


def _opened(edition, by) -> Spread:
    """The spread of an edition that is not done yet, to count; another trainer may have begun it."""
    spread = Spread.objects.select_for_update(no_key=True).filter(edition=edition).unfinished().first()
    if spread is None:
        return Spread.objects.create(edition=edition, asked_by=by)
    if spread.state != Spread.State.READY:
        raise TransitionRefused([BUSY])
    with SPREADING.moving(spread, "count_spread", by=by) as locked:
        return locked


def _begin(spread, total) -> None:
    Spread.objects.filter(pk=spread.pk).update(total=total, cursor=0, seen=0, moved=0, completed=0)


# --- By batches -------------------------------------------------------------------------------------------------------


@transaction.atomic
def count_some(spread: Spread, crossings: Crossings) -> bool:
    """Count the next batch; whether there may be another. Nobody is moved."""
    spread = Spread.objects.select_for_update(no_key=True).get(pk=spread.pk)
    if spread.state != Spread.State.COUNTING:
        return False
    batch = _next(spread)
    lines = [_line(spread, one) for one in _passengers(batch, crossings) if one.outcome.changes or one.waits]
    SpreadLine.objects.bulk_create(lines, ignore_conflicts=True)
    _advance(spread, batch)
    if not batch:
        with SPREADING.moving(spread, "spread_counted", by=spread.asked_by) as locked:
            locked.counted_at = timezone.now()
    return bool(batch)


@transaction.atomic
def move_some(spread: Spread, crossings: Crossings) -> bool:
    """Move the next batch; whether there may be another. May be run twice, or taken up by another process."""
    spread = Spread.objects.select_for_update(no_key=True).get(pk=spread.pk)
    if spread.state != Spread.State.RUNNING:
        return False
    batch = _next(spread)
    moved, completed = _move(spread, [one.pk for one in batch], crossings)
    spread.moved, spread.completed = spread.moved + moved, spread.completed + completed
    _advance(spread, batch)
    if not batch:
        with SPREADING.moving(spread, "spread_finished", by=spread.confirmed_by) as locked:
            locked.finished_at = timezone.now()
    return bool(batch)


@transaction.atomic
def move_waiting(spread: Spread) -> int:
    """Move those whose attempt is over since; how many were."""
    spread = Spread.objects.select_for_update(no_key=True).get(pk=spread.pk)
    waiting = spread.lines.filter(waits=True).values_list("enrolment", flat=True)[:BATCH]
    moved, completed = _move(spread, list(waiting), Crossings(spread.edition))
    spread.moved, spread.completed = spread.moved + moved, spread.completed + completed
    spread.save(update_fields=["moved", "completed"])
    return moved


def _next(spread) -> list[Enrolment]:
    found = followers(spread.edition).filter(pk__gt=spread.cursor).order_by("pk")
    return list(found.select_related("progress")[:BATCH])


def _advance(spread, batch) -> None:
    if batch:
        spread.cursor, spread.seen = batch[-1].pk, spread.seen + len(batch)
        spread.save(update_fields=["cursor", "seen", "moved", "completed"])


def _move(spread, pks, crossings) -> tuple[int, int]:
    """Locked as an answer locks: progress first, then the enrolment. How many were moved, and how many are now done."""
    list(Progress.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    found = followers(spread.edition).filter(pk__in=pks).order_by("pk")
    locked = list(found.select_related("progress").select_for_update(of=("self",), no_key=True))
    aboard = _passengers(locked, crossings)
    if spread.is_minor:
        aboard = [one for one in aboard if crossings.of(one.enrolment).minor]
    waiting = [_line(spread, one) for one in aboard if one.waits]
    spread.lines.filter(enrolment__in=pks, waits=True).update(waits=False)
    update = ["percent_before", "percent_after", "gained", "lost", "completes", "waits"]
    SpreadLine.objects.bulk_create(
        waiting, update_conflicts=True, unique_fields=["spread", "enrolment"], update_fields=update
    )
    moving = [one for one in aboard if not one.waits]
    _write(spread, moving, crossings)
    done = [one.enrolment for one in moving if one.outcome.after.complete]
    for enrolment in done:
        complete(enrolment)
    return len(moving), len(done)


def _write(spread, moving, crossings) -> None:
    changed, added = [], []
    for one in moving:
        passage = crossings.of(one.enrolment)
        for pk in one.folded.keys() & passage.refolded.keys():
            row = one.rows.get(pk) or ActivityProgress(enrolment=one.enrolment, activity_id=pk)
            for name, value in row_values(one.folded[pk]).items():
                setattr(row, name, value)
            (changed if row.pk else added).append(row)
        gone = [row.pk for pk, row in one.rows.items() if pk in passage.gone]
        ActivityProgress.objects.filter(pk__in=gone).delete() if gone else None
        for name, value in path_values(one.outcome.after).items():
            setattr(one.enrolment.progress, name, value)
    ActivityProgress.objects.bulk_create(added)
    ActivityProgress.objects.bulk_update(changed, ROW_FIELDS)
    Progress.objects.bulk_update([one.enrolment.progress for one in moving], PATH_FIELDS)
    _note(spread, moving)


def _note(spread, moving) -> None:
    EditionMove.objects.bulk_create(
        EditionMove(
            enrolment=one.enrolment,
            from_edition_id=one.enrolment.edition_id,
            to_edition=spread.edition,
            by=spread.confirmed_by,
        )
        for one in moving
    )
    for one in moving:
        before, after = {"edition": one.enrolment.edition_id}, {"edition": spread.edition_id}
        record("learning.move_to_edition", one.enrolment, by=spread.confirmed_by, before=before, after=after)
    Enrolment.objects.filter(pk__in=[one.enrolment.pk for one in moving]).update(edition=spread.edition)


ROW_FIELDS = ["state", "opened_at", "last_at", "done_at", "attempts", "score", "minutes"]
PATH_FIELDS = ["done", "total", "percent", "minutes_done", "minutes_total", "next_activity_id", "last_at"]
PATH_FIELDS += ["live_done", "live_total"]


def _passengers(enrolments, crossings) -> list[Passenger]:
    """Everything read for a whole batch at once; only the étapes that are not the same go back to their traces."""
    rows: dict[int, dict[str, ActivityProgress]] = {one.pk: {} for one in enrolments}
    for row in ActivityProgress.objects.filter(enrolment__in=enrolments):
        rows[row.enrolment_id][row.activity_id] = row
    refolded = {pk for one in enrolments for pk in crossings.of(one).refolded}
    facts = _facts(enrolments, refolded)
    return [_passenger(one, crossings.of(one), rows[one.pk], facts.get(one.pk, {})) for one in enrolments]


def _facts(enrolments, activity_ids) -> dict[int, dict[str, list[Fact]]]:
    facts: dict[int, dict[str, list[Fact]]] = {}
    read = ("enrolment_id", "activity_id", "kind", "at", "question_id", "attempt", "correct", "minutes", "said_at")
    found = Trace.objects.filter(enrolment__in=enrolments, activity_id__in=activity_ids) if activity_ids else ()
    for trace in found.only(*read) if activity_ids else ():
        facts.setdefault(trace.enrolment_id, {}).setdefault(trace.activity_id, []).append(fact_of(trace))
    return facts


def _passenger(enrolment, passage, rows, facts) -> Passenger:
    old = steps_of(passage.old, rows)
    folded = {pk: fold(rule, facts[pk]) for pk, rule in passage.refolded.items() if pk in facts}
    kept = {pk: folded_of(row) for pk, row in rows.items() if pk not in passage.refolded and pk not in passage.gone}
    new = steps_from(passage.new, kept | folded)
    waits = any(in_hand(folded_of(rows[pk])) for pk in passage.upset & rows.keys())
    return Passenger(enrolment, rows, folded, outcome(old, new), waits)


def _line(spread, passenger) -> SpreadLine:
    seen = passenger.outcome
    return SpreadLine(
        spread=spread,
        enrolment=passenger.enrolment,
        percent_before=seen.before.percent,
        percent_after=seen.after.percent,
        gained=len(seen.gained),
        lost=len(seen.lost),
        completes=seen.after.complete,
        waits=passenger.waits,
    )
