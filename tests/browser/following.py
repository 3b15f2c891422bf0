"""A learner at the keyboard: reaching things with Tab, choosing with Space and arrows, sending with Enter."""

from time import monotonic

from django.conf import settings
from django.test import Client

from parcours.assessment.engine.marking import right_answer

FOCUSED = """(selector) => {
  const here = document.activeElement;
  return here.matches(selector) ? "" : here.outerHTML.slice(0, 120);
}"""
"""Nothing once the element is reached, else the one where one is."""
SHOWN = "[data-question]:not(.question--away)"
ZOOMED = {"width": 320, "height": 256, "device_scale_factor": 4}
"""A screen of 1280 × 1024 at 400 %, as the page sees it."""

CUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  if (style.clipPath !== "none" || box.right <= 0 || !one.checkVisibility({ visibilityProperty: true })) return false;
  if (["fixed", "sticky"].includes(style.position) && box.height > innerHeight / 2) return true;
  if (![...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) return false;
  const kept = ["hidden", "clip"].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
  return kept || box.left < -1 || box.right > innerWidth + 1;
}).map((one) => one.outerHTML.slice(0, 120))"""


class Keyboard:
    """Only keys: no click, no pointer."""

    def __init__(self, page):
        self.page = page

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, selector, most=160):
        """Tab until the element is focused, and see that it shows."""
        passed = []
        for _ in range(most):
            self.page.keyboard.press("Tab")
            passed.append(self.page.evaluate(FOCUSED, selector))
            if not passed[-1]:
                return
        raise AssertionError(f"{selector} is not reached by Tab; last passed: {passed[-5:]}")

    def follow(self, selector):
        """Reach a link or a button that leads to another page, and go there."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.press("Enter")

    def fill(self, selector, text):
        self.reach(selector)
        self.page.keyboard.type(text)

    def choose(self, question_id, options, chosen):
        """`options`: every option of the question in order; `chosen`: ids to tick."""
        if self.page.locator(f"#question-{question_id} input[type=radio]").count():
            self.reach(f"#question-{question_id} input[type=radio]")
            self.press("Space", *["ArrowDown"] * options.index(chosen[0]))
            return
        for option in options:
            self.reach(f"[id='{question_id}-{option}']")
            if option in chosen:
                self.press("Space")

    def answer(self, question, chosen):
        """Answer the question on screen and wait for what the page says of it."""
        self.choose(question["id"], [option["id"] for option in question["options"]], chosen)
        self.reach(f"#question-{question['id']} [data-send] button")
        self.press("Enter")
        self.page.locator(f"#question-{question['id']} [data-result]").wait_for()


def session_of(person):
    """The cookie of someone signed in."""
    client = Client()
    client.force_login(person)
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key}


def sign_in(page, person, live_server):
    page.context.add_cookies([session_of(person) | {"url": live_server.url}])
    return page


def until(page, expression, arg=None):
    """What the page tells becomes true. Asked from here: our pages refuse what Playwright would repeat in them."""
    patience = monotonic() + 30  # seconds
    while not page.evaluate(expression, arg):
        assert monotonic() < patience, f"never came: {expression}"
        page.wait_for_timeout(50)


def narrow_enough(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def cut(page):
    """The texts that end outside the screen or are cropped, and whatever hides more than half of it."""
    return page.evaluate(CUT)


def reply(page, question, looked_at):
    """With the pointer: the right answer, except to what is put in order, sent as it is shown."""
    form, given = page.locator(f"[id='question-{question['id']}']"), right_answer(question)
    form.locator("[data-send] button").wait_for()
    looked_at(page, question["type"])
    for one in question.get("options", []):
        if one["id"] in given:
            page.locator(f"label[for='{question['id']}-{one['id']}']").click()
    for blank, text in zip(question.get("blanks", []), given, strict=False):
        page.locator(f"[id='{question['id']}-{blank['id']}']").fill(text)
    for left in question.get("lefts", []):
        page.locator(f"[id='{question['id']}-{left['id']}']").select_option(f"{left['id']}:{left['right']}")
    form.locator("[data-send] button").click()
    form.locator("[data-result]").wait_for()
    looked_at(page, f"{question['type']}, answered")
    if form.locator("[data-next] a").is_visible():
        form.locator("[data-next] a").click()
