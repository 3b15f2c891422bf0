"""The pages, through their doors: what the organisme, the référent and the trainee see, do and are refused."""

import io
import zipfile
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lms.kernel.jobs import run_due
from lms.kernel.models import OutgoingMail, Paper
from parcours.paperwork import actions
from parcours.paperwork.documents.connections import connections_content
from parcours.paperwork.documents.pieces import digest
from parcours.paperwork.lifecycle import ConventionState, QuoteState, TextKind
from parcours.paperwork.models import Batch, Convention, Delivery, HouseText, Invoice, Price, Quote
from parcours.paperwork.tasks import issue_batch
from tests.organisations.factories import OrganisationFactory
from tests.parcours.learning.factories import activity, finish
from tests.parcours.paperwork.factories import (
    PDF,
    hold,
    live_session,
    manager_of,
    organisme,
    quote_for,
    referent_of,
    seat,
    sent_convention,
)
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return organisme(name="Institut de la médiation")


@pytest.fixture
def desk(organisation):
    return signed_in(manager_of(organisation))


@pytest.fixture
def buyer():
    return OrganisationFactory(name="Commune de Dol")


@pytest.fixture
def mairie(buyer):
    return signed_in(referent_of(buyer))


def said(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def page(client, name, *args):
    response = client.get(reverse(f"paperwork:{name}", args=args))
    assert response.status_code == 200
    return said(response)


def send(client, name, *args, data=None, follow=True):
    return client.post(reverse(f"paperwork:{name}", args=args), data or {}, follow=follow)


def refused(client, name, *args, data) -> str:
    """The page of a form that is not taken: what was typed is still there."""
    response = send(client, name, *args, data=data)
    assert response.status_code == 422
    return said(response)


class TestTheFileOfASession:
    def test_it_says_what_lacks_and_why(self, desk, organisation, buyer):
        session = live_session(organisation)
        hold(session, seat(session, buyer), locked=False)
        text = page(desk, "session", session.public_id)
        assert "Feuille non verrouillée" in text
        assert "Commune de Dol : aucune convention préparée." in text
        assert "Aucun livret d’accueil n’est publié." in text

    def test_all_at_once_then_one_zip(self, desk, organisation, buyer, run_jobs):
        session = live_session(organisation)
        people = [seat(session, buyer) for _ in range(2)]
        hold(session, *people)
        assert "se préparent" in said(send(desk, "issue_all", session.public_id))
        run_jobs()
        batch = Batch.objects.get()
        assert batch.refusals == []
        assert batch.total == 1 + 2 + 2 * 2
        archive = desk.get(reverse("paperwork:archive", args=[session.public_id]))
        names = zipfile.ZipFile(io.BytesIO(archive.getvalue())).namelist()
        assert len([name for name in names if name.startswith("certificat-realisation/")]) == 2
        assert "LISEZ-MOI.txt" in names

    def test_ordered_twice_it_issues_nothing_twice(self, organisation, buyer, run_jobs):
        session = live_session(organisation)
        hold(session, seat(session, buyer))
        manager = manager_of(organisation)
        batch = actions.order_batch(session, by=manager)
        run_jobs()
        count = Paper.objects.count()
        issue_batch(batch.pk)
        actions.order_batch(session, by=manager)
        run_jobs()
        assert Paper.objects.count() == count

    def test_while_one_runs_another_is_refused(self, desk, organisation):
        session = live_session(organisation)
        send(desk, "issue_all", session.public_id)
        assert "déjà en cours" in said(send(desk, "issue_all", session.public_id))
        assert Batch.objects.count() == 1

    def test_what_could_not_be_issued_is_said(self, desk, organisation, buyer, run_jobs):
        session = live_session(organisation)
        hold(session, seat(session, buyer), locked=False)
        send(desk, "issue_all", session.public_id)
        run_jobs()
        assert "n’est pas verrouillée" in page(desk, "session", session.public_id)

    def test_it_costs_the_same_for_two_people_or_twelve(self, desk, organisation, django_assert_max_num_queries):
        session = live_session(organisation)
        hold(session, *(seat(session) for _ in range(12)))
        with django_assert_max_num_queries(45):
            page(desk, "session", session.public_id)
        with django_assert_max_num_queries(35):
            page(desk, "people", session.public_id)

    def test_a_certificate_is_corrected_with_its_reason(self, desk, organisation, run_jobs):
        session = live_session(organisation)
        one = seat(session)
        hold(session, one)
        actions.issue_certificate(one, by=None)
        run_jobs()
        args = (session.public_id, one.public_id)
        assert "Cette réponse manque" in refused(desk, "correct", *args, data={"reason": ""})
        text = refused(desk, "correct", *args, data={"reason": "erreur de saisie"})
        assert "Rien n’a changé" in text
        assert "erreur de saisie" in text
        one.attendances.filter(sheet__half_day__position=2).update(state="absent", minutes=0)
        assert "Nouveau certificat" in said(send(desk, "correct", *args, data={"reason": "départ à midi"}))


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


class TestTheSpaceOfAStructure:
    def test_certificates_come_in_one_file_and_no_other_structure_has_them(self, mairie, organisation, buyer, run_jobs):
        session = live_session(organisation)
        own, other = seat(session, buyer), seat(session)
        hold(session, own, other)
        for one in (own, other):
            actions.issue_certificate(one, by=None)
        run_jobs()
        archive = mairie.get(reverse("paperwork:certificates", args=[buyer.public_id]))
        names = zipfile.ZipFile(io.BytesIO(archive.getvalue())).namelist()
        assert len([name for name in names if name.endswith(".pdf")]) == 1
        text = page(mairie, "structure", buyer.public_id)
        assert own.person.full_name in text
        assert other.person.full_name not in text

    def test_it_reads_no_sheet_and_no_statement(self, mairie, organisation, buyer, run_jobs):
        session = live_session(organisation, online=True)
        one = seat(session, buyer)
        finish(one.enrolment, activity(one.enrolment, 0))
        sheet = actions.issue_sheet(hold(session, one)[0], by=None)
        statement = actions.sign_connections(one, by=one.person, read=digest(connections_content(one)))
        run_jobs()
        for row in (sheet, statement):
            assert mairie.get(reverse("paperwork:paper", args=[row.paper.number])).status_code == 404


class TestBilling:
    def test_parts_are_shared_and_a_wrong_sum_is_said(self, desk, organisation, buyer):
        session = live_session(organisation)
        one = seat(session, buyer)
        data = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0}
        data |= {"form-0-payer_kind": "employer", "form-0-payer_name": "Commune de Dol", "form-0-amount": "300,00"}
        data |= {"form-1-payer_kind": "opco", "form-1-payer_name": "OPCO", "form-1-amount": "149,99"}
        args = (session.public_id, one.public_id)
        assert "Il manque 0,01 €" in refused(desk, "parts", *args, data=data)
        assert "Donnez la part" in refused(desk, "parts", *args, data=data | {"form-1-amount": ""})
        send(desk, "parts", *args, data=data | {"form-1-amount": "150,00"})
        assert Price.objects.get().parts.count() == 2
        text = page(desk, "billing", session.public_id)
        assert "450,00 €" not in text
        assert "150,00 €" in text

    def test_an_invoice_is_recorded_and_exported(self, desk, organisation, buyer):
        session = live_session(organisation)
        seat(session, buyer)
        send(desk, "price_all", session.public_id)
        part = Price.objects.get().parts.get()
        data = {"number": "F-1", "issued_on": "2026-11-20", "payer_name": "Commune de Dol", "net": "450", "vat": "0"}
        assert "F-1" in refused(desk, "new_invoice", session.public_id, data=data | {"net": "beaucoup"})
        send(desk, "new_invoice", session.public_id, data=data | {"parts": [part.pk]})
        assert Invoice.objects.get().gross == Decimal(450)
        exported = desk.get(reverse("paperwork:export", args=[session.public_id, "csv"])).content.decode("utf-8-sig")
        assert "450,00" in exported.splitlines()[1]
        assert "F-1" in exported.splitlines()[1]

    def test_the_list_costs_the_same_for_any_number(self, desk, organisation, django_assert_max_num_queries):
        session = live_session(organisation)
        for _ in range(12):
            actions.price_registration(seat(session), by=None)
        with django_assert_max_num_queries(35):
            page(desk, "billing", session.public_id)


