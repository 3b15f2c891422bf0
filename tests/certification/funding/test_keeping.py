import pytest
from django.urls import reverse

from certification.funding import actions
from certification.funding.lifecycle import State
from certification.funding.models import Demande
from parcours.classroom.models import Registration
from parcours.paperwork import actions as papers
from tests.certification.funding import factories as made
from tests.certification.funding.factories import pdf, plain
from tests.organisations.factories import OrganisationFactory
from tests.parcours.paperwork.factories import PDF
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
NIR = "2 84 05 75 123 456 52"


def test_the_referent_prepares_step_by_step_and_files():
    session = made.live_session(made.organisme(), days=20)
    employer, opco = OrganisationFactory(name="CCAS de Dol"), made.an_opco()
    colleague = made.seat(session, employer)
    mairie = signed_in(made.referent_of(employer))
    home = f"/structure/{employer.public_id}/prises-en-charge/"
    assert "Aucune demande de prise en charge." in plain(mairie.get(home))
    assert "Choisir" in plain(mairie.get(f"{home}nouvelle/"))
    mairie.post(f"{home}nouvelle/", {"session": session.pk, "opco": opco.pk})
    demande = Demande.objects.get()
    one = f"{home}{demande.public_id}/"
    assert "Déposer la demande : pas encore possible." in plain(mairie.get(one))
    assert mairie.post(f"{one}personnes/", {"people": []}).status_code == 422
    mairie.post(f"{one}personnes/", {"people": [colleague.pk]})
    action = {
        "siret": employer.siret,
        "idcc": "15",
        "starts_on": "2026-12-10",
        "ends_on": "2026-12-09",
        "minutes": "7 h",
        "cost": "450,00",
        "subrogation_asked": "oui",
    }
    refused = plain(mairie.post(f"{one}action/", action))
    assert "L’IDCC comporte 4 chiffres" in refused and "précède son début" in refused
    mairie.post(f"{one}action/", action | {"idcc": "IDCC n° 1518", "ends_on": "2026-12-10"})
    assert "Erreur" not in plain(mairie.get(f"{one}pieces/"))
    assert mairie.post(f"{one}pieces/", {"kind": "devis", "relire": "oui"}).url == one
    assert mairie.post(f"{one}pieces/", {"kind": "devis", "file": pdf(), "relire": "oui"}).url == one
    piece = made.fresh(demande).pieces.get()
    mairie.post(f"{one}pieces/{piece.pk}/retirer/")
    assert "Ni devis ni convention" in plain(mairie.get(one))
    mairie.post(f"{one}pieces/", {"kind": "devis", "file": pdf()})
    told = plain(mairie.post(f"{one}deposer/", follow=True))
    assert "est déposée auprès de" in told and "L’OPCO examine la demande" in told
    assert mairie.get(f"{one}action/").url == one
    assert made.fresh(demande).number in plain(mairie.get(home))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("devis.pdf", b"MZ\x90\x00", "n’est pas un fichier accepté"),
        ("devis.pdf", b"", "vide"),
        ("284057512345652.pdf", PDF, "numéro de sécurité sociale"),
    ],
)
def test_a_wrong_file_is_refused(name, data, said):
    from django.core.files.uploadedfile import SimpleUploadedFile

    demande = made.draft()
    manager = signed_in(demande.created_by)
    url = reverse("funding:training_pieces", args=[demande.session.public_id, demande.public_id])
    response = manager.post(url, {"kind": "devis", "file": SimpleUploadedFile(name, data)})
    assert response.status_code == 422 and said in plain(response)


def test_the_parties_read_nothing_before_it_is_notified(officer, opco):
    demande = made.filed(opco=opco)
    actions.refuse(demande, by=officer, reason="double emploi", sentence="Déjà financé.")
    manager = signed_in(demande.created_by)
    url = reverse("funding:training_demande", args=[demande.session.public_id, demande.public_id])
    told = plain(manager.get(url))
    assert "Déjà financé" not in told and "déposée" in told and "Refus" not in told
    made.announced(demande)
    told = plain(manager.get(url))
    assert "Déjà financé." in told and "refusée" in told and officer.full_name not in told


