"""Answers on a bad day: no network, two tabs, a reload, a session that ended, no JavaScript, a phone."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from parcours.learning.models import Trace
from tests.browser.following import SHOWN, Keyboard, narrow_enough, sign_in, until
from tests.catalogue.factories import EditionFactory
from tests.organisations.factories import OrganisationFactory
from tests.parcours.learning.factories import REAL, EnrolmentFactory, activity, reply, right, wrong

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = "Gardée sur cet appareil ; elle partira quand le réseau reviendra."
NOTHING_KEPT = (
    "['[]', 'null', '0', '-1'].includes(JSON.stringify(JSON.parse(localStorage.getItem(Object.keys(localStorage)[0]))))"
)


@pytest.fixture
def enrolment():
    organisation = OrganisationFactory(training=True, name="Formation Armor", email="aide@armor-exemple.fr")
    return EnrolmentFactory(edition=EditionFactory(activities=REAL, parcours__organisation=organisation))


@pytest.fixture
def lesson(enrolment):
    return activity(enrolment, 0)


@pytest.fixture
def opened(open_page, enrolment, live_server, lesson):
    """A tab of the learner on the first étape."""

    def one(page=None, **options):
        page = page or sign_in(open_page(**options), enrolment.person, live_server)
        page.goto(reverse("learning:activity", args=[enrolment.pk, lesson.slug]))
        return page

    return one


def tick(page, question, chosen=None):
    for option in chosen or right(question):
        page.locator(f"[id='{question['id']}-{option}']").check(force=True)


def send(page, question):
    page.locator(f"#question-{question['id']} [data-send] button").click()


def answered(page, question):
    page.locator(f"#question-{question['id']} [data-result]").wait_for(state="attached")


def go_on(page, question):
    page.locator(f"#question-{question['id']} [data-next] a").click()


def traces():
    return Trace.objects.filter(kind="answered")


def test_one_question_shows_at_a_time_and_the_focus_follows(opened, lesson):
    page, first = opened(), lesson.questions[0]
    expect(page.locator(SHOWN)).to_have_count(1)
    tick(page, first)
    send(page, first)
    answered(page, first)
    expect(page.locator("[data-result]:focus")).to_have_count(1)
    expect(page.locator("[data-told]")).to_have_text(re.compile(r"Réponse enregistrée à\s\d{1,2}\sh"))
    go_on(page, first)
    expect(page.locator(":focus")).to_have_text(re.compile(r"^\s*Question 2 sur 3"))
    page.get_by_role("link", name="Question précédente").click()
    expect(page.locator(SHOWN)).to_have_attribute("data-question", first["id"])
    assert page.faults == []


def test_an_answer_given_without_network_leaves_when_it_returns(opened, lesson, violations):
    page = opened()
    first, second, third = lesson.questions
    page.context.set_offline(True)
    for question in (first, second):
        tick(page, question)
        send(page, question)
        page.locator(f"#question-{question['id']}").get_by_text(KEPT).wait_for()
        expect(page.locator("[data-waiting]:focus")).to_have_count(1)
        if question is first:
            assert violations(page) == []
        go_on(page, question)
    assert not traces().exists()
    page.context.set_offline(False)
    answered(page, first)
    answered(page, second)
    assert traces().count() == 2
    expect(page.locator(SHOWN)).to_have_attribute("data-question", third["id"])
    until(page, "Object.keys(localStorage).every((key) => !key.startsWith('choice'))")
    until(page, NOTHING_KEPT)


def test_an_answer_kept_on_the_device_survives_the_tab_and_leaves_from_another_page(opened, lesson, open_page):
    page = opened()
    question = lesson.questions[0]
    page.context.set_offline(True)
    tick(page, question)
    send(page, question)
    page.get_by_text(KEPT).first.wait_for()
    page.close()
    page.context.set_offline(False)
    other = page.context.new_page()
    other.goto(reverse("learning:home"))
    other.get_by_text("Une réponse gardée sur cet appareil vient d’être enregistrée.").wait_for()
    assert traces().get().given == sorted(right(question))


def test_an_answer_kept_on_the_device_is_still_there_after_a_reload(opened, lesson):
    page = opened()
    question = lesson.questions[0]
    page.route("**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    tick(page, question)
    send(page, question)
    page.get_by_text(KEPT).first.wait_for()
    page.reload()
    expect(page.get_by_text(KEPT).first).to_be_visible()
    expect(page.locator(f"[id='{question['id']}-{right(question)[0]}']")).to_be_checked()
    page.unroute_all()
    page.evaluate("dispatchEvent(new Event('online'))")
    answered(page, question)
    assert traces().count() == 1


def test_of_two_tabs_the_second_is_told_which_answer_counts(opened, lesson):
    page = opened()
    other = opened(page.context.new_page())
    question = lesson.questions[0]
    tick(page, question)
    send(page, question)
    answered(page, question)
    tick(other, question, wrong(question))
    send(other, question)
    other.locator(f"#question-{question['id']}").get_by_text("Cette question avait déjà sa réponse").wait_for()
    expect(other.get_by_text("Votre réponse, juste")).to_be_visible()
    assert traces().get().correct


def test_a_choice_that_was_not_sent_survives_a_reload(opened, lesson):
    page = opened()
    tick(page, lesson.questions[0])
    page.reload()
    expect(page.locator(f"[id='{lesson.questions[0]['id']}-{right(lesson.questions[0])[0]}']")).to_be_checked()
    assert not traces().exists()


def test_a_session_that_ended_keeps_the_answer_and_asks_to_sign_in_again(opened, lesson, enrolment, live_server):
    page = opened()
    question = lesson.questions[0]
    Session.objects.all().delete()
    tick(page, question)
    send(page, question)
    link = page.get_by_role("link", name="me reconnecter").first
    link.wait_for()
    assert not traces().exists()
    sign_in(page, enrolment.person, live_server)
    link.click()
    answered(page, question)
    assert traces().count() == 1


def test_a_server_that_fails_is_asked_again(opened, lesson):
    page = opened()
    question = lesson.questions[0]
    left = [2]

    def sometimes(route):
        if route.request.method == "POST" and left[0]:
            left[0] -= 1
            return route.fulfill(status=503, body="")
        return route.continue_()

    page.route("**/*", sometimes)
    tick(page, question)
    send(page, question)
    answered(page, question)
    assert traces().count() == 1


def test_nothing_chosen_is_said_beside_the_question(opened, lesson, violations):
    page = opened()
    question = lesson.questions[0]
    send(page, question)
    refused = page.locator(f"#refus-{question['id']}")
    expect(refused).to_have_text("Choisissez une réponse avant de l’envoyer.")
    group = page.locator(f"#question-{question['id']} fieldset")
    expect(group).to_have_attribute("aria-describedby", re.compile(f"refus-{question['id']}"))
    expect(page.locator("[name=given]:focus")).to_have_count(1)
    assert violations(page) == []
    tick(page, question)
    expect(refused.locator("p")).not_to_be_visible()


def test_a_refusal_of_the_server_is_said_beside_the_question(opened, lesson, enrolment):
    page = opened()
    question = lesson.questions[0]
    page.locator(f"#question-{question['id']} input[name=attempt]").evaluate("(one) => { one.value = 7; }")
    tick(page, question)
    send(page, question)
    page.locator(f"#refus-{question['id']}").get_by_text("celui que vous avez commencé").wait_for()
    answers = "localStorage.getItem(Object.keys(localStorage).find((key) => key.startsWith('answers')))"
    until(page, f"{answers} === '[]'")


def test_one_goes_on_at_the_question_where_one_stopped(opened, lesson, enrolment):
    reply(enrolment, lesson, lesson.questions[0])
    page = opened()
    page.goto(reverse("learning:home"))
    page.get_by_role("link", name="Reprendre l’étape").click()
    page.wait_for_url("**#question-*")
    expect(page.locator(SHOWN)).to_have_attribute("data-question", lesson.questions[1]["id"])
    expect(page.locator(":focus")).to_have_text(re.compile(r"^\s*Question 2 sur 3"))


def test_one_goes_on_reading_where_one_stopped(opened, lesson):
    page = opened()
    expect(page.locator("[data-resumed]")).not_to_be_visible()
    page.locator("[data-text] > :last-child").scroll_into_view_if_needed()
    page.evaluate("window.scrollTo(0, document.querySelector('.serie').offsetTop - 100)")
    page = opened(page)
    expect(page.locator("[data-resumed]")).to_be_visible()
    until(page, "window.scrollY > 500")
    page.get_by_role("link", name="Revenir au début").click()
    expect(page.locator("#contenu")).to_be_focused()


def test_the_whole_etape_fits_a_phone_and_its_text_starts_at_once(opened, lesson, violations):
    page = opened(width=320)
    assert narrow_enough(page)
    assert page.get_by_role("heading", level=1).bounding_box()["y"] < 480
    expect(page.get_by_role("link", name="Toutes les étapes")).not_to_be_visible()
    page.get_by_text("Voir les étapes du module").click()
    expect(page.get_by_role("link", name="Toutes les étapes")).to_be_visible()
    assert narrow_enough(page)
    assert violations(page) == []


def test_without_javascript_one_answers_all_the_same(opened, lesson, enrolment):
    page = opened(java_script_enabled=False)
    expect(page.locator("[data-question]")).to_have_count(3)
    expect(page.locator("[data-question]:visible")).to_have_count(3)
    for question in lesson.questions:
        tick(page, question)
        send(page, question)
        expect(page).to_have_url(re.compile(f"#question-{question['id']}$"))
        expect(page.locator(f"#question-{question['id']} [data-saved]")).to_be_visible()
    expect(page.get_by_text("Étape terminée.")).to_be_visible()
    assert traces().count() == 3


def test_printed_an_etape_is_its_text_and_all_its_questions(opened):
    page = opened()
    page.emulate_media(media="print")
    expect(page.locator("[data-question]:visible")).to_have_count(3)
    expect(page.get_by_role("button", name="Enregistrer ma réponse").first).to_be_hidden()
    expect(page.locator(".etape__neighbours")).to_be_hidden()


def test_by_keyboard_one_reaches_the_questions_and_answers(opened, lesson):
    page = opened()
    keyboard = Keyboard(page)
    for question in lesson.questions:
        keyboard.answer(question, right(question))
        if question is not lesson.questions[-1]:
            keyboard.reach(f"#question-{question['id']} [data-next] a")
            keyboard.press("Enter")
    assert traces().filter(correct=True).count() == 3
    assert page.faults == []
