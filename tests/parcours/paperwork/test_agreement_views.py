"""Devis and conventions through their doors: sent, accepted, signed, refused."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lms.kernel.models import OutgoingMail
from parcours.paperwork import actions
from parcours.paperwork.lifecycle import ConventionState, QuoteState
from parcours.paperwork.models import Convention, Quote
from tests.organisations.factories import OrganisationFactory
from tests.parcours.paperwork.doors import page, refused, said, send
from tests.parcours.paperwork.factories import (
    PDF,
    live_session,
    manager_of,
    quote_for,
    referent_of,
    seat,
    sent_convention,
)
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


class TestDevis:
    def form(self, buyer, **values):
        told = {"buyer": buyer.pk, "seats": 1, "valid_until": "2030-01-31", "label_1": "Par stagiaire"}
        return told | {"quantity_1": "1", "price_1": "450,00"} | values

    def test_one_is_sent_from_its_form(self, desk, organisation, buyer):
        session = live_session(organisation, days=20)
        seat(session, buyer)
        assert "envoyé à Commune de Dol" in said(send(desk, "new_quote", session.public_id, data=self.form(buyer)))
        assert Quote.objects.get().totals.gross == Decimal("450.00")

    def test_a_line_half_written_is_refused(self, desk, organisation, buyer):
        session = live_session(organisation, days=20)
        seat(session, buyer)
        data = self.form(buyer, label_2="Déplacement")
        assert "complétez-la, ou videz-la" in refused(desk, "new_quote", session.public_id, data=data)

    def test_missing_mentions_stop_it_with_where_to_fill_them(self, desk, organisation, buyer):
        organisation.vat_mention = ""
        organisation.save()
        session = live_session(organisation, days=20)
        seat(session, buyer)
        text = said(send(desk, "new_quote", session.public_id, data=self.form(buyer)))
        assert "la mention de TVA" in text
        assert not Quote.objects.exists()

    def accepted(self, client, quote, **values):
        data = {"name": "Anne Roux", "role": "maire", "agreed": "on"} | values
        return said(send(client, "accept_quote", quote.buyer.public_id, quote.public_id, data=data))

    @pytest.fixture
    def quote(self, organisation, buyer, run_jobs):
        found = quote_for(live_session(organisation, days=20), buyer, by=manager_of(organisation))
        run_jobs()
        return found

    def test_the_référent_accepts_it_by_name(self, mairie, quote, run_jobs):
        assert "Bon pour accord" in page(mairie, "structure_quote", quote.buyer.public_id, quote.public_id)
        assert "Le devis est accepté" in self.accepted(mairie, quote)
        assert Quote.objects.get().state == QuoteState.ACCEPTED
        run_jobs()
        assert OutgoingMail.objects.filter(subject__contains="accepté").count() == 1

    def test_without_the_box_nothing_is_accepted(self, mairie, quote):
        assert "Cochez la déclaration" in self.accepted(mairie, quote, agreed="")
        assert Quote.objects.get().state == QuoteState.SENT

    def test_twice_is_refused(self, mairie, quote):
        self.accepted(mairie, quote)
        assert "l’état actuel est « accepté »" in self.accepted(mairie, quote)

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [(b"une photo", "n’est pas un PDF"), (PDF + b"x" * 5_000_001, "dépasse 5"), (b"", "est vide")],
    )
    def test_only_a_pdf_of_fair_weight_is_taken(self, mairie, quote, data, sentence):
        given = {"fichier-name": "Anne Roux", "fichier-role": "maire"}
        given["fichier-file"] = SimpleUploadedFile("devis signé.pdf", data)
        response = send(mairie, "upload_quote", quote.buyer.public_id, quote.public_id, data=given)
        assert sentence in said(response)
        assert Quote.objects.get().state == QuoteState.SENT

    def test_signed_on_paper_it_is_kept(self, mairie, quote):
        given = {"fichier-name": "Anne Roux", "fichier-role": "maire"}
        given["fichier-file"] = SimpleUploadedFile("devis.pdf", PDF)
        send(mairie, "upload_quote", quote.buyer.public_id, quote.public_id, data=given)
        signature = quote.session_paper.signatures.get()
        kept = mairie.get(reverse("paperwork:signed_file", args=[quote.paper.number, signature.pk]))
        assert kept.content == PDF
        assert kept.headers["Content-Disposition"].startswith("attachment")

    def test_a_référent_of_another_structure_does_not_find_it(self, quote):
        stranger = signed_in(referent_of(OrganisationFactory()))
        url = reverse("paperwork:accept_quote", args=[quote.buyer.public_id, quote.public_id])
        assert stranger.post(url, {"name": "x", "role": "y", "agreed": "on"}).status_code == 404


class TestConventions:
    def form(self, buyer, **values):
        told = {"buyer": buyer.pk, "seats": 1, "net": "450", "payment_terms": "Par virement", "quote": ""}
        return (
            told | {"buyer_siret": buyer.siret, "service_code": "", "engagement_number": "EJ-1", "terms": ""} | values
        )

    def test_from_the_draft_to_both_signatures(self, desk, mairie, organisation, buyer, run_jobs):
        session = live_session(organisation, days=20)
        seat(session, buyer)
        send(desk, "new_convention", session.public_id, data=self.form(buyer))
        convention = Convention.objects.get()
        assert "signée et envoyée" in said(send(desk, "send_convention", convention.public_id))
        run_jobs()
        args = (buyer.public_id, convention.public_id)
        assert "pouvoir d’engager Commune de Dol" in page(mairie, "structure_convention", *args)
        data = {"name": "Anne Roux", "role": "maire", "agreed": "on"}
        assert "signée des deux parties" in said(send(mairie, "sign_convention", *args, data=data))
        run_jobs()
        convention.refresh_from_db()
        assert convention.state == ConventionState.SIGNED
        assert [one.factor for one in convention.session_paper.signatures.all()] == ["mfa", "mfa"]
        assert "exemplaire signé" in page(mairie, "structure_convention", *args)

    def test_a_wrong_siret_is_refused(self, desk, organisation, buyer):
        session = live_session(organisation, days=20)
        seat(session, buyer)
        data = self.form(buyer, buyer_siret="123")
        assert "14" in refused(desk, "new_convention", session.public_id, data=data)
        assert not Convention.objects.exists()

    def test_a_draft_badly_changed_keeps_what_was_typed(self, desk, organisation, buyer):
        session = live_session(organisation, days=20)
        seat(session, buyer)
        send(desk, "new_convention", session.public_id, data=self.form(buyer))
        convention = Convention.objects.get()
        data = self.form(buyer, net="", terms="Repas compris")
        assert "Repas compris" in refused(desk, "convention", convention.public_id, data=data)
        send(desk, "convention", convention.public_id, data=data | {"net": "300"})
        convention.refresh_from_db()
        assert (convention.net, convention.terms) == (300, "Repas compris")

    def test_a_draft_takes_the_devis_that_was_accepted_since(self, desk, organisation, buyer, run_jobs):
        session = live_session(organisation, days=20)
        seat(session, buyer)
        send(desk, "new_convention", session.public_id, data=self.form(buyer))
        convention = Convention.objects.get()
        quote = quote_for(session, buyer, by=manager_of(organisation))
        run_jobs()
        actions.accept_quote(quote, by=referent_of(buyer), name="Anne Roux", role="maire")
        send(desk, "convention", convention.public_id, data=self.form(buyer, quote=quote.pk))
        convention.refresh_from_db()
        assert (convention.quote, convention.gross) == (quote, quote.totals.gross)

    def test_whoever_sells_never_signs_for_whoever_buys(self, organisation, buyer, run_jobs):
        from lms.organisations.models import Role
        from tests.organisations.factories import MembershipFactory

        session = live_session(organisation, days=20)
        seat(session, buyer)
        both = manager_of(organisation)
        MembershipFactory(person=both, organisation=buyer, role=Role.STRUCTURE_REFERENT)
        convention = sent_convention(session, buyer, by=both, run_jobs=run_jobs)
        url = reverse("paperwork:sign_convention", args=[buyer.public_id, convention.public_id])
        assert signed_in(both).post(url, {"name": "x", "role": "y", "agreed": "on"}).status_code == 403

    def test_the_next_version_opens_as_a_draft(self, desk, organisation, buyer, run_jobs):
        session = live_session(organisation, days=20)
        seat(session, buyer)
        convention = sent_convention(session, buyer, by=manager_of(organisation), run_jobs=run_jobs)
        assert "Version 2" in said(send(desk, "next_version", convention.public_id))


def test_its_page_is_named_for_the_devis_and_stands_under_the_documents_of_its_session(desk, organisation, buyer):
    session = live_session(organisation, half_days=1)
    quote = quote_for(session, buyer, by=manager_of(organisation))
    told = page(desk, "quote", quote.public_id)
    assert f"<h1>Devis {quote.paper.number}</h1>" in told
    assert f"<bdi>{session.title}</bdi> · " in told
    documents = reverse("paperwork:session", args=[session.public_id])
    for here, address in (("page", documents), ("page", reverse("classroom:sessions"))):
        assert f'href="{address}" aria-current="{here}"' in told
    header = told[: told.index("</header>")]
    assert header.count("aria-current") == 1