class TestTextsOfTheOrganisme:
    def test_a_version_is_published_from_the_default_and_handed_once(self, desk, organisation, run_jobs):
        text = page(desk, "text", organisation.public_id, TextKind.REGLEMENT)
        assert "L6352-3" in text
        send(desk, "text", organisation.public_id, TextKind.REGLEMENT, data={"body": "## Règles\nRespect."})
        run_jobs()
        one = seat(live_session(organisation, days=20))
        assert len(actions.deliver_texts(one)) == 1
        assert actions.deliver_texts(one) == []
        run_jobs()
        assert OutgoingMail.objects.filter(to=one.person.email, subject__startswith="À lire").count() == 1

    def test_the_same_text_is_not_published_again(self, desk, organisation):
        send(desk, "text", organisation.public_id, TextKind.LIVRET, data={"body": "Bonjour."})
        text = refused(desk, "text", organisation.public_id, TextKind.LIVRET, data={"body": "Bonjour."})
        assert "rien n’a été publié" in text
        assert HouseText.objects.count() == 1

    def test_a_text_refused_for_the_mentions_that_lack_is_not_lost(self, desk, organisation):
        organisation.signatory_name = ""
        organisation.save()
        args = (organisation.public_id, TextKind.LIVRET)
        text = refused(desk, "text", *args, data={"body": "Venir tôt, par le quai."})
        assert "Venir tôt, par le quai." in text
        assert not HouseText.objects.exists()

    def test_opening_and_acknowledging_are_the_proof(self, organisation, run_jobs):
        actions.publish_text(organisation, TextKind.LIVRET, "## Venir\nTôt.", by=None)
        run_jobs()
        one = seat(live_session(organisation, days=20))
        (delivery,) = actions.deliver_texts(one)
        trainee = signed_in(one.person)
        assert "Venir" in page(trainee, "read_text", delivery.pk)
        opened = Delivery.objects.get().opened_at
        assert opened
        page(trainee, "read_text", delivery.pk)
        assert Delivery.objects.get().opened_at == opened
        assert "C’est noté" in said(send(trainee, "acknowledge", delivery.pk))
        assert "déjà indiqué" in said(send(trainee, "acknowledge", delivery.pk))

    def test_mentions_are_filled_and_read_again(self, desk, organisation):
        data = {"nda": organisation.nda, "address": "1 rue A", "postcode": "35000", "city": "Rennes"}
        data |= {"signatory_name": "Anne", "signatory_role": "directrice", "vat_rate": "20", "vat_mention": "FR12"}
        data |= {"dpo_contact": "dpo@x.test", "payment_terms": "30 jours", "address_complement": ""}
        assert "1 rue A" in refused(desk, "mentions", organisation.public_id, data=data | {"vat_rate": "beaucoup"})
        send(desk, "mentions", organisation.public_id, data=data)
        organisation.refresh_from_db()
        assert (organisation.signatory_name, organisation.vat_rate) == ("Anne", Decimal(20))
        assert "Toutes les mentions sont remplies" in page(desk, "houses")


class TestTheTrainee:
    def test_the_statement_is_read_then_signed(self, organisation, run_jobs):
        one = seat(live_session(organisation, online=True))
        finish(one.enrolment, activity(one.enrolment, 0))
        trainee = signed_in(one.person)
        assert "À quoi sert ce document" in page(trainee, "connections", one.public_id)
        read = digest(connections_content(one))
        assert "Cochez" in refused(trainee, "sign_connections", one.public_id, data={"read": read})
        data = {"read": read, "agreed": "on"}
        assert "Relevé signé" in said(send(trainee, "sign_connections", one.public_id, data=data))
        run_due()
        assert "RCX-" in page(trainee, "mine", one.public_id)
        assert trainee.get(reverse("learning:papers")).status_code == 200
