"""The clock erases what was announced: proofs six years after a session, ten with European funds, accounts ten."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.files.storage import storages
from django.utils import timezone

from lms.kernel import papers
from lms.kernel.models import JournalEntry, Paper
from lms.kernel.terms import years_before
from parcours.classroom.models import Registration, Session
from parcours.emargement.models import Attendance, Sheet, Signature
from parcours.learning.documents import ATTESTATION
from parcours.learning.tasks.attestations import forget_attestations
from parcours.paperwork import actions
from parcours.paperwork.lifecycle import PayerKind, TextKind
from parcours.paperwork.models import Convention, Delivery, HouseText, Invoice, Price, Quote, SessionPaper
from parcours.paperwork.tasks import forget_outlived
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import OrganisationFactory
from tests.parcours.paperwork.factories import (
    PDF,
    fresh,
    hold,
    live_session,
    manager_of,
    pdf_file,
    quote_for,
    referent_of,
    seat,
    sent_convention,
)

pytestmark = pytest.mark.django_db


def today(plus=0):
    """What the clock gives its jobs."""
    return (timezone.localdate() + datetime.timedelta(days=plus)).isoformat()


def outlive(session, years):
    """As if it had been held so many years and a day ago."""
    ended = timezone.now() - datetime.timedelta(days=366 * years)
    Session.objects.filter(pk=session.pk).update(starts_at=ended - datetime.timedelta(hours=8), ends_at=ended)


@pytest.fixture
def session(organisation, run_jobs):
    """Signed, certified, sold, with its texts handed over."""
    manager, buyer = manager_of(organisation), OrganisationFactory()
    actions.publish_text(organisation, TextKind.LIVRET, "Bonjour.", by=manager)
    found = live_session(organisation)
    one = seat(found, buyer)
    hold(found, one)
    actions.deliver_texts(one)
    actions.accept_quote(_sealed_quote(found, buyer, manager, run_jobs), by=referent_of(buyer), name="A", role="maire")
    convention = sent_convention(found, buyer, by=manager, run_jobs=run_jobs)
    actions.sign_convention(fresh(convention), by=referent_of(buyer), name="A", role="maire", file=pdf_file())
    actions.issue_certificate(one, by=manager)
    run_jobs()
    return found


def _sealed_quote(session, buyer, manager, run_jobs):
    quote = quote_for(session, buyer, by=manager)
    run_jobs()
    return Quote.objects.for_page().get(pk=quote.pk)


def test_what_proves_a_session_goes_after_six_years_once_and_the_journal_keeps_the_numbers(session):
    certificate = Paper.objects.get(kind="certificat-realisation")
    outlive(session, 6)
    forget_outlived(today())
    for model in (SessionPaper, Quote, Convention, Delivery, Sheet, Attendance, Signature):
        assert not model.objects.exists(), model
    assert not Paper.objects.filter(house_text=None).exists()
    assert HouseText.objects.get().paper
    assert Registration.objects.exists()
    told = JournalEntry.objects.filter(verb="kernel.forget_paper").values_list("before", flat=True)
    assert certificate.number in [one["number"] for one in told]
    written = JournalEntry.objects.count()
    forget_outlived(today(plus=1))
    assert JournalEntry.objects.count() == written


def test_files_go_with_their_rows(session, django_capture_on_commit_callbacks):
    name = Paper.objects.get(kind="certificat-realisation").file_name
    assert storages["papers"].exists(name)
    outlive(session, 6)
    with django_capture_on_commit_callbacks(execute=True):
        forget_outlived(today())
    assert not storages["papers"].exists(name)


def test_nothing_goes_before_its_time(session):
    outlive(session, 5)
    count = Paper.objects.count()
    forget_outlived(today())
    assert Paper.objects.count() == count
    assert Signature.objects.exists()


def test_european_funds_keep_it_ten_years(session):
    registration = session.registrations.get()
    part = {"payer_kind": PayerKind.EUROPE, "payer_name": "FSE+", "amount": session.price}
    actions.set_parts(registration, [part], by=manager_of(session.organisation))
    outlive(session, 9)
    forget_outlived(today())
    assert Signature.objects.exists()
    outlive(session, 10)
    forget_outlived(today())
    assert not Signature.objects.exists()
    assert not SessionPaper.objects.exists()


def test_accounts_go_after_ten_years(organisation):
    session = live_session(organisation)
    price = actions.price_registration(seat(session), by=None)
    told = {
        "number": "F-1",
        "issued_on": timezone.localdate(),
        "payer_name": "x",
        "net": Decimal(450),
        "vat": Decimal(0),
    }
    invoice = {"parts": list(price.parts.all()), "by": manager_of(organisation), "file": pdf_file(PDF)}
    actions.record_invoice(session, **invoice, **told)
    outlive(session, 9)
    forget_outlived(today())
    assert Invoice.objects.exists()
    outlive(session, 10)
    forget_outlived(today())
    assert not Invoice.objects.exists()
    assert not Price.objects.exists()
    assert JournalEntry.objects.filter(verb="paperwork.forget_money").count() == 1


@pytest.mark.parametrize(("erased", "kept"), [(False, True), (True, False)])
def test_an_attestation_stays_with_its_holder_and_goes_after_an_erased_account(organisation, erased, kept):
    paper = papers.reserve(ATTESTATION, key="a", person=PersonFactory(), organisation=organisation, content={})
    if erased:
        type(paper.person).objects.filter(pk=paper.person_id).update(is_active=False, email=None)
    forget_attestations(today())
    assert Paper.objects.filter(pk=paper.pk).exists()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=366 * 6 + 1)):
        forget_attestations(today())
    assert Paper.objects.filter(pk=paper.pk).exists() == kept


@pytest.mark.parametrize(
    ("day", "before"), [("2026-11-22", "2020-11-22"), ("2028-02-29", "2022-02-28"), ("2030-02-28", "2024-02-28")]
)
def test_six_years_before_is_the_same_date(day, before):
    day, before = map(datetime.date.fromisoformat, (day, before))
    assert years_before(day, 6) == before
