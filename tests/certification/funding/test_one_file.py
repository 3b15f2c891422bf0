import pytest

from certification.funding import actions
from certification.funding.lifecycle import State, Why
from certification.funding.models import Decision
from tests.certification.funding import factories as made
from tests.certification.funding.factories import at, pdf, plain
from tests.parcours.paperwork.factories import PDF

pytestmark = pytest.mark.django_db
NIR = "2 84 05 75 123 456 52"


def test_the_title_says_what_is_wrong_and_the_table_says_it_in_words(desk, opco):
    demande = made.held(opco=opco, people=2, absent=[1])
    told = plain(desk.get(at(demande)))
    assert f"Dossier {demande.number} · un écart à expliquer" in told
    assert "3 h 30 facturées non faites" in told and "concordant" in told
    missed = demande.beneficiaries.order_by("pk").last().registration.person.full_name
    assert f"quand l’écart de {missed} sera expliqué, ou la facture corrigée" in told
    assert "Demander un complément" in told and "Valider le service fait" not in told
    by = made.manager_of(demande.session.organisation)
    actions.explain(demande.beneficiaries.order_by("pk").last(), why=Why.SICK, note="", by=by)
    told = plain(desk.get(at(demande)))
    assert "expliqué : congé maladie" in told and "Valider le service fait" in told
    assert "un écart expliqué" in told


def test_the_page_of_a_file_costs_the_same_for_one_person_or_six(desk, opco, django_assert_max_num_queries):
    demande = made.held(opco=opco, people=6)
    with django_assert_max_num_queries(30):
        desk.get(at(demande))


def test_granted_then_taken_back_on_screen(desk, opco):
    demande = made.filed(opco=opco)
    told = plain(desk.post(at(demande, "accorder"), {"origin": "here", "subrogation": "oui"}, follow=True))
    assert "Vous pouvez le retirer jusqu’à" in told and "pris ici" in told and "Retirer la décision" in told
    told = plain(desk.post(at(demande, "retirer"), follow=True))
    assert "rien n’a été envoyé" in told
    assert made.fresh(demande).state == State.FILED
    assert "Aucune décision n’attend" in plain(desk.post(at(demande, "retirer"), follow=True)) or "ne se retire" in told


def test_a_transcribed_agreement_says_so(desk, opco):
    demande = made.filed(opco=opco)
    told = {"origin": "transcribed", "number": "DPC-77", "agreed_on": "2026-11-02", "subrogation": "non", "file": pdf()}
    shown = plain(desk.post(at(demande, "accorder"), told, follow=True))
    assert "transcrit du système de l’OPCO : numéro DPC-77, du 02/11/2026" in shown
    assert desk.get(f"/prises-en-charge/{demande.public_id}/accord/").content == PDF


def test_granted_in_part(desk, opco):
    demande = made.filed(opco=opco, people=2)
    asked = plain(desk.get(at(demande, "accorder-en-partie")))
    assert 'value="7 h"' in asked and 'value="420"' not in asked
    whose = demande.beneficiaries.first().pk
    told = {"origin": "here", "subrogation": "oui", "minutes": "3 h 30", "amount": "200,50", "people": [whose]}
    assert desk.post(at(demande, "accorder-en-partie"), told).status_code == 302
    found = made.fresh(demande)
    assert found.state == State.PARTLY_GRANTED and str(found.granted_amount) == "200.50"
    assert sorted(found.beneficiaries.values_list("granted_minutes", flat=True)) == [0, 210]


@pytest.mark.parametrize("typed", ["trois heures", "3 h 75", "-1"])
def test_an_unreadable_duration_is_refused_in_words(desk, opco, typed):
    demande = made.filed(opco=opco)
    told = {"origin": "here", "subrogation": "oui", "minutes": typed, "amount": "10", "people": []}
    response = desk.post(at(demande, "accorder-en-partie"), told)
    assert response.status_code == 422 and "écrivez-la comme 10 h 30" in plain(response)


