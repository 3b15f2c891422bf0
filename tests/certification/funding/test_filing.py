from decimal import Decimal

import pytest

from certification.funding import actions
from certification.funding.lifecycle import PieceKind, Side, State
from certification.funding.models import Demande
from parcours.classroom.actions.leaving import withdraw
from parcours.classroom.models import Registration
from tests.certification.funding import factories as made
from tests.certification.funding.factories import refused
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
D = Decimal


def test_numbers_follow_each_other_within_the_year():
    first, second = made.filed(), made.filed()
    year = made.today().year
    assert first.number == f"{year}-00001" and second.number == f"{year}-00002"
    assert first.state == first.announced_state == State.FILED
    assert not first.filed_late and first.rules["caps"]["per_hour"] == "70.00"


def test_all_that_lacks_is_said_at_once():
    session = made.live_session(made.organisme(nda=""), days=20)
    by = made.manager_of(session.organisation)
    employer = OrganisationFactory(siret="")
    demande = actions.start(session, employer=employer, opco=made.an_opco(), side=Side.TRAINING, by=by)
    said = refused(actions.file, demande, by=by)
    for sentence in ("Personne n’est choisi", "SIRET", "IDCC", "Le coût demandé", "Ni devis ni convention", "activité"):
        assert sentence in said
    assert Demande.objects.get().number == ""


def test_filed_after_the_session_began_it_is_filed_and_says_so():
    demande = made.filed(days=-10)
    assert demande.state == State.FILED and demande.filed_late
    assert demande.mismatches == 1


def test_somebody_who_left_the_session_since_is_not_filed():
    demande = made.draft(people=2)
    gone = demande.beneficiaries.order_by("pk").first().registration
    withdraw(gone, by=demande.created_by, reason="Arrêt maladie.")
    said = refused(actions.file, demande, by=demande.created_by)
    assert f"{gone.person.full_name} n’a plus de place" in said
    stays = demande.beneficiaries.exclude(registration=gone).get().registration
    actions.choose_people(demande, [stays], by=demande.created_by)
    assert actions.file(demande, by=demande.created_by).beneficiaries.count() == 1


def test_a_demande_is_filed_once():
    demande = made.filed()
    assert "« Déposer la demande » n’est pas possible" in refused(actions.file, demande, by=demande.created_by)


def test_a_piece_withdrawn_from_a_draft_is_kept_nowhere(django_capture_on_commit_callbacks):
    demande = made.draft()
    piece = demande.pieces.get()
    stored = piece.file
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_piece(piece, by=demande.created_by)
    assert not stored.storage.exists(stored.name)
    assert "déjà retirée" in refused(actions.withdraw_piece, piece, by=demande.created_by)


def test_what_is_filed_changes_no_more():
    demande = made.filed()
    assert "ne se modifie plus" in refused(actions.describe, demande, by=demande.created_by, cost=D(1))
    assert "ne se modifie plus" in refused(actions.choose_people, demande, [], by=demande.created_by)
    assert "ne se modifie plus" in refused(actions.withdraw_piece, demande.pieces.get(), by=demande.created_by)


def test_one_person_is_in_one_demande_at_a_time():
    first = made.filed()
    registration = Registration.objects.get(funded__demande=first)
    again = actions.start(
        first.session, employer=first.employer, opco=first.opco, side=Side.EMPLOYER, by=first.created_by
    )
    why = refused(actions.choose_people, again, [registration], by=first.created_by)
    assert why.startswith(registration.person.full_name) and "déjà dans une autre demande" in why
    actions.cancel(first, reason="erreur", by=first.created_by)
    actions.choose_people(again, [registration], by=first.created_by)
    assert again.beneficiaries.get().registration == registration


def test_only_seated_people_of_the_employer_are_chosen():
    demande = made.draft()
    stranger = made.seat(demande.session)
    assert "n’a plus de place" in refused(actions.choose_people, demande, [stranger], by=demande.created_by)
    assert "cochez au moins une personne" in refused(actions.choose_people, demande, [], by=demande.created_by)


def test_another_kind_of_organisation_is_no_opco():
    session = made.live_session(made.organisme(), days=20)
    said = refused(
        actions.start,
        session,
        employer=OrganisationFactory(),
        opco=OrganisationFactory(),
        side=Side.TRAINING,
        by=made.manager_of(session.organisation),
    )
    assert "n’est pas un OPCO" in said


def test_a_thirteenth_piece_is_one_too_many():
    demande = made.draft()
    for _ in range(11):
        actions.add_piece(demande, made.pdf_file(), kind=PieceKind.OTHER, side=Side.TRAINING, by=demande.created_by)
    add = {"kind": PieceKind.OTHER, "side": Side.TRAINING, "by": demande.created_by}
    assert "12 pièces au plus" in refused(actions.add_piece, demande, made.pdf_file(), **add)
