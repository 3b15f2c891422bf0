import hashlib
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from lms.kernel import papers
from lms.kernel.models import AlteredFile, JournalEntry, Paper, WrittenOnce
from tests.accounts.factories import PersonFactory
from tests.kernel.papers.factories import KIND, content, issue, reserve
from tests.kernel.threads import together
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


def test_numbers_follow_one_another_in_their_year():
    with time_machine.travel(datetime(2026, 12, 1, tzinfo=UTC), tick=False):
        assert [reserve().number for _ in range(2)] == ["ESS-2026-000001", "ESS-2026-000002"]
    with time_machine.travel(datetime(2027, 1, 2, tzinfo=UTC), tick=False):
        assert reserve().number == "ESS-2027-000001"


@pytest.mark.parametrize(
    ("zone", "number"), [("Europe/Paris", "ESS-2026-000001"), ("Indian/Reunion", "ESS-2027-000001")]
)
def test_the_year_is_the_one_where_the_issuer_stands(zone, number):
    with time_machine.travel(datetime(2026, 12, 31, 21, tzinfo=UTC), tick=False):
        paper = reserve(zone=zone)
    assert paper.number == number
    assert paper.issued_on.year == paper.year


def test_asked_twice_it_is_issued_once():
    first, second = reserve(key="same"), reserve(key="same", holder="Quelqu’un d’autre")
    assert first.pk == second.pk
    assert second.content["holder"] == "Camille Durand"
    assert reserve().sequence == first.sequence + 1


def test_a_rolled_back_reservation_leaves_no_hole():
    first = reserve()
    with pytest.raises(RuntimeError), transaction.atomic():
        reserve()
        raise RuntimeError
    assert reserve().sequence == first.sequence + 1


def test_the_token_cannot_be_guessed():
    tokens = {reserve().token for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) >= 22 for token in tokens)  # 128 bits in base 64


def test_a_failed_render_keeps_the_number_for_the_next_try(monkeypatch):
    paper = reserve(key="retried")
    with monkeypatch.context() as patch:
        patch.setattr(papers.pdf, "BASE", papers.pdf.BASE / "nowhere")
        with pytest.raises(papers.RenderFailed):
            papers.render(paper)
    again = reserve(key="retried")
    sealed = papers.seal(again, papers.render(again))
    assert sealed.number == paper.number
    assert Paper.objects.count() == 1


def test_sealing_keeps_the_bytes_under_their_hash():
    paper, pdf = issue()
    assert paper.state == Paper.State.SEALED
    assert paper.sha256 == hashlib.sha256(pdf).hexdigest()
    assert paper.size == len(pdf)
    assert paper.read() == pdf
    assert paper.sha256 in paper.file_name
    verbs = JournalEntry.objects.filter(subject_type="kernel.paper").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["kernel.reserve_paper", "kernel.seal_paper"]


def test_a_crash_between_the_two_transactions_leaves_one_number_and_one_file():
    """The first try rendered and stored its file, then died before its transaction was committed."""
    paper = reserve()
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        papers.seal(paper, papers.render(paper))
        raise KeyboardInterrupt
    paper.refresh_from_db()
    assert paper.state == Paper.State.RESERVED
    sealed = papers.seal(paper, papers.render(paper))
    assert storages["papers"].listdir(sealed.folder)[1] == [f"{sealed.sha256}.pdf"]
    assert hashlib.sha256(sealed.read()).hexdigest() == sealed.sha256


def test_of_two_renditions_the_first_sealed_stands():
    paper = reserve()
    first, second = papers.render(paper), papers.render(paper)
    papers.seal(paper, first)
    assert papers.seal(paper, second).sha256 == first.sha256
    assert Paper.objects.get(pk=paper.pk).read() == first.pdf


def test_a_sealed_paper_is_never_rendered_again():
    paper, _ = issue()
    with pytest.raises(papers.AlreadySealed):
        papers.render(paper)


