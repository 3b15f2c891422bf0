import pytest

from lms.kernel.privacy import export_person
from parcours.classroom import actions
from tests.parcours.classroom.lessons import lesson
from tests.parcours.classroom.ready import organisme, published, trainer_of


@pytest.mark.django_db
def test_a_trainer_takes_away_the_half_days_they_run_and_what_they_adapted():
    home = organisme()
    trainer = trainer_of(home)
    session = published(home, trainers=[trainer])
    half_day = session.half_days.first()
    lesson(half_day)
    copy = actions.adapt(half_day, by=trainer)
    actions.change_notes(copy, notes="Commencer par le bac à sable.", by=trainer)
    exported = export_person(trainer)
    assert [one["session"] for one in exported["demi-journées"]["données"]] == [session.title] * 2
    assert exported["déroulés des sessions"]["données"][0]["notes"] == "Commencer par le bac à sable."
