import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from lms.organisations.models import Role
from parcours.assistance import actions
from parcours.assistance.models import SharedAnswer, Thread
from tests.accounts.factories import PersonFactory
from tests.parcours.assistance.factories import (
    NIR,
    QUESTION,
    answer,
    ask,
    edition_of,
    follower,
    number,
    responsible,
    share,
    trainer_of,
)
from tests.parcours.learning.factories import EnrolmentFactory
from tests.parcours.learning.views.sending import text_of
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
WAITING = "/formation/questions/"


@pytest.fixture
def organisation():
    return responsible()


@pytest.fixture
def trainer(organisation):
    return trainer_of(organisation)


@pytest.fixture
def trainers(trainer):
    return signed_in(trainer)


@pytest.fixture
def thread(organisation):
    return ask(edition_of(organisation), rank=1)


def written(text="Non, jamais.", **values):
    return {"text": text, "client_id": number()} | values


def worded(**values):
    return {"question": "Peut-on ?", "answer": "Non.", "nameless": "on", "client_id": number()} | values


def test_without_any_question_the_page_says_where_they_come_from(trainers):
    page = text_of(trainers.get(WAITING))
    assert "Questions des apprenants (0) Aucune n’attend de réponse." in page
    assert "la plus ancienne d’abord" in page


def test_the_oldest_that_waits_comes_first_and_late_ones_are_named(trainers, organisation):
    edition = edition_of(organisation)
    with time_machine.travel(datetime.datetime(2026, 11, 9, 9, tzinfo=PARIS), tick=False) as clock:
        for text in ("Première", "Deuxième", "Troisième", "Quatrième"):
            ask(edition, text=text)
            clock.shift(datetime.timedelta(days=3))
        answer(Thread.objects.get(subject="Première"))
        clock.move_to(datetime.datetime(2026, 11, 19, 9, tzinfo=PARIS))
        page = text_of(trainers.get(WAITING))
    order = [page.index(text) for text in ("Deuxième", "Troisième", "Quatrième", "Première")]
    assert order == sorted(order)
    assert "3 attendent une réponse, dont 2 en retard." in page
    assert page.count("En retard".lower()) == 3
    assert "annoncée pour lundi 16 novembre 2026" in page
    assert "répondue" in page


def test_questions_are_found_by_parcours_etape_state_and_follower(trainers, trainer, organisation):
    first, second = edition_of(organisation), edition_of(organisation)
    one, two = ask(first, rank=0, text="Sur le mandat"), ask(second, rank=1, text="Sur le quiz")
    answer(two, trainer)
    actions.assign(one, to=trainer, by=trainer)
    for asked, found in (
        ({"parcours": first.parcours_id}, {one}),
        ({"etape": second.outline[1].activity_id}, {two}),
        ({"etat": "waiting"}, {one}),
        ({"miennes": "on"}, {one}),
        ({"q": "quiz"}, {two}),
        ({"parcours": "?", "etape": "?", "etat": "?"}, {one, two}),
        ({"q": "introuvable"}, set()),
    ):
        page = text_of(trainers.get(WAITING, asked))
        assert {thread for thread in (one, two) if thread.subject in page} == found


def test_nobody_reads_the_questions_of_another_organisme(trainers, thread):
    elsewhere = ask(text="Ailleurs")
    assert "Ailleurs" not in text_of(trainers.get(WAITING))
    for name in ("answering", "share", "etape"):
        assert trainers.get(reverse(f"assistance:{name}", args=[elsewhere.public_id])).status_code == 404
    for name in ("assign", "close_answered"):
        assert trainers.post(reverse(f"assistance:{name}", args=[elsewhere.public_id])).status_code == 404


def test_the_list_costs_the_same_for_one_question_or_thirty(trainers, organisation, django_assert_max_num_queries):
    edition = edition_of(organisation)
    for rank in range(30):
        ask(edition, text=f"Question {rank}")
    trainers.get(WAITING)
    with django_assert_max_num_queries(12):
        trainers.get(WAITING)


def test_one_reads_the_etape_it_was_asked_from_and_answers(trainers, trainer, thread):
    page = trainers.get(thread.answering_url)
    etape = reverse("assistance:etape", args=[thread.public_id])
    assert f'href="{etape}"' in page.content.decode()
    assert "Il dit ce que vous pouvez faire." in text_of(trainers.get(etape))
    sent = trainers.post(thread.answering_url, written(), follow=True)
    assert f"Votre réponse est envoyée à {thread.person.full_name}." in text_of(sent)
    assert thread.messages.last().author == trainer


