"""A browser on this machine, in French, and what axe finds in the page it shows."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import expect, sync_playwright

from tests.browser.following import narrow_enough

expect.set_options(timeout=30_000)  # milliseconds: a busy machine is slow
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's own loop runs in the thread of the tests

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
EXPECTED = ("net::ERR_INTERNET_DISCONNECTED", "status of 410", "status of 422")
"""What the console says of a network that is cut, of a link that is over, of a form that is refused."""
ON_A_DISK = "file:"
"""There the console says only that axe may not read the style sheet."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
REFUSED = """async (rules) => {
  const told = await axe.run({ runOnly: rules, resultTypes: ["violations"] });
  const where = (rule) => JSON.stringify(rule.nodes.slice(0, 5).map((node) => node.target));
  return told.violations.map((rule) => `${rule.id}: ${rule.help} ${where(rule)}`);
}"""


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()
        connections.close_all()  # those opened beside Playwright’s event loop, which nobody else sees


@pytest.fixture
def open_page(chromium, live_server):
    """Opens a page of the live server in a window of its own: `open_page(width=320, java_script_enabled=False)`."""
    contexts = []

    def open_one(width=1280, height=900, **options):
        context = chromium.new_context(
            base_url=live_server.url, locale="fr-FR", viewport={"width": width, "height": height}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.faults = []
        page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    return open_page()


@pytest.fixture(scope="session")
def violations():
    """What axe refuses in a page, one line per rule, with the elements concerned."""
    axe = Axe().axe_script

    def found(page):
        page.wait_for_load_state()
        if not page.evaluate("'axe' in window"):
            page.evaluate(axe)
        return page.evaluate(REFUSED, RULES)

    return found


@pytest.fixture
def looked_at(violations):
    """Looks at a page in its present state: what axe refuses, what leaves the screen, what the console says."""
    faults = []

    def look(page, state):
        faults.extend(f"{state}: {one}" for one in violations(page))
        if not narrow_enough(page):
            faults.append(f"{state}: wider than the screen")
        said = [] if page.url.startswith(ON_A_DISK) else page.faults
        faults.extend(f"{state}: {one}" for one in said if not any(each in one for each in EXPECTED))
        page.faults.clear()

    yield look
    assert faults == []
