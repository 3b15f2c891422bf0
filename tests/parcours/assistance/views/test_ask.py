import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lms.kernel.sensitive import MASK
from parcours.assistance.engine.files import MOST_BYTES
from parcours.assistance.models import Attachment, Message, Thread
from tests.accounts.factories import PersonFactory
from tests.parcours.assistance.factories import GOOD, NIR, PDF, QUESTION, edition_of, number, picture, responsible
from tests.parcours.learning.factories import EnrolmentFactory
from tests.parcours.learning.views.sending import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment(client):
    enrolment = EnrolmentFactory(edition=edition_of())
    client.force_login(enrolment.person)
    return enrolment


def address(enrolment, rank=1):
    etape = "" if rank is None else f"&etape={enrolment.edition.outline[rank].slug}"
    return f"{reverse('assistance:ask')}?parcours={enrolment.parcours_id}{etape}"


def written(text=QUESTION, **values):
    return {"text": text, "client_id": number()} | values


def file(name="consigne.pdf", data=PDF):
    return SimpleUploadedFile(name, data)


def hidden(response, name):
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())[1]


@time_machine.travel("2026-11-20T16:30Z", tick=False)
def test_who_answers_and_by_when_is_said_before_and_after(client, enrolment):
    page = text_of(client.get(address(enrolment)))
    assert f"Étape « {enrolment.edition.outline[1].title} »" in page
    assert "Inès Le Goff (Formation Armor) vous répond sous deux jours ouvrés." in page
    assert "Réponse attendue au plus tard mardi 24 novembre 2026." in page
    assert "Ne nommez jamais une personne que vous aidez" in page
    sent = client.post(address(enrolment), written(), follow=True)
    assert "Votre question est envoyée. Réponse attendue au plus tard mardi 24 novembre 2026." in text_of(sent)


def test_the_etape_leads_to_the_form_and_the_form_back_to_the_etape(client, enrolment):
    etape = reverse("learning:activity", args=[enrolment.pk, enrolment.edition.outline[1].slug])
    assert address(enrolment).replace("&", "&amp;") in client.get(etape).content.decode()
    assert f'href="{etape}"' in client.get(address(enrolment)).content.decode()
    client.post(address(enrolment), written())
    assert "Votre question en cours" in text_of(client.get(etape))


def test_a_question_about_the_whole_parcours_is_asked_from_its_page(client, enrolment):
    course = client.get(enrolment.get_absolute_url()).content.decode()
    assert address(enrolment, None) in course
    client.post(address(enrolment, None), written())
    assert Thread.objects.get().activity_id == ""


def test_an_etape_that_is_no_longer_followed_leaves_a_question_about_the_parcours(client, enrolment):
    client.post(f"{address(enrolment, None)}&etape=disparue", written())
    assert Thread.objects.get().activity_id == ""


@pytest.mark.parametrize("asked", ["", "0", "abc", "²", "9" * 30, "-1"])
def test_a_parcours_that_makes_no_sense_is_not_found(client, enrolment, asked):
    assert client.get(f"{reverse('assistance:ask')}?parcours={asked}").status_code == 404


def test_one_asks_only_about_what_one_follows(client, enrolment):
    client.force_login(PersonFactory())
    assert client.get(address(enrolment)).status_code == 404
    assert client.post(address(enrolment), written()).status_code == 404
    client.force_login(enrolment.person)
    type(enrolment).objects.update(state="withdrawn")
    assert client.post(address(enrolment), written()).status_code == 404
    assert not Thread.objects.exists()


def test_where_nobody_answers_any_more_the_page_says_whom_to_ask(client, enrolment):
    type(enrolment.edition.parcours.organisation).objects.update(assistance_contact="")
    page = client.get(address(enrolment))
    assert "n’a pas encore nommé la personne" in text_of(page)
    assert "<textarea" not in page.content.decode()
    client.post(address(enrolment), written())
    assert not Thread.objects.exists()


def test_an_empty_question_is_refused_beside_its_field(client, enrolment):
    response = client.post(address(enrolment), written(" "))
    assert response.status_code == 422
    assert "Écrivez votre question avant de l’envoyer." in text_of(response)


def test_a_double_click_makes_one_question(client, enrolment):
    sent = written()
    first, second = (client.post(address(enrolment), sent)["Location"] for _ in range(2))
    assert first == second
    assert Thread.objects.count() == 1


def test_a_twenty_first_question_is_refused_and_what_was_written_stays(client, enrolment, monkeypatch):
    monkeypatch.setattr("parcours.assistance.actions.asking.MOST_A_DAY", 1)
    client.post(address(enrolment), written())
    response = client.post(address(enrolment), written("Encore une ?"))
    assert response.status_code == 422
    assert "vingt questions depuis hier" in text_of(response)
    assert "Encore une ?" in text_of(response)


# --- What a text must not hold ----------------------------------------------------------------------------------------


def test_a_social_security_number_is_refused_each_time_and_stored_nowhere(client, enrolment, caplog):
    sent = written(f"Son numéro est {NIR}, que faire ?")
    for _ in range(2):
        response = client.post(address(enrolment), sent | {"warned": "1"})
        assert response.status_code == 422
        page = text_of(response)
        assert "semblait contenir un numéro de sécurité sociale" in page
        assert f"Son numéro est {MASK}, que faire ?" in page
        assert "006 084" not in page
    assert not Thread.objects.exists()
    kept = str(dict(client.session)) + caplog.text
    assert "006 084" not in kept
    assert "006084" not in kept