@pytest.mark.parametrize(
    "change",
    [
        "content = '{}'",
        "number = 'ESS-2026-999999'",
        "sha256 = 'f00'",
        "twin_html = 'autre'",
        "size = size + 1",
        "issued_at = '2020-01-01 00:00:00+00:00'",
        "token = 'deviné'",
        "state = 'reserved', sha256 = '', size = NULL, sealed_at = NULL",
    ],
)
def test_the_database_refuses_to_change_what_was_sealed(change):
    paper, _ = issue()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE kernel_paper SET {change} WHERE id = %s", [paper.pk])


def test_the_database_refuses_to_give_back_a_revoked_paper(django_user_model):
    paper, _ = issue()
    papers.revoke(paper, by=None, reason="error")
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(state="sealed", revoked_at=None, revocation_reason="")


def test_a_frozen_content_does_not_change_even_before_the_seal():
    paper = reserve()
    paper.content = content(holder="Quelqu’un d’autre")
    with pytest.raises(IntegrityError), transaction.atomic():
        paper.save()


def test_a_paper_is_never_deleted():
    paper = reserve()
    with pytest.raises(WrittenOnce):
        paper.delete()
    with pytest.raises(WrittenOnce):
        Paper.objects.all().delete()


def test_stored_bytes_that_changed_are_not_handed_over():
    paper, pdf = issue()
    path = storages["papers"].path(paper.file_name)
    with open(path, "wb") as file:
        file.write(pdf[:-1] + b"!")
    with pytest.raises(AlteredFile):
        paper.read()
    storages["papers"].delete(paper.file_name)
    with pytest.raises(AlteredFile):
        paper.read()


def test_the_same_content_makes_the_pdf_and_the_page():
    paper, _ = issue()
    for text in papers.texts_of(content()):
        assert text in paper.twin_html.replace("&#x27;", "'")
    assert paper.number in paper.twin_html
    assert paper.verification_url in paper.twin_html


def test_two_kinds_never_share_a_code_or_a_prefix():
    papers.register(KIND)
    with pytest.raises(ValueError, match="essai"):
        papers.register(papers.PaperKind(**KIND.__dict__ | {"label": "Autre"}))
    with pytest.raises(ValueError, match="ESS"):
        papers.register(papers.PaperKind(**KIND.__dict__ | {"code": "autre"}))


@pytest.mark.django_db(transaction=True)
def test_fifty_issuers_at_once_make_no_double_and_no_hole():
    """One in seven is rolled back after having taken its number; one in five repeats the key of another."""

    def work(index):
        if index % 7 == 3:
            with pytest.raises(RuntimeError), transaction.atomic():
                reserve(key=f"rolled-back:{index}")
                raise RuntimeError
            return None
        return reserve(key=f"kept:{index // 2 * 2 if index % 5 == 0 else index}").number

    numbers = [number for number in together(50, work) if number]
    sequences = sorted(Paper.objects.values_list("sequence", flat=True))
    assert sequences == list(range(1, len(set(numbers)) + 1))
    assert {paper.number for paper in Paper.objects.all()} == set(numbers)
    assert Paper.objects.filter(key__startswith="rolled-back").count() == 0


def test_the_administration_shows_papers_without_what_they_say():
    paper, _ = issue()
    client = signed_in(PersonFactory(staff=True))
    for address in ("admin:kernel_paper_changelist", "admin:kernel_paper_change"):
        page = client.get(reverse(address, args=[paper.pk] if address.endswith("change") else []))
        assert page.status_code == 200
        assert paper.number in page.content.decode()
        assert "Camille Durand" not in page.content.decode()
        assert paper.token not in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_eight_issuers_at_once_render_seal_and_share_nothing():
    """Each in its own thread, each forking: the files are whole, and no connection suffers."""

    def work(index):
        paper, file = issue(holder=f"Personne {index}")
        return paper.read() == file and Paper.objects.filter(state=Paper.State.SEALED, pk=paper.pk).count()

    assert together(8, work) == [1] * 8
    assert Paper.objects.values("sha256").distinct().count() == 8
