import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from parcours.assistance.engine.files import check
from parcours.assistance.models import Attachment, Thread
from tests.parcours.assistance.factories import (
    PDF,
    QUESTION,
    answer,
    ask,
    edition_of,
    follower,
    number,
    picture,
    trainer_of,
)
from tests.parcours.learning.views.sending import text_of
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(client):
    edition = edition_of()
    person = follower(edition)
    client.force_login(person)
    return ask(edition, person, rank=1)


def written(text="Et ensuite ?", **values):
    return {"text": text, "client_id": number()} | values


def test_without_any_question_one_is_told_where_to_ask(client, thread):
    Thread.objects.get().messages.all().delete()
    Thread.objects.all().delete()
    page = text_of(client.get(reverse("assistance:questions")))
    assert "Mes questions (0)" in page
    assert "Ouvrez une étape de votre parcours" in page


def test_one_finds_one_s_questions_their_state_and_when_the_answer_comes(client, thread):
    answered = answer(ask(thread.edition, thread.person, rank=None, text="Et pour le second module ?"))
    ask(thread.edition, text="D’une autre personne.")
    page = text_of(client.get(reverse("assistance:questions")))
    assert "Mes questions (2)" in page
    assert "Une dame n’a pas d’adresse électronique." in page
    assert "réponse au plus tard" in page
    assert "D’une autre personne." not in page
    filtered = text_of(client.get(reverse("assistance:questions"), {"etat": "answered"}))
    assert answered.label in filtered
    assert thread.label not in filtered
    searched = text_of(client.get(reverse("assistance:questions"), {"q": "adresse mairie"}))
    assert thread.label in searched
    assert answered.label not in searched
    nothing = text_of(client.get(reverse("assistance:questions"), {"q": "introuvable", "etat": "?"}))
    assert "Aucune question ne correspond." in nothing


def test_the_list_costs_the_same_for_one_question_or_thirty(client, thread, django_assert_max_num_queries):
    person = thread.person
    for rank in range(29):
        with time_machine.travel(timezone.now() + datetime.timedelta(days=rank)):
            ask(thread.edition, person, text=f"Question {rank}")
    client.get(reverse("assistance:questions"))
    with django_assert_max_num_queries(10):
        page = client.get(reverse("assistance:questions"))
    assert "Page suivante" in text_of(page)


def test_the_exchange_names_who_answers_and_leads_back_to_the_etape(client, thread):
    trainer = trainer_of(thread.organisation, first_name="Inès", last_name="Le Goff")
    answer(thread, trainer, text="Voyez https://aide.example/adresse")
    page = client.get(thread.get_absolute_url())
    assert "Inès Le Goff, Formation Armor" in text_of(page)
    assert 'href="https://aide.example/adresse"' in page.content.decode()
    assert thread.person.enrolments.get().get_absolute_url() in page.content.decode()


def test_what_is_written_is_shown_and_never_run(client, thread):
    answer(thread, text="<script>alert(1)</script> & <b>gras</b>")
    html = client.get(thread.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert "&lt;b&gt;gras" in html


def test_one_adds_to_a_question_and_closes_it(client, thread):
    client.post(thread.get_absolute_url(), written("Une précision."))
    assert "Une précision." in text_of(client.get(thread.get_absolute_url()))
    client.post(reverse("assistance:close", args=[thread.public_id]))
    page = text_of(client.get(thread.get_absolute_url()))
    assert "Cette question est close" in page
    assert "Envoyer" not in page
    again = client.post(thread.get_absolute_url(), written(), follow=True)
    assert "n’est pas possible" in text_of(again)
    assert thread.messages.count() == 2


def test_a_closed_question_is_not_closed_again(client, thread):
    for _ in range(2):
        page = client.post(reverse("assistance:close", args=[thread.public_id]), follow=True)
    assert "l’état actuel est « close »" in text_of(page)


def test_a_double_click_adds_once(client, thread):
    sent = written()
    for _ in range(2):
        assert client.post(thread.get_absolute_url(), sent).status_code == 302
    assert thread.messages.count() == 2


def test_a_text_erased_is_said_so(client, thread):
    thread.messages.update(text="")
    assert "Texte effacé." in text_of(client.get(thread.get_absolute_url()))


def test_an_answer_survives_the_end_of_the_trainer_s_session(thread):
    trainer = trainer_of(thread.organisation)
    client = signed_in(trainer)
    page = client.get(thread.answering_url).content.decode()
    writer = page.split('name="writer" value="')[1].split('"')[0]
    client.logout()
    client.post(thread.answering_url, written("Une longue réponse.", writer=writer))
    session = client.session
    back = signed_in(trainer)
    merged = back.session
    merged["assistance.draft"] = session["assistance.draft"]
    merged.save()
    assert "Une longue réponse." in text_of(back.get(thread.answering_url))


# --- Files ------------------------------------------------------------------------------------------------------------


def joined(thread, name="consigne d’été.pdf", data=PDF):
    ask(thread.edition, thread.person, text="Avec un fichier.", files=[check(name, data)])
    return Attachment.objects.get()


def test_a_file_is_saved_never_opened_and_only_for_those_who_read(client, thread):
    found = joined(thread)
    address = reverse("assistance:attachment", args=[found.public_id])
    response = client.get(address)
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''consigne%20d")
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "application/pdf")
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert signed_in(trainer_of(thread.organisation)).get(address).status_code == 200
    assert signed_in(trainer_of(edition_of().parcours.organisation)).get(address).status_code == 404
    assert signed_in(follower(thread.edition)).get(address).status_code == 404


def test_the_exchange_lists_the_files_with_their_weight(client, thread):
    ask_page = joined(thread, "photo.jpg", picture()).message.thread.get_absolute_url()
    assert "photo.jpg (JPG, 1 ko)" in text_of(client.get(ask_page))


def test_a_trainer_who_opens_the_learner_s_page_is_led_to_their_own(thread):
    response = signed_in(trainer_of(thread.organisation)).get(thread.get_absolute_url())
    assert response["Location"] == thread.answering_url
    assert QUESTION.splitlines()[1] in text_of(signed_in(trainer_of(thread.organisation)).get(response["Location"]))