def test_the_organisme_declares_explains_and_answers():
    demande = made.held(people=2, absent=[1])
    manager = signed_in(made.manager_of(demande.session.organisation))
    home = reverse("funding:training_demande", args=[demande.session.public_id, demande.public_id])
    told = plain(manager.get(home))
    assert "3 h 30 facturées non faites" in told and "Expliquer" in told
    missed = demande.beneficiaries.order_by("pk").last()
    assert "3 h 30 facturées non faites" in plain(manager.get(f"{home}expliquer/{missed.pk}/"))
    assert manager.post(f"{home}expliquer/{missed.pk}/", {"why": ""}).status_code == 422
    manager.post(f"{home}expliquer/{missed.pk}/", {"why": "sick", "note": ""})
    assert "expliqué : congé maladie" in plain(manager.get(home))
    officer = made.officer_of(demande.opco)
    made.announced(actions.signal_anomaly(demande, by=officer, sentence="Revoyez la facture."))
    assert "Revoyez la facture." in plain(manager.get(f"{home}repondre/"))
    whole = demande.beneficiaries.order_by("pk").first()
    told = {"payer_name": str(demande.opco), "net": 675, "vat": 0, "issued_on": made.today(), "by": demande.created_by}
    corrected = papers.record_invoice(demande.session, number="F-CORRIGEE", parts=[], **told)
    body = {
        "text": "Voici.",
        "invoice": corrected.pk,
        f"billed_{whole.pk}": "7 h",
        f"billed_{missed.pk}": "3 h 30",
        "kind": "invoice",
        "file": pdf("facture.pdf"),
    }
    assert manager.post(f"{home}repondre/", body).status_code == 302
    found = made.fresh(demande)
    assert found.state == State.SERVICE and (found.mismatches, found.explained) == (0, 0)


def test_service_is_declared_on_screen():
    demande = made.granted(days=-10)
    manager = signed_in(made.manager_of(demande.session.organisation))
    home = reverse("funding:training_demande", args=[demande.session.public_id, demande.public_id])
    assert "Déclarez le service fait" in plain(manager.get(home))
    whose = demande.beneficiaries.get()
    assert "absent" in plain(manager.get(f"{home}service/"))
    invoice = made.invoice_of(demande, by=made.manager_of(demande.session.organisation))
    response = manager.post(f"{home}service/", {"invoice": invoice.pk, f"billed_{whose.pk}": "7 h"})
    assert response.status_code == 422 and "Certificat de réalisation absent" in plain(response)


def test_the_employer_follows_and_answers_but_does_not_explain():
    demande = made.held(absent=[0])
    mairie = signed_in(made.referent_of(demande.employer))
    home = reverse("funding:employer_demande", args=[demande.employer.public_id, demande.public_id])
    told = plain(mairie.get(home))
    assert "3 h 30 facturées non faites" in told and "Expliquer" not in told
    made.announced(actions.ask_complement(demande, by=made.officer_of(demande.opco), sentence="Relevé ?"))
    assert mairie.post(f"{home}repondre/", {"text": "Le voici.", "file": pdf(), "kind": "expenses"}).status_code == 302
    assert made.fresh(demande).state == State.SERVICE


def test_given_up_with_a_reason():
    demande = made.filed()
    manager = signed_in(demande.created_by)
    url = reverse("funding:training_cancel", args=[demande.session.public_id, demande.public_id])
    assert manager.post(url, {"reason": ""}).status_code == 422
    assert manager.post(url, {"reason": "La session est reportée."}).status_code == 302
    assert made.fresh(demande).state == State.CANCELLED
    mairie = signed_in(made.referent_of(demande.employer))
    told = plain(mairie.get(reverse("funding:employer_new", args=[demande.employer.public_id])))
    assert f'value="{demande.session_id}"' in told
    assert Registration.objects.filter(funded__live=True).count() == 0


def test_the_tab_of_the_session_lists_its_demandes(django_assert_max_num_queries):
    demande = made.filed()
    manager = signed_in(demande.created_by)
    with django_assert_max_num_queries(20):
        told = plain(manager.get(reverse("funding:training_list", args=[demande.session.public_id])))
    assert demande.number in told and "Prises en charge" in told
