import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.funding.lifecycle import State
from certification.funding.models import Confirmation, Demande, DemandeExport, SavedView
from parcours.paperwork import actions as papers
from tests.certification.funding import factories as made
from tests.certification.funding.factories import plain
from tests.permissions.matrix import signed_in
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
NIR = "2 84 05 75 123 456 52"


def test_five_piles_say_how_many_and_since_when(desk, opco):
    made.filed(opco=opco)
    made.held(opco=opco, absent=[0])
    Demande.objects.filter(state=State.FILED).update(waiting_since=timezone.now() - datetime.timedelta(9))
    told = plain(desk.get("/financement/"))
    assert "<title>Ce qui attend votre décision" in told
    assert "Que dois-je décider, et qu’est-ce qui ne concorde pas ?" in told
    assert "Le plus ancien attend depuis 9 jours." in told
    assert "1 dossier avec un écart" in told
    assert "Ce qui attend votre décision (2)" in told


def test_files_with_mismatches_come_first(desk, opco):
    good = made.held(opco=opco)
    bad = made.held(opco=opco, absent=[0])
    told = plain(desk.get("/financement/?pile=service-fait"))
    assert told.index(bad.number) < told.index(good.number)
    assert f"Choisir le dossier {good.number}" in told and f"Choisir le dossier {bad.number}" not in told


@made_once
def filed():
    return made.filed()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("pile=a-decider", True),
        ("pile=a-payer", False),
        ("pile=tous&q=dol", True),
        ("pile=tous&q=vitre", False),
        ("q={year}-", True),
        ("idcc=1518", True),
        ("idcc=0001", False),
        ("ecart=oui", False),
        ("ecart=non", True),
        ("ecart=explique", False),
        ("pile=n-importe", True),
        ("tri=montant&par_page=50", True),
    ],
)
def test_filters_stay_in_the_address(filed, query, found):
    desk = signed_in(made.officer_of(filed.opco))
    assert (filed.number in plain(desk.get(f"/financement/?{query.format(year=filed.number[:4])}"))) == found


def test_the_filters_are_drawn_when_they_are_asked_for(desk, opco):
    made.filed(opco=opco)
    shown = desk.get("/financement/?pile=a-decider").content.decode()
    assert (
        'name="q"' in shown
        and 'name="departement"' not in shown
        and 'href="?pile=a-decider&amp;filtres=oui#liste"' in shown
    )
    assert 'name="departement"' in desk.get("/financement/?pile=a-decider&filtres=oui").content.decode()
    assert 'name="departement"' in desk.get("/financement/?idcc=1518").content.decode()


def test_a_surname_finds_the_file(desk, opco):
    demande = made.filed(opco=opco)
    name = demande.beneficiaries.get().registration.person.last_name
    assert demande.number in plain(desk.get("/financement/", {"q": name}))


def test_an_empty_space_says_what_will_come(desk):
    told = plain(desk.get("/financement/"))
    assert "Aucune demande de prise en charge n’est déposée." in told


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_the_list_is_taken_away_without_the_names_of_people(desk, opco, form):
    demande = made.filed(opco=opco)
    response = desk.post("/financement/export/", {"format": form, "pile": "a-decider"})
    assert response.status_code == 200
    if form == "csv":
        told = response.content.decode("utf-8-sig")
        assert demande.number in told and "450" in told
        assert demande.beneficiaries.get().registration.person.last_name not in told


def test_a_long_list_is_prepared_and_opens_to_who_follows_the_same(monkeypatch, desk, officer, opco, run_jobs):
    monkeypatch.setattr("certification.funding.views.exporting.AT_ONCE", 1)
    one, two, left = (made.filed(opco=opco) for _ in range(3))
    shown = plain(desk.post("/financement/export/", {"format": "csv", "pile": "a-decider"}, follow=True))
    assert "Le fichier se prépare" in shown
    Demande.objects.filter(pk=left.pk).update(opco=made.an_opco())
    run_jobs()
    address = DemandeExport.objects.get().get_absolute_url()
    assert "Le fichier est prêt" in plain(desk.get(address))
    told = desk.get(f"{address}fichier/").content.decode("utf-8-sig")
    assert one.number in told and two.number in told and left.number not in told
    assert signed_in(made.officer_of(opco)).get(f"{address}fichier/").status_code == 404
    membership = officer.memberships.get()
    made.actions.set_branches(membership, idcc=["2941"], by=made.officer_of(opco))
    assert "ne s’ouvre plus" in plain(desk.get(address)) and desk.get(f"{address}fichier/").status_code == 403


def test_a_preview_says_what_would_be_paid_and_not_what_was_granted(desk, opco):
    demande = made.held(opco=opco, absent=[0], billed=210)
    by = made.manager_of(demande.session.organisation)
    told = {"payer_name": str(opco), "net": 225, "vat": 0, "issued_on": made.today(), "by": by}
    Demande.objects.update(invoice=papers.record_invoice(demande.session, number="F-2", parts=[], **told))
    made.actions.recheck(demande)
    shown = plain(desk.get("/financement/ensemble/?pile=service-fait"))
    assert "Serait à payer" in shown and "1 dossier, 225,00 € en tout" in shown
    made.filed(opco=opco)
    assert "1 dossier, 450,00 € en tout" in plain(desk.get("/financement/ensemble/?pile=a-decider"))


def test_what_is_decided_and_not_notified_is_found_again(desk, officer, opco):
    decided, other = made.filed(opco=opco), made.filed(opco=opco)
    made.actions.grant(decided, by=officer)
    told = plain(desk.get("/financement/?notification=attendue"))
    assert decided.number in told and other.number not in told
    made.announced(decided)
    assert "Aucun dossier ne correspond." in plain(desk.get("/financement/?notification=attendue"))


