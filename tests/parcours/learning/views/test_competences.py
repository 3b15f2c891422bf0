import pytest
from django.urls import reverse

from parcours.catalogue.models import Competence
from parcours.learning import actions
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import ACTIVITIES, EditionFactory
from tests.organisations.factories import OrganisationFactory
from tests.parcours.learning.factories import REAL, EnrolmentFactory, activity, reply, wrong
from tests.parcours.learning.views.sending import address, text_of

pytestmark = pytest.mark.django_db

URL = "/espace/competences/"
CODED = [one | {"competences": [code]} for one, code in zip(ACTIVITIES, ("mandat", "mandat", "posture"), strict=True)]


@pytest.fixture
def enrolment(client):
    enrolment = EnrolmentFactory(edition=EditionFactory(activities=CODED))
    client.force_login(enrolment.person)
    return enrolment


def evidence(code):
    return reverse("learning:competence", args=[code])


def test_each_competence_says_in_words_what_was_done_of_it(client, enrolment):
    Competence.objects.update_or_create(code="mandat", defaults={"label": "Préparer un mandat", "domain": "Agir"})
    page = text_of(client.get(URL))
    assert "Agir Préparer un mandat pas encore travaillée" in page
    assert "Autres compétences Posture pas encore travaillée" in page
    actions.open_activity(enrolment, activity(enrolment, 0))
    assert "Préparer un mandat travaillée dans 1 étape" in text_of(client.get(URL))
    lesson = activity(enrolment, 1)
    reply(enrolment, lesson, lesson.questions[0])
    reply(enrolment, lesson, lesson.questions[1], wrong(lesson.questions[1]))
    assert "Préparer un mandat évaluée : 1 réponse juste sur 2" in text_of(client.get(URL))


def test_a_level_opens_onto_the_facts_it_is_made_of(client, enrolment):
    lesson = activity(enrolment, 1)
    actions.open_activity(enrolment, lesson)
    reply(enrolment, lesson, lesson.questions[0])
    reply(enrolment, lesson, lesson.questions[2], wrong(lesson.questions[2]))
    page = client.get(evidence("mandat"))
    text, html = text_of(page), page.content.decode()
    assert "Évaluée : 1 réponse juste sur 2" in text
    assert "Lire" in text and "Pas encore ouverte." in text
    assert "1 juste sur 2." in text
    assert f'href="{address(enrolment, 1)}#question-{lesson.questions[0]["id"]}"' in html
    assert text.count("Un homme vous tend son téléphone") == 2
    assert (text.count("à revoir, répondue"), text.count("juste, répondue")) == (1, 1)
    assert "ce n’est pas un niveau officiel" in text


def test_the_answers_shown_are_those_that_were_counted(client, enrolment):
    quiz = activity(enrolment, 2)
    for question in quiz.questions:
        reply(enrolment, quiz, question)
    actions.restart(enrolment, quiz, after=1)
    for question in quiz.questions:
        reply(enrolment, quiz, question, wrong(question), attempt=2)
    page = text_of(client.get(evidence("posture")))
    assert "Évaluée : 4 réponses justes sur 4" in page
    assert "à revoir, répondue" not in page


def test_the_attestation_is_part_of_the_evidence(client, run_jobs):
    OrganisationFactory(training=True)
    enrolment = EnrolmentFactory(completed=True, edition=EditionFactory(activities=CODED))
    client.force_login(enrolment.person)
    assert "Aucune encore" in text_of(client.get(evidence("mandat")))
    run_jobs()
    assert f"Attestation « {enrolment.edition.title} »" in text_of(client.get(evidence("mandat")))


def test_a_competence_of_no_course_followed_is_nothing(client, enrolment):
    Competence.objects.get_or_create(code="autre", defaults={"label": "Autre"})
    assert client.get(evidence("autre")).status_code == 404


def test_what_was_stopped_is_no_longer_counted(client, enrolment):
    actions.withdraw(enrolment, by=enrolment.person)
    assert "Vous ne suivez encore aucun parcours." in text_of(client.get(URL))


def test_nobody_reads_what_another_has_worked_on(client, enrolment):
    client.force_login(PersonFactory())
    assert client.get(evidence("mandat")).status_code == 404


@pytest.mark.parametrize("url", [URL, "/espace/competences/mandat/"])
def test_it_costs_the_same_for_one_course_or_five(client, django_assert_max_num_queries, url):
    person = PersonFactory()
    edition = EditionFactory(activities=REAL)
    for _ in range(4):
        EnrolmentFactory(person=person, started=True)
    enrolment = EnrolmentFactory(person=person, edition=edition)
    for one in edition.outline[:6]:
        lesson = edition.activity(one.slug)
        for question in lesson.questions:
            reply(enrolment, lesson, question)
    client.force_login(person)
    client.get(url)
    with django_assert_max_num_queries(14):
        assert client.get(url).status_code == 200
