import pytest
from django.urls import reverse

from lms.accounts.models import Person
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.parcours.learning.factories import EnrolmentFactory, activity, finish, reply, wrong
from tests.parcours.learning.views.sending import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment(client):
    enrolment = EnrolmentFactory(edition=EditionFactory(habilitation=True))
    client.force_login(enrolment.person)
    return enrolment


def home(client):
    return client.get(reverse("learning:home"))


def test_with_nothing_to_follow_one_is_led_to_the_catalogue(client):
    client.force_login(PersonFactory())
    page = home(client)
    assert "Vous ne suivez encore aucun parcours." in text_of(page)
    assert 'href="/catalogue/"' in page.content.decode()


def test_the_next_step_and_its_minutes_come_first(client, enrolment):
    finish(enrolment, activity(enrolment, 0))
    page = text_of(home(client))
    assert "À faire maintenant · 10 min" in page
    assert f"Étape 2 sur 3 de « {enrolment.edition.title} »" in page
    assert "12 min faites sur 30 min" in page
    assert "Encore 2 étapes (18 min)" in page


def test_one_goes_on_at_the_question_where_one_stopped(client, enrolment):
    lesson = activity(enrolment, 1)
    reply(enrolment, lesson, lesson.questions[0])
    page = home(client)
    assert "Vous en étiez à la question 2." in text_of(page)
    assert f"{lesson.slug}/#question-{lesson.questions[1]['id']}" in page.content.decode()


def test_there_are_three_lines_at_most_beside_the_next_step(client):
    person = PersonFactory(email="mairie@ville-exemple.fr")
    for _ in range(6):
        EnrolmentFactory(person=person, edition=EditionFactory(habilitation=True))
    client.force_login(person)
    html = home(client).content.decode()
    lines = html.split('class="ui-lines"')[1].split("</ul>")[0]
    assert lines.count("<li>") == 3
    assert "est partagée" in lines
    assert html.count('class="ui-panel"') == 1


def test_a_course_says_what_it_is_not_enough_for(client, enrolment):
    assert "ne suffit pas pour être habilité à Aidants Connect" in text_of(home(client))


def test_a_course_that_was_stopped_is_no_longer_shown(client, enrolment):
    from parcours.learning import actions

    actions.withdraw(enrolment, by=enrolment.person)
    assert "Vous ne suivez encore aucun parcours." in text_of(home(client))


def test_the_course_home_lists_every_etape_with_its_state_and_its_minutes(client, enrolment):
    finish(enrolment, activity(enrolment, 0))
    lesson = activity(enrolment, 1)
    reply(enrolment, lesson, lesson.questions[0])
    page = text_of(client.get(enrolment.get_absolute_url()))
    assert "Lire 12 min terminée" in page
    assert "Décider 10 min en cours" in page
    assert "Quiz final 8 min à faire" in page
    assert "Ce parcours est terminé quand ses 3 étapes sont terminées" in page


def test_the_rule_is_the_same_on_the_course_the_checklist_and_before_enrolling(client, enrolment):
    rule = "1 étape lue, 1 étape où chaque question a reçu une réponse et « Quiz final » réussie à 70 % au moins"
    stranger = PersonFactory()
    course = text_of(client.get(enrolment.get_absolute_url()))
    printed = text_of(client.get(reverse("learning:checklist", args=[enrolment.pk])))
    client.force_login(stranger)
    before = text_of(client.get(reverse("learning:enrol", args=[enrolment.parcours_id])))
    assert [rule in page for page in (course, printed, before)] == [True, True, True]


def test_the_checklist_says_what_is_left_and_how_each_etape_ends(client, enrolment):
    finish(enrolment, activity(enrolment, 0))
    page = text_of(client.get(reverse("learning:checklist", args=[enrolment.pk])))
    assert "12 min faites sur 30 min. Encore 2 étapes (18 min) à terminer." in page
    assert "Lire 12 min · terminée" in page
    assert "10 min · sera terminée quand les trois questions ont une réponse" in page
    assert "8 min · sera terminée avec 3 réponses justes sur 4 (70 %)" in page
    assert str(enrolment.employer) in page


def test_a_finished_course_says_what_was_learnt_and_what_comes(client):
    enrolment = EnrolmentFactory(completed=True, edition=EditionFactory(habilitation=True))
    client.force_login(enrolment.person)
    page = text_of(client.get(enrolment.get_absolute_url()))
    assert "Vous avez terminé ce parcours" in page
    assert "Distinguer « faire avec » et « faire pour le compte de »" in page
    assert "Quiz final : 100 %" in page
    assert "Elle se prépare" in page
    assert "ne suffit pas pour être habilité à Aidants Connect" in page
    assert "Arrêter ce parcours" not in page


@pytest.mark.parametrize("door", ["course", "checklist", "withdraw"])
def test_the_course_of_another_does_not_exist(client, enrolment, door):
    client.force_login(PersonFactory(staff=True))
    response = client.get(reverse(f"learning:{door}", args=[enrolment.pk]))
    assert response.status_code in (302, 404)
    if response.status_code == 302:
        assert "second-facteur" in response["Location"] or "securite" in response["Location"]


def test_two_people_never_share_what_the_browser_keeps(client, enrolment):
    html = home(client).content.decode()
    assert f'data-person="{Person.objects.get(pk=enrolment.person_id).public_id}"' in html


def test_one_goes_on_at_the_result_of_a_quiz_that_was_not_enough(client, enrolment):
    quiz = activity(enrolment, 2)
    for question in quiz.questions:
        reply(enrolment, quiz, question, wrong(question))
    page = home(client)
    assert "Dernier essai : 0 % de réponses justes." in text_of(page)
    assert f"{quiz.slug}/#resultat" in page.content.decode()
