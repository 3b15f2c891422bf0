"""Each paper of a session: its words are in the PDF and on its page, and a sealed one never changes."""

import io

import pytest
from django.utils.html import escape
from pypdf import PdfReader

from lms.kernel import papers
from lms.kernel.formats import NBSP
from lms.kernel.lifecycle import TransitionRefused
from lms.kernel.models import Paper
from parcours.classroom.actions import convoke
from parcours.emargement.documents import hours_of
from parcours.paperwork import actions
from parcours.paperwork.documents import kinds
from parcours.paperwork.documents.connections import connections_content
from parcours.paperwork.documents.pieces import digest
from parcours.paperwork.lifecycle import TextKind
from parcours.paperwork.models import SessionPaper
from tests.organisations.factories import OrganisationFactory
from tests.parcours.learning.factories import activity, finish
from tests.parcours.paperwork.factories import (
    hold,
    live_session,
    manager_of,
    pdf_file,
    quote_for,
    referent_of,
    seat,
    sent_convention,
    told_by,
    words,
)

pytestmark = pytest.mark.django_db
LONG = "Association intercommunale pour l’accompagnement numérique des habitantes et habitants du pays de Brocéliande"


def said(paper) -> str:
    return words(paper.read())


def assert_twin_and_pdf_say_all(paper):
    paper.refresh_from_db()
    kind = papers.kind_of(paper)
    page, file = paper.twin_html, said(paper).replace(" ", "")
    for text in [*told_by(paper.content), kind.purpose, kind.is_not, paper.number]:
        assert escape(text) in page, text
        assert "".join(text.split()) in file, text
    assert page.index("À quoi sert ce document") < page.index("Ce qu’il n’est pas")


def every_kind(organisation, run_jobs):
    """One paper of each kind, with long names."""
    manager, buyer = manager_of(organisation), OrganisationFactory(name=LONG)
    session = live_session(organisation, online=True)
    one = seat(session, buyer, first_name="Maëlle-Élisabeth", last_name="Le Guen de Kergariou")
    finish(one.enrolment, activity(one.enrolment, 0))
    sheets = hold(session, one)
    yield actions.issue_programme(session, by=manager)
    yield actions.issue_convocation(one, by=manager)
    yield actions.issue_sheet(sheets[0], by=manager)
    yield actions.issue_certificate(one, by=manager)
    yield quote_for(session, buyer, by=manager, seats=1).session_paper
    convention = sent_convention(session, buyer, by=manager, run_jobs=run_jobs)
    yield convention.session_paper
    signed = actions.sign_convention(convention, by=referent_of(buyer), name="Anne Roux", role="maire", factor="mfa")
    yield signed.signed_paper
    read = digest(connections_content(one))
    yield actions.sign_connections(one, by=one.person, read=read)


def test_every_paper_says_the_same_in_its_file_and_on_its_page(organisation, run_jobs):
    rows = list(every_kind(organisation, run_jobs))
    run_jobs()
    for row in rows:
        assert_twin_and_pdf_say_all(Paper.objects.get(pk=row.paper_id))
    assert {row.paper.kind for row in rows} == {
        *(kind.code for kind in (kinds.PROGRAMME, kinds.QUOTE, kinds.CONVENTION, kinds.SIGNED_CONVENTION)),
        *(kind.code for kind in (kinds.CONVOCATION, kinds.SHEET, kinds.CERTIFICATE, kinds.CONNECTIONS)),
    }


def test_the_texts_of_the_organisme_are_papers_too(organisation, run_jobs):
    body = "## Venir\nLa salle ouvre à 8 h 30.\n- Un badge vous attend.\n## S’absenter\nPrévenez-nous."
    text = actions.publish_text(organisation, TextKind.LIVRET, body, by=manager_of(organisation))
    run_jobs()
    assert_twin_and_pdf_say_all(Paper.objects.get(pk=text.paper_id))