def test_the_following_file_is_one_s_own_before_that_of_a_colleague(desk, officer, opco):
    first, theirs, free = (made.filed(opco=opco) for _ in range(3))
    made.actions.assign([theirs], to=made.officer_of(opco), by=officer)
    shown = plain(desk.get(made.at(first)))
    assert f"suivant : {free.number}" in shown and "2 dans la pile" in shown
    assert f"suivant : {first.number}" in plain(desk.get(made.at(free)))
    made.actions.grant(first, by=officer)
    assert f"suivant : {theirs.number}" in plain(desk.get(made.at(free)))


def test_the_team_costs_the_same_for_two_officers_or_twelve(desk, opco, django_assert_max_num_queries):
    for _ in range(12):
        made.officer_of(opco)
    with django_assert_max_num_queries(12):
        assert "tout l’OPCO" in plain(desk.get("/financement/equipe/"))


def many(first, count) -> list[Demande]:
    """Files like the first one."""
    values = {name: getattr(first, name) for name in ("state", "announced_state", "side", "filed_at", "session")}
    values |= {name: getattr(first, name) for name in ("employer", "opco", "created_by", "cost", "minutes", "siret")}
    agreement = ("agreed_on", "agreement_number", "granted_amount", "subrogation")
    values |= {name: getattr(first, name) for name in (*agreement, "service_declared_at", "invoice", "due_amount")}
    return Demande.objects.bulk_create(Demande(number=f"X-{rank}", **values) for rank in range(count))


def test_the_pages_of_an_officer_cost_the_same_for_a_thousand_files(desk, officer, opco, django_assert_max_num_queries):
    many(made.filed(opco=opco), 1000)
    SavedView.objects.create(person=officer, name="Mes branches", filters={"idcc": "1518"})
    with django_assert_max_num_queries(9):
        told = plain(desk.get("/financement/?pile=a-decider&par_page=100"))
    assert "À décider (1 001)" in told
    with django_assert_max_num_queries(13):
        desk.get("/financement/?q=dol&ecart=non&age=7&min=10&suivi=personne&departement=35&tri=montant")
    with django_assert_max_num_queries(15):
        desk.post("/financement/export/", {"pile": "tous"})
    with django_assert_max_num_queries(12):
        desk.get("/financement/equipe/")
    with django_assert_max_num_queries(15):
        desk.get("/financement/confier/?pile=a-decider")


def test_a_hundred_files_change_hands_at_once(desk, opco, django_assert_max_num_queries):
    chosen = [str(one.public_id) for one in many(made.filed(opco=opco), 100)]
    with django_assert_max_num_queries(30):
        shown = plain(desk.get("/financement/confier/", {"a": "moi", "choix": chosen}))
    assert "suivra 100 dossiers de plus" in shown
    with django_assert_max_num_queries(40):
        desk.post("/financement/confier/confirmer/", {"a": "moi", "choix": chosen})
    assert Demande.objects.exclude(officer=None).count() == 100


def test_the_preview_costs_the_same_for_one_file_or_twenty(desk, opco, django_assert_max_num_queries):
    many(made.filed(opco=opco), 30)
    with django_assert_max_num_queries(19):
        told = plain(desk.get("/financement/ensemble/?pile=a-decider"))
    assert "20 dossiers" in told


def test_twenty_at_once_with_a_preview(desk, opco):
    good = [made.held(opco=opco) for _ in range(2)]
    bad = made.held(opco=opco, absent=[0])
    chosen = [str(one.public_id) for one in (*good, bad)]
    shown = plain(desk.get("/financement/ensemble/", {"pile": "service-fait", "choix": chosen}))
    assert "2 dossiers, 900,00 € en tout" in shown and "3 h 30 facturées non faites." in shown
    told = plain(desk.post("/financement/ensemble/decider/", {"pile": "service-fait", "choix": chosen}, follow=True))
    assert "2 dossiers décidés" in told and "1 écart à expliquer" in told
    assert [made.fresh(one).state for one in (*good, bad)] == [State.VALIDATED, State.VALIDATED, State.SERVICE]


def test_nothing_is_decided_together_outside_its_pile(desk, opco):
    demande = made.validated(opco=opco)
    assert "Choisissez d’abord une pile" in plain(desk.get("/financement/ensemble/?pile=a-payer", follow=True))
    body = {"pile": "service-fait", "choix": [str(demande.public_id), "pas-un-dossier"]}
    desk.post("/financement/ensemble/decider/", body)
    assert made.fresh(demande).state == State.VALIDATED
    assert "Aucun dossier n’est choisi" in plain(
        desk.post("/financement/ensemble/decider/", {"pile": "service-fait"}, follow=True)
    )


def test_rules_are_said_fictional_until_somebody_confirms_them(desk, opco, officer):
    told = plain(desk.get("/financement/regles/"))
    assert told.count("règle fictive, à confirmer") == 6 and "70.00 €" not in told and "70,00 €" in told
    from certification.funding.documents.rules import CAPS, rules_for

    shown = next(one for one in rules_for(opco) if one.code == CAPS.code)
    url = reverse("funding:confirm_rule", args=[opco.public_id])
    body = {"code": shown.code, "sha256": shown.sha256, "source": "Conseil du 3 mars 2026"}
    assert "Dites ce qui fonde" in plain(desk.post(url, body | {"source": ""}, follow=True))
    assert "a changé depuis" in plain(desk.post(url, body | {"sha256": "x"}, follow=True))
    told = plain(desk.post(url, body, follow=True))
    assert "Conseil du 3 mars 2026" in told and officer.full_name in told
    assert Confirmation.objects.get().by == officer
