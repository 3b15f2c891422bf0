"""The questions that are typed, matched and put in order: at the keyboard, on a phone, heard, without a script."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from parcours.assessment.engine.marking import right_answer, without_answers
from parcours.learning.models import Trace
from tests.browser.following import Keyboard, narrow_enough, sign_in, until
from tests.catalogue.factories import EditionFactory, series
from tests.organisations.factories import OrganisationFactory
from tests.parcours.learning.factories import TEXT, EnrolmentFactory, activity

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KINDS = ("reponse-courte", "texte-a-trous", "appariement", "ordre")
HEARD = """() => {
  window.heard = [];
  const live = document.querySelectorAll("[role=status], [role=alert], [aria-live]");
  const note = (changes) => changes.forEach((one) => {
    const place = one.target.nodeType === 1 ? one.target : one.target.parentElement;
    if (place.textContent.trim()) window.heard.push(place.textContent.trim().replace(/\\s+/g, " "));
  });
  const all = { childList: true, characterData: true, subtree: true };
  live.forEach((one) => new MutationObserver(note).observe(one, all));
}"""


@pytest.fixture
def enrolment():
    lesson = {"minutes": 12, "rule": {"kind": "answered"}, "nodes": lambda: [TEXT, series(*KINDS)]}
    organisation = OrganisationFactory(training=True, name="Formation Armor", email="aide@armor-exemple.fr")
    return EnrolmentFactory(edition=EditionFactory(activities=[lesson], parcours__organisation=organisation))


@pytest.fixture
def asked(enrolment):
    return dict(zip(KINDS, activity(enrolment, 0).questions, strict=True))


@pytest.fixture
def opened(open_page, enrolment, live_server):
    def one(page=None, kind=None, **options):
        page = page or sign_in(open_page(**options), enrolment.person, live_server)
        lesson = activity(enrolment, 0)
        question = next((one for one in lesson.questions if one["type"] == kind), None)
        place = f"#question-{question['id']}" if question else ""
        page.goto(reverse("learning:activity", args=[enrolment.pk, lesson.slug]) + place)
        return page

    return one


def inside(question, selector=""):
    return f"[id='question-{question['id']}'] {selector}".strip()


def field(question, one):
    return f"[id='{question['id']}-{one['id']}']"


def send(keyboard, question):
    keyboard.reach(inside(question, "[data-send] button"))
    keyboard.press("Enter")
    keyboard.page.locator(inside(question, "[data-result]")).wait_for()


def send_a_page(page, question):
    """Without a script, the answer brings the page back at its question."""
    with page.expect_navigation(url=f"**#question-{question['id']}"):
        page.locator(inside(question, "[data-send] button")).click()


def go_on(keyboard, question):
    keyboard.reach(inside(question, "[data-next] a"))
    keyboard.press("Enter")


def choose(keyboard, question, left, right):
    """In the list of a select: its first letter is that of the proposition."""
    keyboard.reach(field(question, left))
    shown = [one["id"] for one in without_answers(question)["rights"]]
    keyboard.press(*["ArrowDown"] * (shown.index(right) + 1))


def put_in_order(keyboard, question):
    """Move each item up to its place, from the first to the last."""
    order = [one["id"] for one in without_answers(question)["items"]]
    for place, wanted in enumerate(item["id"] for item in question["items"]):
        up = inside(question, f"[data-item]:has({field(question, {'id': wanted})}) [data-move=up]")
        steps = order.index(wanted) - place
        if steps:
            keyboard.reach(up)
            keyboard.press(*["Enter"] * steps)
            expect(keyboard.page.locator(up)).to_be_focused()
            order.remove(wanted)
            order.insert(place, wanted)


def test_by_keyboard_on_a_narrow_screen_one_answers_all_four(opened, asked, violations):
    page = opened(width=320)
    keyboard = Keyboard(page)
    short, cloze, pairs, order = asked.values()
    assert violations(page) == []
    keyboard.fill(inside(short, "input[name=given]"), "mandat")
    keyboard.press("Enter")
    page.locator(inside(short, "[data-result]")).wait_for()
    assert violations(page) == []
    go_on(keyboard, short)
    for blank, text in zip(cloze["blanks"], right_answer(cloze), strict=True):
        keyboard.fill(field(cloze, blank), text)
    assert violations(page) == []
    send(keyboard, cloze)
    go_on(keyboard, cloze)
    assert violations(page) == []
    for left in pairs["lefts"]:
        choose(keyboard, pairs, left, left["right"])
    send(keyboard, pairs)
    assert violations(page) == []
    go_on(keyboard, pairs)
    assert violations(page) == []
    put_in_order(keyboard, order)
    assert narrow_enough(page)
    send(keyboard, order)
    assert violations(page) == []
    assert narrow_enough(page)
    assert Trace.objects.filter(kind="answered", correct=True).count() == 4
    expect(page.get_by_text("Étape terminée.")).to_be_visible()
    assert page.faults == []


def test_each_move_is_spoken_once_and_the_focus_stays(opened, asked):
    page = opened(kind="ordre")
    question, keyboard = asked["ordre"], Keyboard(page)
    page.evaluate(HEARD)
    first = without_answers(question)["items"][0]
    item = inside(question, f"[data-item]:has({field(question, first)})")
    keyboard.reach(f"{item} [data-move=down]")
    keyboard.press("Enter", "Space")
    until(page, "window.heard.length >= 2")
    assert page.evaluate("window.heard") == [
        f"{first['text']} : position 2 sur 4",
        f"{first['text']} : position 3 sur 4",
    ]
    expect(page.locator(f"{item} [data-move=down]")).to_be_focused()
    keyboard.press("Enter", "Enter")
    until(page, "window.heard.length >= 4")
    assert page.evaluate("window.heard")[2:] == [
        f"{first['text']} : position 4 sur 4",
        f"{first['text']} : déjà en dernière position",
    ]
    expect(page.locator(f"{item} [data-move=down]")).to_have_attribute("aria-disabled", "true")
    expect(page.locator(inside(question, "[data-rank]"))).to_have_text(["1", "2", "3", "4"])


def test_what_was_typed_chosen_and_moved_survives_a_reload(opened, asked):
    page = opened()
    short, cloze, pairs, order = asked.values()
    page.locator(inside(short, "input[name=given]")).fill("manda")
    page.locator(field(cloze, cloze["blanks"][1])).evaluate("(one) => { one.value = 'une armoire'; }")
    page.locator(field(cloze, cloze["blanks"][1])).dispatch_event("input")
    page.locator(field(pairs, pairs["lefts"][1])).evaluate("(one) => { one.selectedIndex = 3; }")
    page.locator(field(pairs, pairs["lefts"][1])).dispatch_event("input")
    page.locator(inside(order, "[data-move=down]")).first.evaluate("(one) => one.click()")
    moved = page.locator(inside(order, "[data-label]")).all_text_contents()
    assert moved != [one["text"] for one in without_answers(order)["items"]]
    page.reload()
    expect(page.locator(inside(short, "input[name=given]"))).to_have_value("manda")
    expect(page.locator(field(cloze, cloze["blanks"][1]))).to_have_value("une armoire")
    expect(page.locator(field(pairs, pairs["lefts"][1]))).to_have_js_property("selectedIndex", 3)
    expect(page.locator(inside(order, "[data-label]"))).to_have_text(moved)
    assert not Trace.objects.filter(kind="answered").exists()


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("reponse-courte", "Écrivez votre réponse avant de l’envoyer."),
        ("texte-a-trous", "Complétez chaque trou avant d’envoyer votre réponse."),
        ("appariement", "Choisissez une proposition pour chaque élément avant d’envoyer votre réponse."),
    ],
)
def test_what_lacks_is_said_beside_the_question_before_anything_leaves(opened, asked, violations, kind, sentence):
    page, question = opened(kind=kind), asked[kind]
    page.context.set_offline(True)
    page.locator(inside(question, "[data-send] button")).click()
    expect(page.locator(inside(question, "[data-refused]"))).to_have_text(sentence)
    expect(page.locator("[name=given]:focus")).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []
    expect(page.locator(inside(question, "[data-send] button"))).to_be_visible()


def test_typed_without_network_an_answer_leaves_when_it_returns(opened, asked):
    page, question = opened(kind="reponse-courte"), asked["reponse-courte"]
    page.context.set_offline(True)
    page.locator(inside(question, "input[name=given]")).fill("mandta")
    page.locator(inside(question, "[data-send] button")).click()
    page.locator(inside(question)).get_by_text("Gardée sur cet appareil").wait_for()
    page.context.set_offline(False)
    page.locator(inside(question, "[data-result]")).wait_for()
    assert Trace.objects.get(kind="answered").given == ["mandta"]


def test_a_number_that_cannot_be_read_comes_back_to_be_written_otherwise(opened, asked):
    page, question = opened(kind="texte-a-trous"), asked["texte-a-trous"]
    fields = page.locator(inside(question, "input[name=given]"))
    fields.nth(0).fill("trente")
    fields.nth(1).fill("une armoire fermée")
    page.locator(inside(question, "[data-send] button")).click()
    page.locator(inside(question)).get_by_text("écrivez un nombre en chiffres").wait_for()
    expect(fields.nth(0)).to_have_value("trente")
    fields.nth(0).fill("30")
    expect(page.locator(inside(question, "[data-refused]"))).not_to_be_visible()
    page.locator(inside(question, "[data-send] button")).click()
    page.locator(inside(question, "[data-result]")).wait_for()
    assert Trace.objects.get(kind="answered").correct


def test_without_javascript_one_answers_all_four_the_same(opened, asked, violations):
    page = opened(width=320, java_script_enabled=False)
    short, cloze, pairs, order = asked.values()
    assert narrow_enough(page)
    page.locator(inside(short, "input[name=given]")).fill("mandat")
    send_a_page(page, short)
    for blank, text in zip(cloze["blanks"], right_answer(cloze), strict=True):
        page.locator(field(cloze, blank)).fill(text)
    send_a_page(page, cloze)
    for left in pairs["lefts"]:
        page.locator(field(pairs, left)).select_option(f"{left['id']}:{left['right']}")
    send_a_page(page, pairs)
    for item in order["items"]:
        page.locator(field(order, item)).select_option(label="1")
    page.locator(inside(order, "[data-send] button")).click()
    expect(page.locator(inside(order)).get_by_text("Deux éléments ont le même rang")).to_be_visible()
    for rank, item in enumerate(order["items"], start=1):
        page.locator(field(order, item)).select_option(label=str(rank))
    page.locator(inside(order, "[data-send] button")).click()
    expect(page.get_by_text("Étape terminée.")).to_be_visible()
    assert Trace.objects.filter(kind="answered", correct=True).count() == 4