def test_a_sealed_paper_is_never_rendered_again(organisation, run_jobs):
    session = live_session(organisation)
    row = actions.issue_programme(session, by=manager_of(organisation))
    run_jobs()
    before = Paper.objects.get(pk=row.paper_id)
    with pytest.raises(papers.AlreadySealed):
        papers.render(before)
    organisation.name = "Autre nom"
    organisation.save()
    again = actions.issue_programme(session, by=manager_of(organisation))
    run_jobs()
    assert again == row
    assert Paper.objects.get(pk=row.paper_id).sha256 == before.sha256


def test_two_sessions_of_an_edition_share_its_programme(organisation):
    first = live_session(organisation)
    second = live_session(organisation, edition=first.edition)
    manager = manager_of(organisation)
    assert actions.issue_programme(first, by=manager).paper == actions.issue_programme(second, by=manager).paper


class TestCertificats:
    def test_it_certifies_the_hours_done_not_the_hours_planned(self, organisation):
        session = live_session(organisation)
        late, whole = seat(session), seat(session)
        hold(session, late, whole, absent=[(late, 2)])
        rows = [actions.issue_certificate(one, by=None) for one in (late, whole)]
        assert [row.paper.content["minutes_done"] for row in rows] == [210, 420]
        facts = dict(rows[0].paper.content["blocks"][1]["facts"])
        assert facts["Durée réalisée"] == [f"3{NBSP}h{NBSP}30"]

    def test_the_online_part_counts_by_declared_durations(self, organisation):
        session = live_session(organisation, online=True)
        one = seat(session)
        hold(session, one)
        finish(one.enrolment, activity(one.enrolment, 0))
        content = actions.issue_certificate(one, by=None).paper.content
        assert content["minutes_done"] == 420 + 12

    def test_an_unlocked_sheet_refuses_it(self, organisation):
        session = live_session(organisation)
        one = seat(session)
        hold(session, one, locked=False)
        with pytest.raises(TransitionRefused, match="n’est pas verrouillée"):
            actions.issue_certificate(one, by=None)
        assert not SessionPaper.objects.exists()

    def test_a_session_that_is_not_over_refuses_it(self, organisation):
        session = live_session(organisation, days=10)
        with pytest.raises(TransitionRefused, match="n’est pas finie"):
            actions.issue_certificate(seat(session), by=None)

    def test_nobody_is_certified_for_nothing(self, organisation):
        session = live_session(organisation)
        one = seat(session)
        hold(session, one, absent=[(one, 1), (one, 2)])
        with pytest.raises(TransitionRefused, match="Aucune heure"):
            actions.issue_certificate(one, by=None)

    def test_a_duplicate_has_the_same_number_and_the_same_bytes(self, organisation, run_jobs):
        session = live_session(organisation)
        one = seat(session)
        hold(session, one)
        first = actions.issue_certificate(one, by=None)
        run_jobs()
        sealed = Paper.objects.get(pk=first.paper_id).read()
        again = actions.issue_certificate(one, by=None)
        run_jobs()
        assert again.paper.number == first.paper.number
        assert Paper.objects.get(pk=again.paper_id).read() == sealed

    def test_a_correction_has_a_new_number_cites_the_old_one_and_withdraws_it(self, organisation, run_jobs):
        session = live_session(organisation)
        one = seat(session)
        hold(session, one)
        first = actions.issue_certificate(one, by=None)
        run_jobs()
        one.attendances.filter(sheet__half_day__position=2).update(state="absent", minutes=0)
        second = actions.correct_certificate(one, reason="départ à midi", by=manager_of(organisation))
        assert Paper.objects.get(pk=first.paper_id).state == Paper.State.SEALED
        run_jobs()
        assert second.paper.number != first.paper.number
        assert first.paper.number in second.paper.content["cites"]
        assert "départ à midi" in said(Paper.objects.get(pk=second.paper_id))
        assert Paper.objects.get(pk=first.paper_id).state == Paper.State.REVOKED
        assert actions.issue_certificate(one, by=None) == second

    def test_a_correction_that_changes_nothing_is_refused(self, organisation, run_jobs):
        session = live_session(organisation)
        one = seat(session)
        hold(session, one)
        actions.issue_certificate(one, by=None)
        with pytest.raises(TransitionRefused, match="Rien n’a changé"):
            actions.correct_certificate(one, reason="par erreur", by=None)

    def test_a_correction_says_why(self, organisation):
        session = live_session(organisation)
        one = seat(session)
        hold(session, one)
        actions.issue_certificate(one, by=None)
        with pytest.raises(TransitionRefused, match="pourquoi"):
            actions.correct_certificate(one, reason="  ", by=None)

    def test_it_says_nothing_of_answers_nor_scores(self, organisation, run_jobs):
        session = live_session(organisation, online=True)
        one = seat(session)
        for rank in range(3):
            finish(one.enrolment, activity(one.enrolment, rank))
        hold(session, one)
        row = actions.issue_certificate(one, by=None)
        run_jobs()
        text = said(Paper.objects.get(pk=row.paper_id))
        assert "réponse" not in text
        assert "%" not in text


