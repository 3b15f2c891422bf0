"""Several payers whose parts add up to the price, to the cent; invoices made elsewhere, once, and credited."""

import datetime
import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from lms.kernel.lifecycle import TransitionRefused
from parcours.paperwork import actions
from parcours.paperwork.documents import billing_of
from parcours.paperwork.documents.billing import as_json, payers_of, price_of
from parcours.paperwork.engine.money import net_of, shares, totals
from parcours.paperwork.lifecycle import PayerKind
from parcours.paperwork.models import Invoice, Price
from tests.organisations.factories import OrganisationFactory
from tests.parcours.paperwork.factories import hold, live_session, manager_of, pdf_file, seat, sent_convention

amounts = st.decimals(min_value=0, max_value=1_000_000, places=2)


@given(amounts, st.integers(1, 400))
def test_shares_never_lose_a_cent(amount, count):
    parts = shares(amount, count)
    assert len(parts) == count
    assert sum(parts) == amount
    assert max(parts) - min(parts) <= Decimal("0.01")


@given(amounts, st.sampled_from([Decimal(0), Decimal("5.5"), Decimal(10), Decimal(20)]))
def test_net_and_vat_add_up_to_what_is_paid(amount, rate):
    net = net_of(amount, rate)
    assert net + (amount - net) == amount
    assert totals([(Decimal(1), net)], rate).gross == pytest.approx(amount, abs=Decimal("0.01"))


@pytest.fixture
def registration(db):
    return seat(live_session(), OrganisationFactory(name="Commune de Dol"))


def part(amount, kind=PayerKind.EMPLOYER, name="Commune de Dol", **values):
    return {"payer_kind": kind, "payer_name": name, "amount": Decimal(amount)} | values


def bill(session, parts, gross="450.00", **values):
    told = {"number": "F-1", "issued_on": datetime.date(2026, 11, 20), "payer_name": "Commune de Dol"}
    told |= {"net": Decimal(gross), "vat": Decimal(0)}
    return actions.record_invoice(session, parts=parts, by=manager_of(session.organisation), **(told | values))


class TestParts:
    def test_they_add_up_to_the_price(self, registration):
        price = actions.set_parts(
            registration, [part("300.00"), part("150.00", PayerKind.OPCO, "OPCO")], by=registration.person
        )
        assert price.amount == price.parts_total == Decimal("450.00")

    @pytest.mark.parametrize(("amount", "said"), [("449.99", "Il manque 0,01"), ("450.01", "Il y a 0,01")])
    def test_a_cent_too_few_or_too_many_is_refused_and_said(self, registration, amount, said):
        with pytest.raises(TransitionRefused, match=said):
            actions.set_parts(registration, [part(amount)], by=registration.person)
        assert not Price.objects.exists()

    def test_the_database_refuses_it_too(self, registration):
        with pytest.raises(IntegrityError), transaction.atomic():
            Price.objects.create(registration=registration, amount=Decimal(450), parts_total=Decimal(449))

    def test_the_employer_pays_all_until_somebody_says_otherwise(self, registration):
        actions.price_registration(registration, by=registration.person)
        assert actions.price_registration(registration, by=registration.person) is None
        (line,) = billing_of(registration.session)
        assert (line.part.payer_name, line.part.amount) == ("Commune de Dol", Decimal("450.00"))

    def test_a_convention_shares_its_price_to_the_cent(self, run_jobs, db):
        session, buyer = live_session(), OrganisationFactory()
        people = [seat(session, buyer) for _ in range(3)]
        by = manager_of(session.organisation)
        sent_convention(session, buyer, by=by, run_jobs=run_jobs, seats=3, net=Decimal("100.00"))
        assert [price_of(one) for one in people] == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]


class TestInvoices:
    @pytest.fixture
    def billed(self, registration):
        return actions.price_registration(registration, by=registration.person).parts.get()

    def test_one_is_recorded_with_its_file(self, registration, billed):
        invoice = bill(registration.session, [billed], file=pdf_file())
        with invoice.file.open() as stored:
            assert stored.read() == pdf_file().data
        (line,) = billing_of(registration.session)
        assert line.invoice == invoice
        assert payers_of([line])[0].left == 0

    def test_a_number_is_recorded_once(self, registration, billed):
        bill(registration.session, [billed])
        with pytest.raises(TransitionRefused, match="déjà enregistrée"):
            bill(registration.session, [])

    def test_a_part_is_billed_once(self, registration, billed):
        bill(registration.session, [billed])
        with pytest.raises(TransitionRefused, match="Déjà facturé"):
            bill(registration.session, [billed], number="F-2")

    def test_it_bills_what_the_parts_say(self, registration, billed):
        with pytest.raises(TransitionRefused, match="corrigez-les"):
            bill(registration.session, [billed], gross="400.00")
        assert not Invoice.objects.exists()

    def test_credited_in_whole_the_part_may_be_billed_and_shared_again(self, registration, billed):
        first = bill(registration.session, [billed])
        with pytest.raises(TransitionRefused, match="avoir"):
            actions.set_parts(registration, [part("450.00")], by=registration.person)
        bill(registration.session, [], number="A-1", credit_of=first)
        assert billing_of(registration.session)[0].invoice is None
        price = actions.set_parts(registration, [part("450.00")], by=registration.person)
        assert bill(registration.session, [price.parts.get()], number="F-2").pk

    def test_a_credit_never_passes_what_is_left(self, registration, billed):
        first = bill(registration.session, [billed])
        bill(registration.session, [], gross="400.00", number="A-1", credit_of=first)
        with pytest.raises(TransitionRefused, match="ne dépasse pas"):
            bill(registration.session, [], gross="51.00", number="A-2", credit_of=first)


def test_the_export_gives_the_purchase_references_and_the_hours(run_jobs, db):
    session, buyer = live_session(), OrganisationFactory()
    one = seat(session, buyer)
    hold(session, one)
    by = manager_of(session.organisation)
    sent_convention(session, buyer, by=by, run_jobs=run_jobs)
    actions.price_registration(one, by=by)
    certificate = actions.issue_certificate(one, by=by)
    (line,) = json.loads(as_json(session, billing_of(session)))["lines"]
    assert line["service_code"] == "SVC-12"
    assert line["engagement_number"] == "EJ-2026-0042"
    assert line["payer_siret"] == buyer.siret
    assert line["hours"] == "7.00"
    assert line["gross"] == "450.00"
    assert line["certificate"] == certificate.paper.number
    assert line["convention"].startswith("CVT-")