def test_a_complement_starts_from_a_prepared_sentence_or_from_what_differs(desk, opco):
    demande = made.held(opco=opco, absent=[0])
    told = plain(desk.get(at(demande, "demander-un-complement")))
    assert "3 h 30 facturées non faites." in told and "La convention n’est pas signée" in told
    assert "règle proposée ici est fictive" in told
    chosen = plain(desk.get(at(demande, "demander-un-complement") + "?phrase=1"))
    assert "Le devis et le coût demandé diffèrent" in chosen.split("<textarea")[1]
    assert desk.get(at(demande, "demander-un-complement") + "?phrase=99").status_code == 200


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"sentence": ""}, "écrivez-la"),
        ({"sentence": "a" * 1001}, "trop longue"),
        ({"sentence": "Signez.", "reply_by": "2020-01-01"}, "Cette date est passée"),
        ({"sentence": f"Son numéro est {NIR}."}, "sécurité sociale"),
    ],
)
def test_what_is_wrong_in_a_complement_is_said(desk, opco, values, said):
    demande = made.filed(opco=opco)
    response = desk.post(at(demande, "demander-un-complement"), values)
    assert response.status_code == 422 and said in plain(response)


def test_refused_with_a_reason_of_the_list_and_a_sentence(desk, opco):
    demande = made.filed(opco=opco)
    assert desk.post(at(demande, "refuser"), {"reason": "autre chose", "sentence": "Non."}).status_code == 422
    told = {"reason": "l’enveloppe de l’année est épuisée", "sentence": "Revenez en janvier."}
    assert desk.post(at(demande, "refuser"), told).status_code == 302
    assert Decision.objects.get().reason == told["reason"]


def test_a_decision_out_of_turn_is_a_sentence(desk, opco):
    demande = made.filed(opco=opco)
    assert "n’est pas possible" in plain(desk.get(at(demande, "payer")))
    pay = {"amount": "10", "paid_on": "2026-11-02", "reference": "V"}
    response = desk.post(at(demande, "payer"), pay)
    assert response.status_code == 422 and "n’est pas possible" in plain(response)
    assert desk.get(at(demande, "inconnu")).status_code == 404


def test_paid_on_screen_never_above_what_is_due(desk, opco):
    demande = made.validated(opco=opco)
    assert "450" in plain(desk.get(at(demande, "payer")))
    pay = {"amount": "500", "paid_on": str(made.today()), "reference": "VIR-9"}
    assert "dépasse de 50,00 €" in plain(desk.post(at(demande, "payer"), pay))
    assert desk.post(at(demande, "payer"), pay | {"amount": "450"}).status_code == 302
    assert "VIR-9" in plain(desk.get(at(demande)))


def test_the_next_file_of_the_pile_is_one_click_away(desk, opco):
    first, second = made.filed(opco=opco), made.filed(opco=opco)
    assert f"Dossier suivant : {second.number}" in plain(desk.get(at(first)))
    desk.post(at(first, "accorder"), {"origin": "here", "subrogation": "oui"})
    assert f"Dossier suivant : {second.number}" in plain(desk.get(at(first)))


def test_before_the_session_its_page_names_the_people_and_nothing_more(desk, opco):
    demande = made.filed(opco=opco, people=2)
    told = plain(desk.get(at(demande)))
    for one in demande.beneficiaries.all():
        assert one.registration.person.full_name in told
    assert "se compareront ici, personne par personne" in told and "service fait à venir" not in told


def test_a_refusal_reads_as_sentences_and_agrees_with_the_demande(desk, opco):
    demande = made.filed(opco=opco)
    words = {"reason": "l’enveloppe de l’année est épuisée", "sentence": "Vous pourrez déposer de nouveau en janvier."}
    told = plain(desk.post(at(demande, "refuser"), words, follow=True))
    assert "L’enveloppe de l’année est épuisée. Vous pourrez déposer de nouveau en janvier." in told
    assert f"Dossier {demande.number} · demande refusée" in told