def test_a_question_on_the_whole_parcours_has_no_etape_to_show(trainers, organisation):
    thread = ask(edition_of(organisation), rank=None)
    assert "Posée par" in text_of(trainers.get(thread.answering_url))
    assert trainers.get(reverse("assistance:etape", args=[thread.public_id])).status_code == 404


def test_an_answer_may_give_the_address_of_a_service_but_no_social_security_number(trainers, thread):
    refused = trainers.post(thread.answering_url, written(f"Le {NIR}"))
    assert refused.status_code == 422
    assert "006 084" not in text_of(refused)
    trainers.post(thread.answering_url, written("Écrivez à contact@aidantsconnect.example ou au 01 99 00 12 34."))
    assert thread.messages.count() == 2


def test_an_empty_answer_is_refused(trainers, thread):
    assert "Écrivez votre réponse" in text_of(trainers.post(thread.answering_url, written("")))


def test_a_question_is_followed_given_back_and_closed(trainers, trainer, thread):
    address = reverse("assistance:assign", args=[thread.public_id])
    assert "Suivie par vous." in text_of(trainers.post(address, follow=True))
    assert "suivie par" in text_of(trainers.get(WAITING))
    assert "rendue à toute l’équipe" in text_of(trainers.post(address, follow=True))
    closed = trainers.post(reverse("assistance:close_answered", args=[thread.public_id]), follow=True)
    assert "Cette question est close" in text_of(closed)
    refused = trainers.post(thread.answering_url, written(), follow=True)
    assert "n’est pas possible" in text_of(refused)


def test_what_is_typed_goes_on_to_the_answer_for_all(trainers, thread):
    typed = trainers.post(thread.answering_url, written("Une réponse pour tous.", a_tous="1"))
    assert typed["Location"] == reverse("assistance:share", args=[thread.public_id])
    page = text_of(trainers.get(typed["Location"]))
    assert "Une réponse pour tous." in page
    assert QUESTION.splitlines()[1] in page
    assert thread.messages.count() == 1


def test_an_answer_for_all_is_read_on_the_etape_without_the_name_of_who_asked(
    trainers, thread, client, django_capture_on_commit_callbacks
):
    enrolment = EnrolmentFactory(edition=thread.edition)
    client.force_login(enrolment.person)
    etape = reverse("learning:activity", args=[enrolment.pk, thread.activity_slug])
    assert "Peut-on ?" not in text_of(client.get(etape))
    with django_capture_on_commit_callbacks(execute=True):
        shared = trainers.post(reverse("assistance:share", args=[thread.public_id]), worded(), follow=True)
    assert "Votre réponse est partagée" in text_of(shared)
    page = text_of(client.get(etape))
    assert "Ce que d’autres ont demandé ici : Peut-on ? Non." in page
    assert thread.person.last_name not in page
    assert "Peut-on ?" not in text_of(client.get(enrolment.get_absolute_url()))
    with django_capture_on_commit_callbacks(execute=True):
        trainers.post(reverse("assistance:withdraw", args=[SharedAnswer.objects.get().pk]))
    assert "Peut-on ?" not in text_of(client.get(etape))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"nameless": ""}, "Relisez les deux textes, puis cochez cette case."),
        ({"question": ""}, "Cette réponse manque"),
        ({"question": f"Au {NIR} ?"}, "semblait contenir un numéro de sécurité sociale"),
        ({"answer": f"Le {NIR}."}, "semblait contenir un numéro de sécurité sociale"),
    ],
)
def test_nothing_is_shared_that_was_not_read_again(trainers, thread, values, sentence):
    response = trainers.post(reverse("assistance:share", args=[thread.public_id]), worded(**values))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert "006 084" not in text_of(response)
    assert not SharedAnswer.objects.exists()


def test_a_second_answer_for_all_is_refused_in_words(trainers, thread):
    share(thread)
    refused = trainers.post(reverse("assistance:share", args=[thread.public_id]), worded(answer="Autrement."))
    assert "déjà partagée" in text_of(refused)


def test_the_space_of_a_trainer_leads_to_the_questions_and_counts_them(trainers, thread):
    formation = reverse("classroom:sessions")
    assert f'href="{formation}"' in trainers.get("/espace/").content.decode()
    assert f'href="{WAITING}"' in trainers.get(formation).content.decode()
    assert "Questions des apprenants · 1 en attente" in text_of(trainers.get(WAITING))
    learner = signed_in(PersonFactory())
    assert f'href="{formation}"' not in learner.get("/espace/").content.decode()


def test_a_manager_finds_the_questions_and_the_papers_in_one_space(organisation):
    manager = signed_in(trainer_of(organisation, Role.TRAINING_MANAGER))
    page = manager.get(WAITING).content.decode()
    assert page.partition("</header>")[0].count("Espace formation</a>") == 1
    assert follower()
