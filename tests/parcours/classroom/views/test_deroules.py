import re

import pytest
from django.urls import reverse

from parcours.classroom.models import Deroule
from tests.parcours.classroom.lessons import lesson
from tests.parcours.classroom.ready import organisme, published, trainer_of
from tests.permissions.matrix import signed_in


def plain(response):
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def session(db):
    session = published(organisme())
    lesson(session.half_days.first())
    return session


@pytest.fixture
def trainer(session):
    return signed_in(trainer_of(session.organisation, first_name="Claire", last_name="Fontaine"))


def page(name, session, *args):
    return reverse(f"classroom:{name}", args=[session.public_id, 1, *args])


@pytest.mark.django_db
def test_the_deroule_of_the_parcours_is_read_with_the_hours_of_the_session(trainer, session):
    shown = plain(trainer.get(page("deroule", session)))
    assert "C’est le déroulé du parcours." in shown
    assert "Distinguer deux situations" in shown
    assert re.search(r"10 h 40.*Pause", shown, re.DOTALL)


@pytest.mark.django_db
def test_a_half_day_without_page_says_where_it_is_written(trainer, session):
    shown = plain(trainer.get(reverse("classroom:deroule", args=[session.public_id, 2])))
    assert "Aucun déroulé n’est publié pour cette demi-journée." in shown


@pytest.mark.django_db
def test_it_is_adapted_here_and_the_original_stays_visible(trainer, session):
    trainer.post(page("adapt_deroule", session))
    copy = Deroule.objects.get()
    values = {"title": "Ouvrir debout", "minutes": "90", "aim": "Se placer", "trainer_does": "Ouvre la salle"}
    trainer.post(page("sequence", session, copy.sequences[0]["id"]), values)
    shown = plain(trainer.get(page("deroule", session)))
    assert "Adapté à cette session par Claire Fontaine." in shown
    assert "Ouvrir debout" in shown
    assert "Le déroulé d’origine" in shown
    assert "Dire ce que l’on attend" in shown
    assert "Il reste 10 min à répartir" in shown


@pytest.mark.django_db
def test_every_change_is_a_button_that_needs_no_script(trainer, session):
    trainer.post(page("adapt_deroule", session))
    first, pause, last = (one["id"] for one in Deroule.objects.get().sequences)
    trainer.post(page("move_sequence", session, last), {"sens": "haut"})
    trainer.post(page("remove_sequence", session, first))
    values = {"title": "Marge", "minutes": "100"}
    trainer.post(page("add_sequence", session) + f"?apres={pause}&pause=1", values)
    assert [one["title"] for one in Deroule.objects.get().sequences] == ["Conclure", "Pause", "Marge"]
    trainer.post(page("restore_deroule", session))
    assert [one["title"] for one in Deroule.objects.get().sequences] == ["Ouvrir", "Pause", "Conclure"]


@pytest.mark.django_db
def test_what_is_to_correct_is_said(trainer, session):
    trainer.post(page("adapt_deroule", session))
    key = Deroule.objects.get().sequences[0]["id"]
    refused = trainer.post(page("sequence", session, key), {"title": "", "minutes": "0"})
    assert refused.status_code == 422
    assert "Donnez un titre à la séquence." in plain(refused)
    assert "Une séquence dure une minute au moins." in plain(refused)


@pytest.mark.django_db
def test_a_sequence_removed_by_a_colleague_leads_back_to_the_deroule(trainer, session):
    trainer.post(page("adapt_deroule", session))
    assert trainer.get(page("sequence", session, "parti")).headers["Location"] == page("edit_deroule", session)


@pytest.mark.django_db
def test_the_file_is_alone_and_holds_everything(trainer, session):
    response = trainer.get(page("keep_deroule", session))
    html = plain(response)
    assert "attachment" in response.headers["Content-Disposition"]
    assert "<style>" in html
    assert not re.search(r"(?:src|href)=", html)
    for text in ("Ouvrir", "Pause", "Conclure", "Pose deux règles", "de 9 h à 12 h 30"):
        assert text in html


@pytest.mark.django_db
def test_the_notes_are_printed_with_it(trainer, session):
    trainer.post(page("adapt_deroule", session))
    trainer.post(page("edit_deroule", session), {"notes": "Groupe <b>mixte</b>"})
    assert "Groupe &lt;b&gt;mixte&lt;/b&gt;" in plain(trainer.get(page("keep_deroule", session)))


@pytest.mark.django_db
def test_the_list_says_which_half_days_are_adapted(trainer, session):
    trainer.post(page("adapt_deroule", session))
    shown = plain(trainer.get(reverse("classroom:deroules", args=[session.public_id])))
    assert shown.count("Adapté par Claire Fontaine") == 1
    assert shown.count("Celui du parcours") == 1
