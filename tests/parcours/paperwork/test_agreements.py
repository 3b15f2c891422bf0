"""A devis answered once, by whom it was sent to, in time; a convention signed by one party then the other."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import OutgoingMail, Paper
from parcours.paperwork import actions
from parcours.paperwork.lifecycle import AGREEING, QUOTING, ConventionState, QuoteState
from parcours.paperwork.models import Convention, Quote
from tests.parcours.paperwork.factories import (
    draft_for,
    fresh,
    live_session,
    manager_of,
    pdf_file,
    quote_for,
    referent_of,
    seat,
    sent_convention,
)

NAMED = {"name": "Anne Roux", "role": "maire"}
OPEN_QUOTE = {
    ("accept_quote", QuoteState.SENT),
    ("decline_quote", QuoteState.SENT),
    ("replace_quote", QuoteState.SENT),
    ("replace_quote", QuoteState.DECLINED),
}
OPEN_CONVENTION = {
    ("send_convention", ConventionState.DRAFT),
    ("sign_convention", ConventionState.SENT),
    ("replace_convention", ConventionState.SENT),
    ("replace_convention", ConventionState.SIGNED),
    ("cancel_convention", ConventionState.DRAFT),
    ("cancel_convention", ConventionState.SENT),
}


class Ready:
    """Something sealed and valid, in a state."""

    is_sealed, has_next = True, False

    def __init__(self, state):
        self.state, self.valid_until = state, timezone.localdate()


@pytest.mark.parametrize("move", list(QUOTING.transitions))
@pytest.mark.parametrize("state", QuoteState.values)
def test_only_the_moves_of_a_devis_are_open(state, move):
    assert (QUOTING.refusals(Ready(state), move) == []) == ((move, state) in OPEN_QUOTE)


@pytest.mark.parametrize("move", list(AGREEING.transitions))
@pytest.mark.parametrize("state", ConventionState.values)
def test_only_the_moves_of_a_convention_are_open(state, move):
    assert (AGREEING.refusals(Ready(state), move) == []) == ((move, state) in OPEN_CONVENTION)


def test_nothing_is_signed_before_its_file_exists():
    waiting = Ready(ConventionState.SENT)
    waiting.is_sealed = False
    assert "se prépare encore" in AGREEING.refusals(waiting, "sign_convention")[0]


def test_a_version_that_is_followed_is_not_signed():
    followed = Ready(ConventionState.SENT)
    followed.has_next = True
    assert "nouvelle version" in AGREEING.refusals(followed, "sign_convention")[0]


@pytest.fixture
def session(organisation):
    return live_session(organisation, days=30)


class TestDevis:
    def test_it_is_numbered_frozen_and_told_to_the_référent(self, session, buyer, run_jobs):
        referent = referent_of(buyer)
        quote = quote_for(session, buyer, by=manager_of(session.organisation))
        assert quote.paper.number.startswith("DEV-")
        assert quote.totals.gross == Decimal("900.00")
        run_jobs()
        assert OutgoingMail.objects.get(to=referent.email).subject.startswith("Devis à accepter")

    def test_accepted_once_it_cannot_be_accepted_again(self, session, buyer, run_jobs):
        quote = quote_for(session, buyer, by=manager_of(session.organisation))
        run_jobs()
        quote = Quote.objects.for_page().get(pk=quote.pk)
        actions.accept_quote(quote, by=referent_of(buyer), **NAMED)
        with pytest.raises(TransitionRefused, match="accepté"):
            actions.accept_quote(quote, by=referent_of(buyer), **NAMED)
        signature = quote.session_paper.signatures.get()
        assert (signature.name, signature.role, signature.sha256) == ("Anne Roux", "maire", quote.paper.sha256)

    def test_past_its_date_it_is_refused_with_the_date(self, session, buyer, run_jobs):
        quote = quote_for(session, buyer, by=manager_of(session.organisation))
        run_jobs()
        quote = Quote.objects.for_page().get(pk=quote.pk)
        later = time_machine.travel(timezone.now() + datetime.timedelta(days=61))
        with later, pytest.raises(TransitionRefused, match="plus valable depuis"):
            actions.accept_quote(quote, by=referent_of(buyer), **NAMED)

    def test_what_is_missing_is_said_at_once(self, session, organisation, buyer):
        organisation.vat_mention = ""
        organisation.save()
        buyer.siret = ""
        buyer.save()
        session.organisation.refresh_from_db()
        with pytest.raises(TransitionRefused) as refused:
            quote_for(session, buyer, by=manager_of(organisation))
        assert "la mention de TVA" in refused.value.sentences[0]
        assert "son SIRET" in refused.value.sentences[1]
        assert not Quote.objects.exists()

    def test_a_date_already_past_is_refused(self, session, buyer):
        with pytest.raises(TransitionRefused, match="date de validité"):
            quote_for(session, buyer, by=manager_of(session.organisation), valid_until=datetime.date(2020, 1, 1))

    def test_declined_it_keeps_why(self, session, buyer):
        quote = quote_for(session, buyer, by=manager_of(session.organisation))
        actions.decline_quote(quote, by=referent_of(buyer), reason="budget")
        assert Quote.objects.get().decline_reason == "budget"

    def test_vat_is_counted_once_on_the_total(self, session, organisation, buyer):
        organisation.vat_rate = Decimal("20")
        organisation.save()
        session.organisation.refresh_from_db()
        quote = quote_for(session, buyer, by=manager_of(organisation), seats=3, price=Decimal("33.33"))
        assert (quote.totals.net, quote.totals.vat, quote.totals.gross) == (
            Decimal("99.99"),
            Decimal("20.00"),
            Decimal("119.99"),
        )


class TestConventions:
    def test_both_sign_and_both_signatures_are_kept(self, session, buyer, run_jobs):
        seat(session, buyer)
        convention = sent_convention(session, buyer, by=manager_of(session.organisation), run_jobs=run_jobs)
        signed = actions.sign_convention(convention, by=referent_of(buyer), factor="mfa", **NAMED)
        run_jobs()
        issuer, bought = convention.session_paper.signatures.order_by("pk")
        assert issuer.sha256 == convention.content_sha256
        assert bought.sha256 == convention.paper.sha256
        assert convention.paper.number in bought.statement
        assert signed.state == ConventionState.SIGNED
        copy = Paper.objects.get(pk=signed.signed_paper.paper_id)
        assert copy.is_sealed
        assert convention.paper.sha256 in copy.twin_html

    def test_it_says_all_that_the_law_asks(self, session, buyer, run_jobs):
        one = seat(session, buyer)
        convention = sent_convention(session, buyer, by=manager_of(session.organisation), run_jobs=run_jobs)
        page = convention.paper.twin_html
        for asked in (
            session.title,
            "Objet",
            "Durée et période",
            "Moyens",
            "Déroulement, suivi et sanction",
            "Prix et règlement",
            one.person.full_name,
            "EJ-2026-0042",
            "SVC-12",
            session.organisation.nda,
        ):
            assert asked in page.replace("\u00a0", " ") or asked in page.replace("\u00a0", ""), asked

    def test_signing_twice_is_refused(self, session, buyer, run_jobs):
        seat(session, buyer)
        convention = sent_convention(session, buyer, by=manager_of(session.organisation), run_jobs=run_jobs)
        actions.sign_convention(convention, by=referent_of(buyer), **NAMED)
        with pytest.raises(TransitionRefused, match="signée des deux parties"):
            actions.sign_convention(fresh(convention), by=referent_of(buyer), **NAMED)
        assert convention.session_paper.signatures.count() == 2

    def test_what_changed_since_it_was_sent_is_not_signed(self, session, buyer, run_jobs):
        seat(session, buyer)
        convention = sent_convention(session, buyer, by=manager_of(session.organisation), run_jobs=run_jobs)
        seat(session, buyer)
        with pytest.raises(TransitionRefused, match="a changé"):
            actions.sign_convention(fresh(convention), by=referent_of(buyer), **NAMED)

    def test_as_many_people_as_seats_are_asked_for(self, session, buyer):
        convention = draft_for(session, buyer, by=manager_of(session.organisation))
        with pytest.raises(TransitionRefused, match="Personne de Commune de Dol"):
            actions.send_convention(fresh(convention), by=convention.created_by)
        seat(session, buyer)
        seat(session, buyer)
        with pytest.raises(TransitionRefused, match="accordez les deux"):
            actions.send_convention(fresh(convention), by=convention.created_by)

    def test_one_convention_at_a_time_per_buyer(self, session, buyer):
        manager = manager_of(session.organisation)
        draft_for(session, buyer, by=manager)
        with pytest.raises(TransitionRefused, match="déjà une convention"):
            draft_for(session, buyer, by=manager)

    def test_what_was_sent_is_changed_by_a_version_that_cites_it(self, session, buyer, run_jobs):
        manager = manager_of(session.organisation)
        seat(session, buyer)
        first = sent_convention(session, buyer, by=manager, run_jobs=run_jobs)
        with pytest.raises(TransitionRefused, match="déjà envoyée"):
            actions.amend_convention(first, seats=2, totals=first.quote, by=manager)
        other = seat(session, buyer)
        second = actions.next_convention(first, by=manager)
        assert (second.version, second.seats) == (2, 2)
        with pytest.raises(TransitionRefused):
            actions.next_convention(fresh(first), by=manager)
        second = actions.send_convention(fresh(second), by=manager)
        run_jobs()
        assert first.paper.number in second.paper.content["cites"]
        trainees = next(block for block in second.paper.content["blocks"] if block["title"].startswith("5."))
        assert other.person.full_name in trainees["points"]
        assert Convention.objects.get(pk=first.pk).state == ConventionState.REPLACED
        assert Paper.objects.get(pk=first.paper.pk).state == Paper.State.REVOKED

    def test_a_signed_version_binds_until_the_next_is_signed(self, session, buyer, run_jobs):
        manager, referent = manager_of(session.organisation), referent_of(buyer)
        seat(session, buyer)
        first = sent_convention(session, buyer, by=manager, run_jobs=run_jobs)
        actions.sign_convention(first, by=referent, **NAMED)
        run_jobs()
        second = actions.send_convention(fresh(actions.next_convention(fresh(first), by=manager)), by=manager)
        run_jobs()
        assert Convention.objects.get(pk=first.pk).state == ConventionState.SIGNED
        actions.sign_convention(fresh(second), by=referent, **NAMED)
        run_jobs()
        assert Convention.objects.get(pk=first.pk).state == ConventionState.REPLACED
        assert Paper.objects.get(pk=first.paper.pk).state == Paper.State.REVOKED

    def test_a_draft_may_be_given_up_and_begun_again(self, session, buyer):
        manager = manager_of(session.organisation)
        actions.cancel_convention(draft_for(session, buyer, by=manager), by=manager)
        assert draft_for(session, buyer, by=manager).version == 1

    def test_signed_on_paper_the_file_and_its_hash_are_kept(self, session, buyer, run_jobs):
        seat(session, buyer)
        convention = sent_convention(session, buyer, by=manager_of(session.organisation), run_jobs=run_jobs)
        actions.sign_convention(convention, by=referent_of(buyer), file=pdf_file(), **NAMED)
        signature = convention.session_paper.signatures.get(party="buyer")
        assert signature.way == "file"
        assert len(signature.file_sha256) == 64
