"""The public page: what it says, what it never does."""

import builtins
import os
import tempfile

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lms.kernel import papers
from lms.kernel.models import Paper
from lms.kernel.papers.checking import MAX_BYTES, Outcome
from tests.accounts.factories import PersonFactory
from tests.kernel.papers.factories import issue, reserve

pytestmark = pytest.mark.django_db
INDEX = "/verifier/"


@pytest.fixture
def issued():
    return issue()


def address(paper):
    return reverse("kernel:verify_paper", args=[paper.token])


def text_of(response):
    return " ".join(response.content.decode().split())


def sent(data, name="attestation.pdf"):
    return {"file": SimpleUploadedFile(name, data)}


def test_anyone_reads_what_was_issued_and_that_it_is_valid(client, issued):
    paper, _ = issued
    page = client.get(address(paper)).content.decode()
    assert paper.twin_html in page
    assert "Ce document est valide" in page


def test_the_page_says_revoked_with_its_date_and_public_reason(client, issued):
    paper, _ = issued
    papers.revoke(paper, by=None, reason="fraud")
    page = text_of(client.get(address(paper)))
    assert "Ce document a été révoqué" in page
    assert "obtention par fraude" in page
    assert "Ce document est valide" not in page


def test_unknown_codes_of_any_shape_get_the_same_page_at_the_same_cost(client, issued):
    prepared = reserve()
    pages = set()
    for token in ("x", "A" * 32, "é" * 200, issued[0].number, issued[0].token[:-1], prepared.token):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"/verifier/{token}/")
        assert sum("kernel_paper" in query["sql"] for query in queries) == 1
        assert response.status_code == 404
        pages.add(text_of(response))
    assert len(pages) == 1


@pytest.mark.parametrize("signed_in", [True, False])
def test_the_page_is_neither_indexed_nor_cached_and_says_nothing_to_other_sites(client, issued, signed_in):
    if signed_in:
        client.force_login(PersonFactory())
    for path, method in ((INDEX, client.get), (address(issued[0]), client.get), (address(issued[0]), client.post)):
        response = method(path)
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]
        assert "no-store" in response["Cache-Control"]
        assert '<meta name="robots" content="noindex' in response.content.decode()


def test_the_address_says_nothing_of_the_person(issued):
    paper, _ = issued
    assert paper.number not in address(paper)
    assert "Durand" not in address(paper)


def test_a_visitor_without_account_gets_no_cookie(client, issued):
    assert not client.get(address(issued[0])).cookies
    assert not client.post(address(issued[0]), sent(issued[1])).cookies


def test_the_issued_file_is_recognised_from_both_pages(client, issued):
    paper, file = issued
    for path in (address(paper), INDEX):
        page = client.post(path, sent(file))
        assert page.status_code == 200
        assert Outcome.SAME.title in page.content.decode()
        assert paper.number in page.content.decode()


def test_sent_twice_it_gets_the_same_answer(client, issued):
    paper, file = issued
    first, second = (text_of(client.post(address(paper), sent(file))) for _ in range(2))
    assert first == second


def test_two_files_at_once_are_refused_in_words(client, issued):
    paper, file = issued
    both = {"file": [SimpleUploadedFile("1.pdf", file), SimpleUploadedFile("2.pdf", file)]}
    for path in (address(paper), INDEX):
        response = client.post(path, both)
        assert response.status_code == 422
        assert "un seul fichier à la fois" in text_of(response)


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (lambda file: file[:-5] + b"x" + file[-4:], Outcome.ALTERED),
        (lambda file: file + b"x", Outcome.APPENDED),
        (lambda file: file[:1000], Outcome.TRUNCATED),
        (lambda file: b"%PDF-1.4 autre", Outcome.UNKNOWN),
        (lambda file: b"PK\x03\x04", Outcome.NOT_A_PDF),
        (lambda file: b"", Outcome.EMPTY),
    ],
)
def test_each_failing_case_has_its_own_sentence(client, issued, change, outcome):
    paper, file = issued
    page = client.post(address(paper), sent(change(file))).content.decode()
    assert outcome.title in page
    assert outcome.sentence.replace("'", "&#x27;") in page
    assert Outcome.SAME.title not in page


def test_without_a_file_the_page_asks_for_one(client, issued):
    response = client.post(address(issued[0]))
    assert response.status_code == 422
    assert "Choisissez le PDF à comparer" in text_of(response)
    assert "Choisissez le PDF à comparer" in text_of(client.post(INDEX))


@pytest.mark.parametrize("extra", [1, 200_000])
def test_a_file_that_is_too_big_is_refused_in_words(client, issued, extra):
    for path in (address(issued[0]), INDEX):
        response = client.post(path, sent(b"%PDF-" + b"x" * (MAX_BYTES - 5 + extra)))
        assert response.status_code == 422
        assert "dépasse 5" in text_of(response)