@pytest.mark.parametrize(
    "data", ["06 12 34 56 78", "marie.dupont@courriel.example", "FR76 3000 6000 0112 3456 7890 189"]
)
def test_what_may_be_the_data_of_a_person_is_pointed_out_once(client, enrolment, data):
    sent = written(f"Elle m’a donné {data}.")
    refused = client.post(address(enrolment), sent)
    assert refused.status_code == 422
    assert "Votre message semble contenir" in text_of(refused)
    assert data in text_of(refused)
    assert client.post(address(enrolment), sent | {"warned": hidden(refused, "warned")}).status_code == 302
    assert data in Message.objects.get().text


# --- Files ------------------------------------------------------------------------------------------------------------


def test_files_of_every_accepted_sort_are_joined_three_at_most(client, enrolment):
    names = list(GOOD)
    for some in (names[:3], names[3:]):
        client.post(address(enrolment), written(files=[file(name, GOOD[name][0]) for name in some]))
    assert sorted(Attachment.objects.values_list("name", flat=True)) == sorted(names)
    assert {one.content_type for one in Attachment.objects.all()} == {content_type for _, content_type in GOOD.values()}


@pytest.mark.parametrize("count", [4, 9])
def test_a_fourth_file_is_refused_and_three_are_kept(client, enrolment, count):
    response = client.post(address(enrolment), written(files=[file(f"{rank}.pdf") for rank in range(count)]))
    assert response.status_code == 422
    assert "Joignez 3 fichiers au plus" in text_of(response)
    assert Attachment.objects.count() == 3


def test_a_file_beyond_the_bounds_loses_nothing_of_the_text(client, enrolment):
    big = file("gros.pdf", PDF + b"0" * MOST_BYTES)
    response = client.post(address(enrolment), written(files=[big, file()]))
    assert response.status_code == 422
    page = text_of(response)
    assert "« gros.pdf » dépasse 5 Mo" in page
    assert "Une dame n’a pas d’adresse" in page
    assert "Retirer « consigne.pdf » (PDF, 1 ko)" in page


def test_a_file_that_is_not_what_it_says_is_refused_by_name(client, enrolment):
    response = client.post(address(enrolment), written(files=[file("programme.pdf", b"MZ\x00\x01")]))
    assert response.status_code == 422
    assert "« programme.pdf » n’est pas un fichier accepté" in text_of(response)
    assert not Attachment.objects.exists()


def test_files_of_a_refused_text_are_kept_and_may_be_dropped(client, enrolment):
    sent = written(" ", files=[file("une.pdf"), file("deux.pdf")])
    page = client.post(address(enrolment), sent)
    assert "Retirer « une.pdf » (PDF, 1 ko)" in text_of(page)
    dropped = str(Attachment.objects.get(name="une.pdf").public_id)
    again = {"text": QUESTION, "client_id": sent["client_id"], "drop": [dropped], "files": [file("trois.pdf")]}
    assert client.post(address(enrolment), again).status_code == 302
    names = Thread.objects.get().messages.get().attachments.values_list("name", flat=True)
    assert sorted(names) == ["deux.pdf", "trois.pdf"]
    assert Attachment.objects.count() == 2
    client.post(address(enrolment), again | {"text": "Autre chose.", "drop": ["?", dropped], "files": [file()]})
    assert Attachment.objects.count() == 3


def test_no_picture_keeps_the_place_where_it_was_taken(client, enrolment):
    client.post(address(enrolment), written(files=[file("photo.jpg", picture(located=True))]))
    with Attachment.objects.get().file.open() as stored:
        assert b"Exif" not in stored.read()


# --- A session that ends meanwhile ------------------------------------------------------------------------------------


def test_a_text_survives_the_end_of_the_session(client, enrolment):
    page = client.get(address(enrolment))
    sent = written("Une longue question.", writer=hidden(page, "writer"))
    client.logout()
    away = client.post(address(enrolment), sent, headers={"referer": f"http://testserver{address(enrolment)}"})
    assert away.status_code == 302
    assert away["Location"].startswith(reverse("account_login"))
    client.force_login(enrolment.person)
    found = client.get(address(enrolment))
    assert "Votre texte a été gardé" in text_of(found)
    assert "Une longue question." in text_of(found)
    client.post(address(enrolment), written("Une longue question."))
    assert "Votre texte a été gardé" not in text_of(client.get(address(enrolment)))


def test_a_text_kept_is_shown_to_nobody_else_nor_elsewhere(client, enrolment):
    other = EnrolmentFactory(edition=enrolment.edition)
    page = client.get(address(enrolment))
    client.logout()
    client.post(address(enrolment), written("À moi seule.", writer=hidden(page, "writer")))
    client.force_login(enrolment.person)
    assert "À moi seule." not in text_of(client.get(address(enrolment, 0)))
    client.force_login(other.person)
    assert "À moi seule." not in text_of(client.get(address(enrolment)))


@pytest.mark.parametrize("sent", [{"writer": "forged"}, {}, {"text": f"Son numéro : {NIR}"}])
def test_a_forged_writer_and_a_social_security_number_are_not_kept(client, enrolment, sent):
    writer = hidden(client.get(address(enrolment)), "writer") if "text" in sent else ""
    client.logout()
    client.post(address(enrolment), written(**{"writer": writer} | sent))
    assert "assistance.draft" not in client.session


def test_a_form_of_another_site_asks_and_keeps_nothing(enrolment):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address(enrolment), written(writer="x")).status_code == 302
    assert "assistance.draft" not in strict.session
    strict.force_login(enrolment.person)
    assert strict.post(address(enrolment), written()).status_code == 403
    assert not Thread.objects.exists()


def test_a_second_organisme_answers_for_its_own_parcours(client):
    enrolment = EnrolmentFactory(edition=edition_of(responsible(name="Ailleurs", assistance_contact="Paul Ty")))
    responsible()
    client.force_login(enrolment.person)
    assert "Paul Ty (Ailleurs) vous répond" in text_of(client.get(address(enrolment)))
