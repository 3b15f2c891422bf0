"""What Chromium really receives: bytes and requests of a first visit, then of the next page."""

import shutil

from playwright.sync_api import sync_playwright

from tests.bench.server import session_of


def visits(server, person, paths) -> list[tuple[int, int]]:
    """(bytes, requests) of each page in turn, in one browser that keeps its cache as people's do."""
    session = session_of(person)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 360, "height": 740})
        origin = f"http://localhost:{server.port}"
        context.add_cookies([{"name": "session", "value": session, "url": origin}])
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        traffic = []
        wire.on("Network.loadingFinished", lambda event: traffic.append(event["encodedDataLength"]))
        counted = []
        for path in paths:
            traffic.clear()
            page.goto(origin + path, wait_until="networkidle")
            received = [size for size in traffic if size]
            counted.append((int(sum(received)), len(received)))
        browser.close()
        return counted
