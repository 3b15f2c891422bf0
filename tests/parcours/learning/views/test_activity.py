import pytest
from django.urls import reverse

from parcours.learning.models import Trace
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.organisations.factories import OrganisationFactory
from tests.parcours.learning.factories import EnrolmentFactory, activity, finish, reply, wrong
from tests.parcours.learning.views.sending import JSON, address, plain, sent, text_of

pytestmark = pytest.mark.django_db


def test_the_page_says_where_one_is_how_long_it_takes_and_when_it_ends(client, enrolment):
    page = text_of(client.get(address(enrolment)))
    assert "Étape 2 sur 3 · 10 min · terminée quand les trois questions ont une réponse" in page
    assert "390 mots à 130 par minute" in page


def test_reading_leaves_one_trace_however_often(client, enrolment):
    for _ in range(3):
        client.get(address(enrolment, 0))
    assert Trace.objects.get().kind == "opened"


def test_what_is_right_is_not_in_the_page_before_it_is_answered(client, enrolment):
    html = client.get(address(enrolment)).content.decode()
    assert "Retour 1" not in html
    assert "Tant qu’il agit lui-même" not in html
    assert "data-answered" not in html


def test_without_javascript_every_question_is_there_and_the_answered_one_teaches(client, enrolment):
    lesson = activity(enrolment, 1)
    reply(enrolment, lesson, lesson.questions[0], wrong(lesson.questions[0]))
    html = client.get(address(enrolment)).content.decode()
    assert html.count('class="question"') == 3
    assert "Votre réponse, à revoir" in html
    assert "Réponse attendue" in html
    assert html.count("Enregistrer ma réponse") == 2


def test_the_number_of_answers_expected_is_said(client, enrolment):
    assert "2 réponses justes sont attendues" in client.get(address(enrolment)).content.decode()


def test_a_person_answers_with_a_name_and_a_delay(client):
    organisation = OrganisationFactory(training=True, name="Formation Armor", email="aide@armor-exemple.fr")
    enrolment = EnrolmentFactory()
    type(enrolment.parcours).objects.update(organisation=organisation)
    client.force_login(enrolment.person)
    page = client.get(address(enrolment))
    assert "Inès Le Goff (Formation Armor) vous répond sous deux jours ouvrés." in text_of(page)
    asked_from = f"?parcours={enrolment.parcours_id}&amp;etape={activity(enrolment, 1).slug}"
    assert reverse("assistance:ask") + asked_from in page.content.decode()


@pytest.mark.parametrize(
    ("email", "pix", "shown", "warned"),
    [
        ("awa@ccas-exemple.fr", None, "awa@ccas-exemple.fr", "C’est celle de votre compte"),
        ("mairie@ville-exemple.fr", None, "mairie@ville-exemple.fr", "partagée par plusieurs personnes"),
        ("mairie@ville-exemple.fr", "awa@ville-exemple.fr", "awa@ville-exemple.fr", ""),
    ],
)
def test_the_exact_address_for_pix_is_shown(client, email, pix, shown, warned):
    node = {"type": "external", "kind": "pix", "title": "Le test Pix", "html": "<p>Vingt minutes.</p>", "url": ""}
    edition = EditionFactory(activities=[{"nodes": [node]}])
    enrolment = EnrolmentFactory(edition=edition, person=PersonFactory(email=email, pix_email=pix))
    client.force_login(enrolment.person)
    page = client.get(address(enrolment, 0))
    assert f"data-copy-value>{shown}<" in page.content.decode()
    assert warned in text_of(page)


def test_a_form_brings_back_to_the_question(client, enrolment):
    question = activity(enrolment, 1).questions[0]
    response = client.post(address(enrolment), sent(question))
    assert response["Location"] == f"{address(enrolment)}#question-{question['id']}"


def test_a_script_gets_what_the_page_would_show(client, enrolment):
    question = activity(enrolment, 1).questions[0]
    answer = client.post(address(enrolment), sent(question), headers=JSON).json()
    assert answer["new"] and not answer["done"]
    assert f'id="question-{question["id"]}"' in answer["html"]
    assert "Réponse enregistrée à" in answer["html"]
    assert "Votre réponse, juste" in answer["html"]


def test_the_second_tab_is_told_which_answer_counts(client, enrolment):
    question = activity(enrolment, 1).questions[0]
    client.post(address(enrolment), sent(question), headers=JSON)
    answer = client.post(address(enrolment), sent(question, wrong(question)), headers=JSON).json()
    assert not answer["new"]
    assert "Cette question avait déjà sa réponse" in answer["html"]
    assert "Votre réponse, juste" in answer["html"]


def test_the_last_answer_shows_what_is_left(client, enrolment):
    for question in activity(enrolment, 1).questions:
        answer = client.post(address(enrolment), sent(question), headers=JSON).json()
    assert answer["done"]
    assert "Étape terminée" in answer["end"]
    assert "Il vous reste 2 étapes, 20 min." in plain(answer["end"])


def test_a_failed_quiz_shows_its_score_its_threshold_and_the_rule_of_the_mark(client, enrolment):
    quiz = activity(enrolment, 2)
    for question in quiz.questions:
        reply(enrolment, quiz, question, wrong(question))
    page = text_of(client.get(address(enrolment, 2)))
    assert "0 réponse juste sur 4, soit 0 %" in page
    assert "Il faut 70 % pour terminer cette étape" in page
    assert "Note retenue : 0 %, la meilleure" in page


def test_a_second_attempt_begins_with_blank_questions_and_keeps_the_first(client, enrolment):
    quiz = activity(enrolment, 2)
    finish(enrolment, quiz)
    response = client.post(reverse("learning:restart", args=[enrolment.pk, quiz.slug]), {"after": 1}, follow=True)
    html = response.content.decode()
    assert html.count("Enregistrer ma réponse") == 4
    assert 'name="attempt" value="2"' in html
    assert "Étape terminée" in html


def test_a_text_read_ends_on_a_true_stopping_point(client):
    enrolment = EnrolmentFactory(edition=EditionFactory(activities=[{"title": "Un"}, {"title": "Deux", "minutes": 7}]))
    client.force_login(enrolment.person)
    done = [reverse("learning:finish_reading", args=[enrolment.pk, one.slug]) for one in enrolment.edition.outline]
    response = client.post(done[0])
    assert response["Location"] == address(enrolment, 0) + "#fin"
    page = text_of(client.get(address(enrolment, 0)))
    assert "Étape terminée. Vous pouvez vous arrêter ici. Il vous reste 1 étape, 7 min. Ensuite : Deux, 7 min." in page
    client.post(done[1])
    assert "Vous avez terminé le parcours." in text_of(client.get(address(enrolment, 1)))


def test_a_long_etape_is_announced_as_such(client):
    enrolment = EnrolmentFactory(edition=EditionFactory(activities=[{"minutes": 15}, {"minutes": 16}]))
    client.force_login(enrolment.person)
    pages = [text_of(client.get(address(enrolment, rank))) for rank in (0, 1)]
    assert ["Étape longue" in page for page in pages] == [False, True]
    assert text_of(client.get(enrolment.get_absolute_url())).count("étape longue") == 1


def test_saying_read_what_is_answered_is_refused_in_words(client, enrolment):
    url = reverse("learning:finish_reading", args=[enrolment.pk, activity(enrolment, 1).slug])
    assert "se termine par ses questions" in text_of(client.post(url, follow=True))
