import pytest

from lms.kernel.privacy import export_person
from tests.accounts.factories import PersonFactory
from tests.parcours.learning.factories import EnrolmentFactory, activity, reply, wrong

pytestmark = pytest.mark.django_db


def test_one_takes_away_all_one_answered_in_words():
    enrolment = EnrolmentFactory(started=True)
    lesson = activity(enrolment, 1)
    reply(enrolment, lesson, lesson.questions[0], wrong(lesson.questions[0]))
    exported = export_person(enrolment.person)
    (course,) = exported["inscriptions aux parcours"]["données"]
    assert (course["parcours"], course["étapes terminées"]) == (enrolment.edition.title, "1 sur 3")
    *_, answer = exported["traces"]["données"]
    assert answer["question"].startswith("Un homme vous tend son téléphone")
    assert (answer["réponses"], answer["juste"]) == (["Réponse 2"], False)


def test_nobody_takes_away_what_another_did():
    EnrolmentFactory(started=True)
    assert export_person(PersonFactory())["traces"]["données"] == []
