import pytest

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import JournalEntry
from parcours.classroom import actions
from parcours.classroom.documents.deroules import balance, shown
from parcours.classroom.models import Deroule
from tests.parcours.classroom.lessons import lesson
from tests.parcours.classroom.ready import organisme, published, trainer_of
from tests.worlds import made_once


@made_once
def half_day():
    session = published(organisme())
    lesson(session.half_days.first())
    return session.half_days.first()


@pytest.fixture
def trainer(half_day):
    return half_day.session.organisation.memberships.filter(role="trainer").first().person


@pytest.fixture
def copy(half_day, trainer):
    return actions.adapt(half_day, by=trainer)


def titles(copy):
    copy.refresh_from_db()
    return [one["title"] for one in copy.sequences]


@pytest.mark.django_db
def test_a_copy_holds_the_lines_of_the_page_as_plain_text(copy):
    assert titles(copy) == ["Ouvrir", "Pause", "Conclure"]
    first = copy.sequences[0]
    assert (first["minutes"], first["aim"], first["method"]) == (100, "Dire ce que l’on attend", "Tour de parole")
    assert first["trainer_does"] == "Accueille.\n– Pose deux règles\n– Présente le programme"
    assert copy.original == copy.sequences


@pytest.mark.django_db
def test_a_half_day_is_copied_once(half_day, copy, trainer):
    assert actions.adapt(half_day, by=trainer) == copy
    assert JournalEntry.objects.filter(verb="classroom.adapt_deroule").count() == 1


@pytest.mark.django_db
def test_nothing_is_copied_from_a_page_that_is_not_there(db):
    session = published(organisme())
    with pytest.raises(TransitionRefused, match="n’est plus publiée"):
        actions.adapt(session.half_days.first(), by=trainer_of(session.organisation))


@pytest.mark.django_db
def test_a_sequence_is_changed_and_the_original_stays(copy, trainer):
    key = copy.sequences[0]["id"]
    changed = actions.change_sequence(copy, key, title="Ouvrir debout", minutes=80, by=trainer)
    assert changed.sequences[0]["title"] == "Ouvrir debout"
    assert changed.sequences[0]["aim"] == "Dire ce que l’on attend"
    assert changed.original[0]["title"] == "Ouvrir"
    entry = JournalEntry.objects.get(verb="classroom.change_sequence")
    assert (entry.before["sequences"][0][1], entry.after["sequences"][0][1]) == (100, 80)


@pytest.mark.django_db
def test_sequences_are_added_moved_and_removed(copy, trainer):
    first, pause, last = (one["id"] for one in copy.sequences)
    actions.add_sequence(copy, after=first, title="S’échauffer", minutes=10, by=trainer)
    assert titles(copy) == ["Ouvrir", "S’échauffer", "Pause", "Conclure"]
    actions.move_sequence(copy, last, up=True, by=trainer)
    actions.move_sequence(copy, first, up=True, by=trainer)
    actions.move_sequence(copy, pause, up=False, by=trainer)
    assert titles(copy) == ["Ouvrir", "S’échauffer", "Conclure", "Pause"]
    actions.remove_sequence(copy, first, by=trainer)
    actions.add_sequence(copy, kind="pause", title="Marge", minutes=5, by=trainer)
    assert titles(copy) == ["S’échauffer", "Conclure", "Pause", "Marge"]


@pytest.mark.django_db
def test_one_comes_back_to_the_original_and_keeps_the_notes(copy, trainer):
    actions.change_notes(copy, notes="Groupe déjà formé à FranceConnect.", by=trainer)
    actions.remove_sequence(copy, copy.sequences[0]["id"], by=trainer)
    copy.refresh_from_db()
    assert copy.is_changed
    actions.restore(copy, by=trainer)
    assert titles(copy) == ["Ouvrir", "Pause", "Conclure"]
    assert copy.notes == "Groupe déjà formé à FranceConnect."


@pytest.mark.django_db
def test_a_sequence_removed_meanwhile_is_not_changed(copy, trainer):
    key = copy.sequences[0]["id"]
    actions.remove_sequence(copy, key, by=trainer)
    with pytest.raises(TransitionRefused, match="retirée entre-temps"):
        actions.change_sequence(copy, key, title="?", by=trainer)


@pytest.mark.django_db
def test_the_last_sequence_stays_and_there_are_not_too_many(copy, trainer):
    for one in copy.sequences[1:]:
        actions.remove_sequence(copy, one["id"], by=trainer)
    with pytest.raises(TransitionRefused, match="une seule séquence"):
        actions.remove_sequence(copy, copy.sequences[0]["id"], by=trainer)
    Deroule.objects.update(sequences=[{**copy.sequences[0], "id": str(rank)} for rank in range(60)])
    with pytest.raises(TransitionRefused, match="60 séquences au plus"):
        actions.add_sequence(copy, title="?", minutes=1, by=trainer)


@pytest.mark.django_db
def test_what_was_run_no_longer_changes(copy, trainer):
    session = copy.half_day.session
    actions.cancel(session, reason="Neige", by=session.created_by)
    with pytest.raises(TransitionRefused, match="ne change plus"):
        actions.change_notes(copy, notes="?", by=trainer)


@pytest.mark.django_db
def test_each_line_has_its_hours_and_the_sum_is_compared_with_the_half_day(half_day, copy, trainer):
    assert [(one.starts.replace("\u00a0", " "), one.is_pause) for one in shown(half_day)["rows"]] == [
        ("9 h", False),
        ("10 h 40", True),
        ("10 h 55", False),
    ]
    assert balance(copy.sequences, half_day) == ""
    longer = actions.change_sequence(copy, copy.sequences[0]["id"], minutes=120, by=trainer)
    assert "dépasse la demi-journée de 20" in balance(longer.sequences, half_day)
    shorter = actions.change_sequence(copy, copy.sequences[0]["id"], minutes=90, by=trainer)
    assert balance(shorter.sequences, half_day).replace("\u00a0", " ") == "Il reste 10 min à répartir sur 3 h 30."