def test_a_body_announced_too_big_is_not_read(rf, issued):
    from lms.kernel.papers.views import verify_paper

    class Unread:
        def read(self, *args):
            pytest.fail("the body was read")

    request = rf.post(address(issued[0]), sent(b"%PDF-"))
    request.META["CONTENT_LENGTH"] = str(10**9)
    request._stream = Unread()
    request._read_started = False
    request.user = type("Anonymous", (), {"is_authenticated": False})()
    response = verify_paper(request, issued[0].token)
    assert response.status_code == 422


def test_the_checked_file_touches_neither_disk_nor_storage(client, issued, monkeypatch):
    """A file of 4 MB, which Django would spill to a temporary file, leaves no trace anywhere."""
    written = []
    really_open, really_os_open = builtins.open, os.open

    def watched_open(file, mode="r", *args, **kwargs):
        if any(letter in mode for letter in "wax+"):
            written.append(file)
        return really_open(file, mode, *args, **kwargs)

    def watched_os_open(path, flags, *args, **kwargs):
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            written.append(path)
        return really_os_open(path, flags, *args, **kwargs)

    client.get(address(issued[0]))  # templates are loaded
    monkeypatch.setattr(builtins, "open", watched_open)
    monkeypatch.setattr(os, "open", watched_os_open)
    for name in ("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, lambda *args, **kwargs: pytest.fail("a temporary file"))
    monkeypatch.setattr(FileSystemStorage, "_save", lambda *args: pytest.fail("stored"))
    count = Paper.objects.count()
    for path in (address(issued[0]), INDEX):
        for data in (issued[1], issued[1] + b"x" * 4_000_000):
            client.post(path, sent(data))
    assert written == []
    assert Paper.objects.count() == count


def test_nothing_of_the_file_nor_of_the_person_is_logged(client, issued, caplog):
    paper, file = issued
    caplog.set_level("DEBUG")
    client.post(address(paper), sent(file, name="attestation-camille-durand.pdf"))
    client.post(address(paper), sent(b"", name="attestation-camille-durand.pdf"))
    client.get("/verifier/inconnu/")
    assert "durand" not in caplog.text.lower()


@pytest.mark.parametrize("wrap", ["{}", "http://localhost:8000/verifier/{}/"])
def test_the_pasted_address_opens_the_page(client, issued, wrap):
    response = client.post(INDEX, {"address": wrap.format(issued[0].token)})
    assert response.status_code == 302
    assert response["Location"] == address(issued[0])


def test_the_number_alone_does_not_open_anything(client, issued):
    response = client.post(INDEX, {"address": issued[0].number})
    assert response.status_code == 422
    assert "il se devine" in text_of(response)
    assert f'value="{issued[0].number}"' in response.content.decode()


def test_a_post_needs_no_token_since_browsers_hide_the_origin_here(issued):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    response = strict.post(address(issued[0]), sent(issued[1]), HTTP_ORIGIN="null")
    assert Outcome.SAME.title in response.content.decode()


def test_too_many_visits_wait_and_are_told_how_long(client, issued, monkeypatch):
    monkeypatch.setattr("lms.kernel.throttle.time.time", lambda: 1_790_000_010.0)  # all within one minute
    codes = [client.get(address(issued[0])).status_code for _ in range(91)]
    assert codes[:90] == [200] * 90
    refused = client.get(address(issued[0]))
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60
    assert "Attendez" in text_of(refused)
    assert "noindex" in refused["X-Robots-Tag"]
    assert client.get(address(issued[0]), REMOTE_ADDR="192.0.2.7").status_code == 200


def test_files_are_throttled_more_than_visits(client, issued):
    codes = [client.post(address(issued[0]), sent(b"")).status_code for _ in range(21)]
    assert codes == [200] * 20 + [429]
    assert client.get(address(issued[0])).status_code == 200


def test_the_address_of_a_visitor_is_not_kept_in_clear(client, issued, monkeypatch):
    from django.core.cache import cache

    seen = []
    really_add = cache.add
    monkeypatch.setattr(cache, "add", lambda key, *args, **kwargs: seen.append(key) or really_add(key, *args, **kwargs))
    client.get(address(issued[0]), REMOTE_ADDR="2001:db8::1")
    client.get(address(issued[0]), REMOTE_ADDR="2001:db8::2")
    keys = {key for key in seen if "papers.verify" in key}
    assert len(keys) == 1  # an office in IPv6 is one visitor
    assert "2001:db8" not in keys.pop().split(":", 3)[-1]
