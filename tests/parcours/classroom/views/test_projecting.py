import pytest
from django.urls import reverse

from parcours.learning.models import Trace
from tests.parcours.classroom.ready import organisme, published, trainer_of
from tests.permissions.matrix import signed_in


def plain(response):
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def session(db):
    return published(organisme())


@pytest.fixture
def trainer(session):
    return signed_in(trainer_of(session.organisation))


def etape(session, rank):
    return session.edition.activity(session.edition.outline[rank].slug)


def etape_url(session, rank):
    return reverse("classroom:room_etape", args=[session.public_id, etape(session, rank).slug])


def question_url(session, rank, question):
    found = etape(session, rank)
    return reverse("classroom:room_question", args=[session.public_id, found.slug, found.questions[question]["id"]])


@pytest.mark.django_db
def test_the_modules_of_the_edition_are_listed(trainer, session):
    shown = plain(trainer.get(reverse("classroom:room_modules", args=[session.public_id])))
    for one in session.edition.outline:
        assert one.title in shown


@pytest.mark.django_db
def test_an_etape_is_alone_on_its_screen_with_a_way_on_and_back(trainer, session):
    shown = plain(trainer.get(etape_url(session, 0)))
    assert "Il dit ce que vous pouvez faire." in shown
    assert f'rel="next" href="{etape_url(session, 1)}"' in shown
    assert 'rel="prev"' not in shown
    assert "Se déconnecter" not in shown
    assert "Mon espace" not in shown


@pytest.mark.django_db
def test_questions_come_after_their_etape_and_before_the_next(trainer, session):
    assert f'rel="next" href="{question_url(session, 1, 0)}"' in plain(trainer.get(etape_url(session, 1)))
    last = len(etape(session, 1).questions) - 1
    shown = plain(trainer.get(question_url(session, 1, last)))
    assert f'rel="prev" href="{question_url(session, 1, last - 1)}"' in shown
    assert f'rel="next" href="{etape_url(session, 2)}"' in shown


@pytest.mark.django_db
def test_the_answer_waits_to_be_asked_for_and_nothing_is_recorded(trainer, session):
    address = question_url(session, 1, 0)
    asked = plain(trainer.get(address))
    assert "Montrer la réponse" in asked
    assert "La réponse</h2>" not in asked
    assert "La réponse</h2>" in plain(trainer.get(address, {"reponse": "1"}))
    assert not Trace.objects.exists()


@pytest.mark.django_db
def test_what_the_edition_does_not_hold_has_no_screen(trainer, session):
    unknown = reverse("classroom:room_etape", args=[session.public_id, "inconnue"])
    assert trainer.get(unknown).status_code == 404
    elsewhere = reverse(
        "classroom:room_question",
        args=[session.public_id, etape(session, 0).slug, etape(session, 1).questions[0]["id"]],
    )
    assert trainer.get(elsewhere).status_code == 404