def test_a_corrected_sheet_makes_a_new_paper_that_cites_the_old_one(organisation, run_jobs):
    from parcours.emargement.models import Correction

    session = live_session(organisation)
    one = seat(session)
    sheet = hold(session, one)[0]
    first = actions.issue_sheet(sheet, by=None)
    run_jobs()
    line = one.attendances.get(sheet=sheet)
    before = line.facts()
    line.state, line.minutes = "absent", 0
    line.save()
    Correction.objects.create(
        attendance=line, before=before, after=line.facts(), reason="signée par erreur", by=manager_of(organisation)
    )
    second = actions.issue_sheet(sheet, by=None)
    run_jobs()
    assert second.replaces == first
    assert "signée par erreur" in second.paper.content["cites"]
    assert Paper.objects.get(pk=first.paper_id).state == Paper.State.REVOKED
    assert actions.issue_sheet(sheet, by=None) == second


def test_an_unlocked_sheet_has_no_paper(organisation):
    session = live_session(organisation)
    sheet = hold(session, seat(session), locked=False)[0]
    with pytest.raises(TransitionRefused, match="n’est pas verrouillée"):
        actions.issue_sheet(sheet, by=None)


def test_missing_mentions_are_listed_with_where_to_fill_them(organisation):
    organisation.signatory_name, organisation.nda = "", ""
    organisation.save()
    with pytest.raises(TransitionRefused) as refused:
        actions.issue_programme(live_session(organisation), by=None)
    sentence = refused.value.sentences[0]
    assert "le numéro de déclaration d’activité et le nom du signataire" in sentence
    assert "Mentions des documents" in sentence


def test_changed_dates_make_another_convocation(organisation, run_jobs):
    session = live_session(organisation, days=20)
    one = seat(session)
    first = actions.issue_convocation(one, by=None)
    assert actions.issue_convocation(one, by=None) == first
    session.contact = "02 99 00 00 00"
    session.save()
    one.session.refresh_from_db()
    second = actions.issue_convocation(one, by=None)
    assert second.replaces == first


def test_whoever_is_convoked_finds_the_paper_of_it(organisation, run_jobs):
    session = live_session(organisation, days=5)
    one = seat(session)
    assert convoke(one) is not None
    run_jobs()
    paper = Paper.objects.get(kind="convocation", person=one.person)
    assert paper.is_sealed
    assert convoke(one) is None
    run_jobs()
    assert Paper.objects.filter(kind="convocation").count() == 1


