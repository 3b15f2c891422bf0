import pytest

from certification.funding import actions
from certification.funding.lifecycle import State
from lms.kernel.privacy import export_person
from lms.organisations.models import Role
from tests.certification.funding import factories as made
from tests.certification.funding.factories import at, plain
from tests.organisations.factories import MembershipFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
NIR = "2 84 05 75 123 456 52"


def test_a_neighbour_opco_meets_nothing_anywhere(opco):
    demande = made.validated(opco=opco)
    neighbour = signed_in(made.officer_of(made.an_opco(name="OPCO voisin")))
    assert demande.number not in plain(neighbour.get(f"/financement/?pile=tous&q={demande.number}"))
    assert demande.number not in neighbour.post("/financement/export/", {"pile": "tous"}).content.decode()
    piece = demande.pieces.first()
    paths = [at(demande), at(demande, "payer"), at(demande, "retirer"), at(demande, "facture")]
    paths += [f"/prises-en-charge/{demande.public_id}/pieces/{piece.pk}/", at(demande, "documents/CRE-2026-00001")]
    for path in paths:
        met = neighbour.post(path) if path.endswith("retirer/") else neighbour.get(path)
        assert met.status_code == 404, path
    ticked = neighbour.get(f"/financement/ensemble/?pile=service-fait&choix={demande.public_id}")
    assert demande.number not in plain(ticked)
    neighbour.post("/financement/ensemble/decider/", {"pile": "service-fait", "choix": str(demande.public_id)})
    assert made.fresh(demande).state == State.VALIDATED


def test_a_draft_is_read_by_who_prepares_it_alone(desk, opco):
    demande = made.draft(opco=opco)
    assert desk.get(at(demande)).status_code == 404
    referent = signed_in(made.referent_of(demande.employer))
    home = f"/structure/{demande.employer.public_id}/prises-en-charge/"
    assert referent.get(f"{home}{demande.public_id}/").status_code == 404
    actions.file(demande, by=demande.created_by)
    assert referent.get(f"{home}{demande.public_id}/").status_code == 200


def test_an_officer_in_conflict_reads_why_and_decides_nothing(desk, officer, opco):
    demande = made.filed(opco=opco)
    MembershipFactory(person=officer, organisation=demande.session.organisation, role=Role.TRAINER)
    assert "un collègue de l’OPCO en décide" in plain(desk.get(at(demande)))
    assert "un collègue de l’OPCO en décide" in plain(desk.get(at(demande, "accorder")))
    refused = desk.post(at(demande, "accorder"), {"origin": "here", "subrogation": "oui"})
    assert refused.status_code == 422 and "un collègue" in plain(refused)
    assert made.fresh(demande).state == State.FILED
    shown = plain(desk.get("/financement/ensemble/?pile=a-decider"))
    assert "Aucun de ces dossiers" in shown and "un collègue" in shown


def test_a_sheet_that_names_others_is_not_opened(desk, opco, run_jobs):
    from parcours.paperwork import actions as papers
    from tests.parcours.paperwork.factories import hold

    demande = made.granted(opco=opco, days=-10)
    ours = demande.beneficiaries.get().registration
    sheets = hold(demande.session, ours, made.seat(demande.session))
    by = made.manager_of(demande.session.organisation)
    row = papers.issue_sheet(sheets[0], by=by)
    certificate = papers.issue_certificate(ours, by=by)
    run_jobs()
    told = plain(desk.get(at(demande)))
    assert certificate.paper.number in told and row.paper.number not in told
    assert desk.get(at(demande, f"documents/{row.paper.number}")).status_code == 404
    assert desk.get(at(demande, f"documents/{certificate.paper.number}")).content.startswith(b"%PDF")


def test_an_invoice_that_bills_others_is_not_opened(desk, opco):
    demande = made.held(opco=opco)
    assert desk.get(at(demande, "facture")).status_code in (403, 404)


def test_people_take_away_what_is_held_about_them():
    demande = made.held()
    person = demande.beneficiaries.get().registration.person
    told = export_person(person)["bénéficiaires d’une demande"]["données"]
    assert told[0]["demande"] == demande.number and told[0]["minutes facturées"] == 420
    officer = made.officer_of(demande.opco)
    actions.ask_complement(demande, by=officer, sentence="Relevé ?")
    decided = export_person(officer)["décisions sur des demandes"]["données"]
    assert decided[0]["phrase"] == "Relevé ?"
