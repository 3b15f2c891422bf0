"""The pages, through their doors: what the organisme, the référent and the trainee see, do and are refused."""

import io
import json
import zipfile
from decimal import Decimal

import pytest
from django.urls import reverse

from lms.kernel.jobs import run_due
from lms.kernel.models import JournalEntry, OutgoingMail, Paper
from parcours.paperwork import actions
from parcours.paperwork.documents.connections import connections_content
from parcours.paperwork.documents.pieces import digest
from parcours.paperwork.lifecycle import TextKind
from parcours.paperwork.models import Batch, Delivery, HouseText, Invoice, Price
from parcours.paperwork.tasks import issue_batch
from tests.parcours.learning.factories import activity, finish
from tests.parcours.paperwork.doors import page, refused, said, send
from tests.parcours.paperwork.factories import (
    hold,
    live_session,
    manager_of,
    seat,
)
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


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
        address = reverse("paperwork:export", args=[session.public_id])
        assert desk.get(address).status_code == 405
        assert json.loads(desk.post(address, {"format": "json"}).content)
        exported = desk.post(address, {"format": "csv"}).content.decode("utf-8-sig")
        assert JournalEntry.objects.filter(verb="paperwork.export_billing", after={"rows": 1}).count() == 2
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