class TestAttestations:
    def test_who_was_there_in_part_gets_hers_with_the_hours_done(self, organisation, run_jobs):
        session = live_session(organisation, online=True)
        one = seat(session)
        hold(session, one, absent=[(one, 1)])
        row = actions.issue_partial_attestation(one, by=None, hours=hours_of([one])[one.pk])
        run_jobs()
        text = said(Paper.objects.get(pk=row.paper_id))
        assert "a suivi en partie le parcours" in text
        assert f"3{NBSP}h{NBSP}30" in row.paper.content["proven"]

    def test_finishing_afterwards_takes_it_over(self, organisation, run_jobs):
        session = live_session(organisation, online=True)
        one = seat(session)
        hold(session, one)
        row = actions.issue_partial_attestation(one, by=None, hours=hours_of([one])[one.pk])
        run_jobs()
        for rank in range(3):
            finish(one.enrolment, activity(one.enrolment, rank))
        run_jobs()
        standing = Paper.objects.filter(kind="attestation", person=one.person, state=Paper.State.SEALED)
        assert [paper.key for paper in standing] == [one.enrolment.attestation_key]
        assert Paper.objects.get(pk=row.paper_id).state == Paper.State.REVOKED

    def test_who_finished_has_the_one_of_learning_alone(self, organisation, run_jobs):
        session = live_session(organisation, online=True)
        one = seat(session)
        for rank in range(3):
            finish(one.enrolment, activity(one.enrolment, rank))
        one.enrolment.refresh_from_db()
        hold(session, one)
        assert actions.issue_partial_attestation(one, by=None, hours=hours_of([one])[one.pk]) is None


class TestConnections:
    @pytest.fixture
    def registration(self, organisation):
        session = live_session(organisation, online=True)
        one = seat(session)
        finish(one.enrolment, activity(one.enrolment, 0))
        return one

    def test_the_signature_covers_what_was_read(self, registration):
        read = digest(connections_content(registration))
        row = actions.sign_connections(registration, by=registration.person, read=read)
        signature = row.signatures.get()
        assert (signature.sha256, signature.person) == (read, registration.person)

    def test_signing_twice_is_refused(self, registration):
        read = digest(connections_content(registration))
        actions.sign_connections(registration, by=registration.person, read=read)
        with pytest.raises(TransitionRefused, match="déjà signé"):
            actions.sign_connections(registration, by=registration.person, read=read)

    def test_what_changed_since_is_read_again_first(self, registration):
        read = digest(connections_content(registration))
        finish(registration.enrolment, activity(registration.enrolment, 1))
        with pytest.raises(TransitionRefused, match="a changé"):
            actions.sign_connections(registration, by=registration.person, read=read)

    def test_more_étapes_make_a_new_one_that_cites_the_first(self, registration, run_jobs):
        read = digest(connections_content(registration))
        first = actions.sign_connections(registration, by=registration.person, read=read)
        finish(registration.enrolment, activity(registration.enrolment, 1))
        read = digest(connections_content(registration))
        second = actions.sign_connections(registration, by=registration.person, read=read)
        assert second.replaces == first
        assert first.paper.number in second.paper.content["cites"]

    def test_nothing_opened_gives_nothing_to_sign(self, organisation):
        session = live_session(organisation)
        with pytest.raises(TransitionRefused, match="partie en ligne"):
            actions.sign_connections(seat(session), by=None, read="")


def test_the_uploaded_file_is_kept_beside_the_paper(organisation, run_jobs):
    session, buyer = live_session(organisation), OrganisationFactory()
    seat(session, buyer)
    convention = sent_convention(session, buyer, by=manager_of(organisation), run_jobs=run_jobs)
    actions.sign_convention(convention, by=referent_of(buyer), name="Anne Roux", role="maire", file=pdf_file())
    signature = convention.session_paper.signatures.get(party="buyer")
    with signature.file.open() as stored:
        assert stored.read() == pdf_file().data
    assert signature.sha256 == convention.paper.sha256


def test_a_full_room_signs_from_the_first_page_of_its_sheet(organisation, run_jobs):
    session = live_session(organisation, half_days=1)
    sheet = hold(session, *(seat(session) for _ in range(14)))[0]
    issued = actions.issue_sheet(sheet, by=None)
    run_jobs()
    pages = PdfReader(io.BytesIO(Paper.objects.get(pk=issued.paper_id).read())).pages
    assert "présence signée" in pages[0].extract_text() and len(pages) <= 2
