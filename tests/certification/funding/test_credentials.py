"""Qualiopi and declaration of activity, at the date of the filing and of the session."""

import pytest
from django.urls import reverse

from certification.funding import actions
from certification.funding.engine.comparing import Validity, findings_of_organisme, notes_of_organisme
from certification.funding.lifecycle import CredentialKind
from certification.funding.models import Credential
from lms.kernel.models import JournalEntry
from tests.certification.funding import factories as made
from tests.certification.funding.factories import at, pdf, plain, refused
from tests.organisations.factories import OrganisationFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("qualiopi", "nda", "found"),
    [
        (Validity(), Validity(), []),
        (Validity(True, True, True), Validity(True, True, True), []),
        (Validity(True, False, True), Validity(), ["qualiopi_not_filing"]),
        (Validity(True, True, False), Validity(), ["qualiopi_not_session"]),
        (Validity(), Validity(True, False, False), ["nda_not_filing"]),
    ],
)
def test_what_is_known_not_to_hold_is_a_mismatch_and_what_nobody_said_is_not(qualiopi, nda, found):
    assert [one.code for one in findings_of_organisme(qualiopi, nda)] == found
    assert bool(notes_of_organisme(qualiopi)) == (not qualiopi.known)
    assert all(one.remedy for one in findings_of_organisme(qualiopi, nda))


def test_nothing_said_is_to_verify_and_blocks_no_decision_together(desk, opco):
    demande = made.filed(opco=opco)
    told = plain(desk.get(at(demande)))
    assert "certificat Qualiopi non renseigné" in told and "liste publique des organismes" in told
    assert demande.mismatches == 0 and f"Choisir le dossier {demande.number}" in plain(
        desk.get("/financement/?pile=a-decider")
    )


def test_a_certificate_that_ends_before_the_session_is_a_point_to_look_at(desk, opco, run_jobs):
    demande = made.filed(opco=opco, days=20)
    held = made.credential_of(demande.session.organisation, last=5)
    run_jobs()
    assert made.fresh(demande).mismatches == 1
    told = plain(desk.get(at(demande)))
    assert "certificat Qualiopi non valable pendant toute la session" in told and "par un complément" in told
    by = made.manager_of(demande.session.organisation)
    actions.withdraw_credential(held, by=by)
    made.credential_of(demande.session.organisation, first=-900, last=900)
    run_jobs()
    assert made.fresh(demande).mismatches == 0
    assert "déjà retiré" in refused(actions.withdraw_credential, held, by=by)
    verbs = set(JournalEntry.objects.filter(verb__contains="credential").values_list("verb", flat=True))
    assert verbs == {"funding.record_credential", "funding.withdraw_credential"}


def test_one_that_follows_another_covers_the_days_between_them(opco):
    demande = made.filed(opco=opco, days=20)
    made.credential_of(demande.session.organisation, last=10)
    made.credential_of(demande.session.organisation, first=11, last=900)
    assert actions.recheck(demande).mismatches == 0


def test_an_expired_declaration_of_activity_is_told(desk, opco):
    demande = made.filed(opco=opco)
    made.credential_of(demande.session.organisation, kind=CredentialKind.NDA, last=-1)
    told = plain(desk.get(at(demande)))
    assert "déclaration d’activité non valable le jour du dépôt" in told


def test_a_manager_records_and_withdraws_on_screen(desk, opco):
    demande = made.filed(opco=opco)
    home = demande.session.organisation
    manager = signed_in(made.manager_of(home))
    assert "Aucun justificatif" in plain(manager.get("/formation/justificatifs/"))
    url = reverse("funding:add_credential", args=[home.public_id])
    values = {"kind": "qualiopi", "number": "Q-77", "starts_on": "2026-01-01", "ends_on": "2025-01-01"}
    assert "La fin de validité précède" in plain(manager.post(url, values))
    assert "a une fin" in plain(manager.post(url, values | {"ends_on": ""}))
    told = plain(manager.post(url, values | {"ends_on": made.in_days(40).isoformat(), "file": pdf()}, follow=True))
    assert "Q-77" in told and "valable" in told
    one = Credential.objects.get()
    piece = reverse("funding:credential_piece", args=[one.pk])
    assert desk.get(piece).content.startswith(b"%PDF")
    stranger = signed_in(made.officer_of(made.an_opco()))
    assert stranger.get(piece).status_code == 404
    told = plain(manager.post(reverse("funding:withdraw_credential", args=[one.pk]), follow=True))
    assert "il ne compte plus" in told and "retiré" in told
    assert desk.get(piece).status_code == 403


def test_another_organisme_records_nothing_for_this_one():
    home = made.organisme()
    manager = signed_in(made.manager_of(made.organisme()))
    assert manager.get(reverse("funding:add_credential", args=[home.public_id])).status_code == 404
    one = made.credential_of(home)
    assert manager.post(reverse("funding:withdraw_credential", args=[one.pk])).status_code == 404
    structure = OrganisationFactory()
    said = refused(
        actions.record_credential, structure, kind="nda", number="1", starts_on=made.today(), by=made.manager_of(home)
    )
    assert "n’est pas un organisme de formation" in said
