"""Byte for byte, and nothing less."""

import io

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from lms.kernel.management.commands.make_signing_key import new_key
from lms.kernel.models import Paper
from lms.kernel.papers import signing
from lms.kernel.papers.checking import Outcome, check, find, token_in
from tests.kernel.papers.factories import issue, reserve

pytestmark = pytest.mark.django_db


def changed(file, position):
    return file[:position] + bytes([file[position] ^ 1]) + file[position + 1 :]


def resaved(file):
    """What a PDF editor does: the same pages, with something written after them."""
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(file))
    writer.root["/Note"] = writer.root["/Type"]
    writer.update_root()
    writer.write(out)
    return out.getvalue()


def test_the_file_as_issued_is_recognised():
    paper, file = issue()
    assert check(paper, file) is Outcome.SAME
    assert find(file).paper == paper


def test_one_byte_changed_anywhere_is_refused():
    paper, file = issue()
    for position in (9, len(file) // 3, len(file) // 2, len(file) - 2):
        assert check(paper, changed(file, position)) is Outcome.ALTERED


@pytest.mark.parametrize("added", [b"\n", b"%", b"%PDF-1.7 other", b"\0" * 1000])
def test_bytes_added_at_the_end_are_refused(added):
    paper, file = issue()
    assert check(paper, file + added) is Outcome.APPENDED


def test_an_incremental_update_is_refused():
    paper, file = issue()
    assert check(paper, resaved(file)) is Outcome.APPENDED


def test_a_download_cut_short_is_told_from_a_fraud():
    paper, file = issue()
    assert check(paper, file[: len(file) // 2]) is Outcome.TRUNCATED
    assert check(paper, changed(file[: len(file) // 2], 50)) is Outcome.UNKNOWN


def test_another_paper_of_ours_is_said_to_be_another():
    paper, _ = issue()
    _, other = issue(holder="Quelqu’un d’autre")
    assert check(paper, other) is Outcome.OTHER_PAPER


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        (b"", Outcome.EMPTY),
        (b"GIF89a", Outcome.NOT_A_PDF),
        (b"\x89PNG\r\n", Outcome.NOT_A_PDF),
        (b" %PDF-1.7", Outcome.NOT_A_PDF),
        (b"%PDF-1.7\n%%EOF", Outcome.UNKNOWN),
    ],
)
def test_what_is_no_paper_at_all(data, outcome):
    paper, _ = issue()
    assert check(paper, data) is outcome
    assert find(data).outcome is outcome
    assert find(data).paper is None


def test_an_altered_file_still_leads_to_its_paper():
    paper, file = issue()
    for bad, outcome in ((file + b"x", Outcome.APPENDED), (changed(file, 400), Outcome.ALTERED)):
        finding = find(bad)
        assert (finding.paper, finding.outcome) == (paper, outcome)


def test_every_outcome_has_its_own_sentence():
    assert len({outcome.title for outcome in Outcome}) == len({outcome.sentence for outcome in Outcome}) == len(Outcome)
    assert [outcome for outcome in Outcome if outcome.holds] == [Outcome.SAME]


def test_what_a_stranger_sends_is_never_parsed(monkeypatch):
    paper, file = issue()
    monkeypatch.setattr(signing, "seal_of", lambda data: pytest.fail("parsed"))
    for data in (file + b"x", changed(file, 99), b"%PDF-1.7" + b"<<" * 1000):
        check(paper, data)
        find(data)


def test_a_hash_that_agrees_is_not_enough_without_the_signature(monkeypatch):
    paper, file = issue()
    unsigned = signing.Seal(False, paper.certificate)
    monkeypatch.setattr(signing, "seal_of", lambda data: unsigned)
    assert check(paper, file) is Outcome.UNSURE


def test_a_signature_of_another_key_is_not_ours(monkeypatch):
    paper, file = issue()
    whole = signing.seal_of(file)
    assert whole == signing.Seal(True, paper.certificate)
    monkeypatch.setattr(signing, "seal_of", lambda data: signing.Seal(True, "0" * 64))
    assert check(paper, file) is Outcome.UNSURE


def test_the_signature_covers_the_whole_file_and_forbids_changes():
    _, file = issue()
    assert signing.seal_of(file).holds
    assert not signing.seal_of(resaved(file)).holds
    assert not signing.seal_of(file + b"\n%x").holds


def test_papers_signed_before_the_key_changed_are_still_recognised(settings, tmp_path):
    paper, file = issue()
    settings.PAPER_SIGNING_KEY = tmp_path / "next.p12"
    settings.PAPER_SIGNING_KEY.write_bytes(new_key("secret"))
    settings.PAPER_SIGNING_PASSPHRASE = "secret"
    after, second = issue()
    assert after.certificate != paper.certificate
    assert check(paper, file) is check(after, second) is Outcome.SAME


def test_a_paper_being_prepared_is_found_by_nobody():
    paper = reserve()
    assert Paper.objects.issued().filter(token=paper.token).first() is None


@pytest.mark.parametrize(
    "wrap", ["{}", " {} ", "https://exemple.fr/verifier/{}/", "/verifier/{}", "x/verifier/{}/?a=1#b"]
)
def test_a_code_is_found_in_what_people_paste(wrap):
    token = "k3Jx9Qm2ZrT7vLw0aPfYdHn4bCeGuSiO"
    assert token_in(wrap.format(token)) == token


@pytest.mark.parametrize("typed", ["", "AFF-2026-000001", "https://exemple.fr/", "é" * 40, "a" * 500, "../../etc"])
def test_what_is_no_code_is_not_taken_for_one(typed):
    assert token_in(typed) == ""
