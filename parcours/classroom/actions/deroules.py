"""The déroulé of a half-day, copied from the page that describes it and adapted to this group."""

from django.db import transaction

from lms.kernel.journal import record
from lms.kernel.lifecycle import TransitionRefused
from parcours.classroom.documents.deroules import page_of, sequences_of
from parcours.classroom.lifecycle import SessionState
from parcours.classroom.models import Deroule, HalfDay
from parcours.classroom.models.deroule import new_key

NO_PAGE = "La page de cette demi-journée n’est plus publiée : son déroulé ne peut pas être copié."
GONE = "Cette séquence a été retirée entre-temps : relisez le déroulé."
LAST = "Il reste une seule séquence : modifiez-la plutôt que de la retirer."
OVER = "Cette session est terminée ou annulée : son déroulé ne change plus."
MOST = 60
TOO_MANY = f"Un déroulé a {MOST} séquences au plus."
FIELDS = (
    *("title", "minutes", "aim", "method", "support", "exercise"),
    *("trainer_does", "group_does", "evaluation", "material"),
)


@transaction.atomic
def adapt(half_day, *, by) -> Deroule:
    """Copy the déroulé for this half-day; the copy already made is the answer the second time."""
    half_day = (
        HalfDay.objects.select_for_update(of=("self",), no_key=True).select_related("session").get(pk=half_day.pk)
    )
    _refuse_when_over(half_day)
    if found := Deroule.objects.filter(half_day=half_day).first():
        return found
    page = page_of(half_day)
    if page is None:
        raise TransitionRefused([NO_PAGE])
    rows = sequences_of(page)
    deroule = Deroule.objects.create(half_day=half_day, title=page.title, sequences=rows, original=rows, adapted_by=by)
    record("classroom.adapt_deroule", deroule, by=by, after={"half_day": half_day.pk, "page": page.pk})
    return deroule


def change_sequence(deroule, key, *, by, **values) -> Deroule:
    return _changed(deroule, by, "change_sequence", key, lambda rows, rank: rows[rank].update(_known(values)))


def add_sequence(deroule, *, by, after="", kind="sequence", **values) -> Deroule:
    """After the one named, or at the end."""

    def add(rows, rank):
        if len(rows) >= MOST:
            raise TransitionRefused([TOO_MANY])
        row = {"id": new_key(), "kind": kind, **dict.fromkeys(FIELDS, ""), **_known(values)}
        rows.insert(len(rows) if rank is None else rank + 1, row)

    return _changed(deroule, by, "add_sequence", after, add)


def move_sequence(deroule, key, *, up, by) -> Deroule:
    """One rank earlier or later; already first or last, it stays."""

    def move(rows, rank):
        rows.insert(max(0, rank - 1) if up else rank + 1, rows.pop(rank))

    return _changed(deroule, by, "move_sequence", key, move)


def remove_sequence(deroule, key, *, by) -> Deroule:
    def remove(rows, rank):
        if len(rows) == 1:
            raise TransitionRefused([LAST])
        del rows[rank]

    return _changed(deroule, by, "remove_sequence", key, remove)


def restore(deroule, *, by) -> Deroule:
    """Come back to what was copied; the notes stay."""

    def put_back(rows, rank):
        rows[:] = deroule.original

    return _changed(deroule, by, "restore_deroule", "", put_back)


@transaction.atomic
def change_notes(deroule, *, notes, by) -> Deroule:
    deroule = _held(deroule)
    deroule.notes, deroule.adapted_by = notes.strip(), by
    deroule.save()
    record("classroom.change_deroule_notes", deroule, by=by)
    return deroule


@transaction.atomic
def _changed(deroule, by, verb, key, change) -> Deroule:
    """Lock, change the rows, save; the journal keeps the order and the minutes before and after."""
    deroule = _held(deroule)
    rank = deroule.rank(key) if key else None
    if key and rank is None:
        raise TransitionRefused([GONE])
    before = _outline(deroule)
    rows = [dict(row) for row in deroule.sequences]
    change(rows, rank)
    deroule.sequences, deroule.adapted_by = rows, by
    deroule.save()
    record(f"classroom.{verb}", deroule, by=by, before=before, after=_outline(deroule) | {"sequence": key})
    return deroule


def _held(deroule) -> Deroule:
    deroule = Deroule.objects.select_for_update(of=("self",), no_key=True).get(pk=deroule.pk)
    _refuse_when_over(deroule.half_day)
    return deroule


def _refuse_when_over(half_day):
    if half_day.session.state not in (SessionState.DRAFT, SessionState.PUBLISHED):
        raise TransitionRefused([OVER])


def _outline(deroule):
    return {"sequences": [[row["id"], row["minutes"]] for row in deroule.sequences]}


def _known(values):
    return {name: value for name, value in values.items() if name in FIELDS}
