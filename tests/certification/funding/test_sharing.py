import pytest

from certification.funding import actions
from certification.funding.lifecycle import State
from certification.funding.models import Demande, SavedView
from lms.kernel.models import JournalEntry
from lms.organisations.models import Membership, Role
from tests.certification.funding import factories as made
from tests.certification.funding.factories import at, plain, refused
from tests.organisations.factories import MembershipFactory
from tests.permissions.matrix import signed_in
from tests.site.pages import Reading

pytestmark = pytest.mark.django_db
NIR = "2 84 05 75 123 456 52"


def test_a_file_is_taken_in_charge_and_the_list_says_whose_it_is(desk, officer, opco):
    demande = made.filed(opco=opco)
    assert "Personne ne suit ce dossier." in plain(desk.get(at(demande)))
    told = plain(desk.post(at(demande, "prendre"), follow=True))
    assert "vous suivez 1 dossier de plus" in told and f"Suivi par <bdi>{officer.full_name}</bdi>" in told
    assert demande.number in plain(desk.get("/financement/?suivi=moi"))
    assert demande.number not in plain(desk.get("/financement/?suivi=personne"))
    assert JournalEntry.objects.get(verb="funding.assign").after == {"from": None, "to": officer.pk}


def test_whoever_decides_of_a_file_that_nobody_has_takes_it(officer, opco):
    demande = made.filed(opco=opco)
    actions.ask_complement(demande, by=officer, sentence="Signez-la.")
    assert made.fresh(demande).officer == officer
    other = made.officer_of(opco)
    made.announced(demande)
    again = actions.answer(demande, text="Voici.", by=demande.created_by)
    actions.grant(again, by=other)
    assert made.fresh(demande).officer == officer


def test_a_colleague_who_left_is_replaced_with_a_preview(desk, officer, opco):
    gone = made.officer_of(opco)
    files = [made.filed(opco=opco) for _ in range(3)]
    actions.assign(files, to=gone, by=gone)
    Membership.objects.filter(person=gone).update(starts_on="2020-01-01", ends_on="2020-02-01")
    team = plain(desk.get("/financement/equipe/"))
    assert gone.full_name in team and "ne fait plus partie de l’OPCO" in team
    MembershipFactory(person=officer, organisation=files[0].employer, role=Role.STRUCTURE_REFERENT)
    chosen = [str(one.public_id) for one in files]
    shown = plain(desk.get("/financement/confier/", {"a": "moi", "choix": chosen}))
    assert f"{officer.full_name}</bdi> suivra 2 dossiers de plus" in shown and "séparation des tâches" in shown
    assert Demande.objects.filter(officer=gone).count() == 3
    told = plain(desk.post("/financement/confier/confirmer/", {"a": "moi", "choix": chosen}, follow=True))
    assert "vous suivez 2 dossiers de plus" in told and f"Dossier {files[0].number} :" in told
    assert Demande.objects.filter(officer=officer).count() == 2


def test_files_are_handed_over_inside_the_opco_only(desk, opco):
    mine, theirs = made.filed(opco=opco), made.filed()
    stranger = made.officer_of(theirs.opco)
    body = {"a": str(stranger.public_id), "choix": [str(mine.public_id)]}
    assert "la personne qui le suivra" in plain(desk.post("/financement/confier/confirmer/", body, follow=True))
    body = {"a": "moi", "choix": [str(theirs.public_id)]}
    desk.post("/financement/confier/confirmer/", body)
    assert not Demande.objects.exclude(officer=None).exists()
    assert desk.post(at(theirs, "prendre")).status_code == 404
    done, said = actions.assign([mine], to=stranger, by=stranger)
    assert done == 0 and "ne suit pas cette branche" in said[0]


def test_nothing_chosen_or_nothing_left_to_follow_is_said(desk, officer, opco):
    assert "cochez-en au moins un" in plain(desk.get("/financement/confier/?a=moi"))
    demande = made.filed(opco=opco)
    actions.assign([demande], to=officer, by=officer)
    assert "suit déjà ce dossier" in actions.assign([demande], to=officer, by=officer)[1][0]
    Demande.objects.filter(pk=demande.pk).update(state=State.REFUSED)
    assert "plus rien à y suivre" in actions.assign([demande], to=made.officer_of(opco), by=officer)[1][0]


# --- Views ------------------------------------------------------------------------------------------------------------


def test_a_view_keeps_its_filters_and_never_what_is_typed(desk, officer, opco):
    demande = made.filed(opco=opco)
    name = demande.beneficiaries.get().registration.person.last_name
    body = {"nom": "Mes CCAS", "pile": "a-decider", "idcc": "1518", "age": "7", "q": name, "suivi": "moi"}
    told = plain(desk.post("/financement/vues/", body, follow=True))
    assert "La vue « Mes CCAS » est enregistrée." in told
    view = SavedView.objects.get()
    assert view.filters == {"pile": "a-decider", "idcc": "1518", "age": "7", "suivi": "moi"}
    assert '?pile=a-decider&suivi=moi&idcc=1518&age=7"' in told and "Mes CCAS" in told
    assert "Supprimer" in plain(desk.get("/financement/"))
    told = plain(desk.post(f"/financement/vues/{view.pk}/supprimer/", follow=True))
    assert "est supprimée" in told and not SavedView.objects.exists()


def test_a_name_that_is_searched_narrows_the_list_and_stands_in_no_link_to_share(desk, officer, opco):
    demande, other = made.filed(opco=opco), made.filed(opco=opco)
    name = demande.beneficiaries.get().registration.person.last_name
    sent = desk.post("/financement/", {"_recherche": "oui", "pile": "tous", "q": demande.number})
    told = plain(desk.get(sent["Location"]))
    assert demande.number in told and other.number not in told
    sent = desk.post("/financement/", {"_recherche": "oui", "pile": "tous", "q": name})
    links = [one["href"] for one in Reading(desk.get(sent["Location"])).all("a") if one.get("href")]
    assert not [one for one in [sent["Location"], *links] if name in one]
    shared = next(one for one in links if "~" in one and "/financement/" in one)
    assert demande.number in plain(desk.get(shared.replace("&amp;", "&")))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"nom": "", "idcc": "1518"}, "Donnez un nom"),
        ({"nom": "a" * 61, "idcc": "1518"}, "trop long"),
        ({"nom": f"Vue {NIR}", "idcc": "1518"}, "sécurité sociale"),
        ({"nom": "Tout"}, "ne garde aucun filtre"),
        ({"nom": "Déjà", "idcc": "1518"}, "déjà une vue de ce nom"),
    ],
)
def test_what_is_wrong_in_a_view_is_said(desk, officer, opco, values, said):
    SavedView.objects.create(person=officer, name="Déjà", filters={"idcc": "1518"})
    assert said in plain(desk.post("/financement/vues/", values, follow=True))
    assert SavedView.objects.count() == 1


def test_twenty_views_are_enough(officer):
    for rank in range(20):
        actions.save_view(officer, name=f"Vue {rank}", filters={"idcc": "1518"})
    assert "supprimez-en une" in refused(actions.save_view, officer, name="Une de trop", filters={"idcc": "1518"})


def test_a_view_is_one_s_own(opco, officer):
    view = SavedView.objects.create(person=officer, name="À moi", filters={"idcc": "1518"})
    other = signed_in(made.officer_of(opco))
    assert "À moi" not in plain(other.get("/financement/"))
    assert other.post(f"/financement/vues/{view.pk}/supprimer/").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("departement=35", True),
        ("departement=29", False),
        ("departement=2A", False),
        ("organisme={organisme}", True),
        ("organisme=999999999", False),
        ("type=999999999", False),
        ("age=7", True),
        ("age=60", False),
        ("min=450&max=450", True),
        ("min=450,01", False),
        ("max=449,99", False),
        ("suivi=personne", True),
        ("suivi=moi", False),
        ("echeance=30", False),
        ("mois=ce-mois", False),
        ("mois=2020-01", True),
        ("tri=departement", True),
        ("tri=echeance", True),
        ("tri=organisme&age=deux", True),
    ],
)
def test_each_filter_narrows_the_list(desk, opco, query, found):
    import datetime

    from django.utils import timezone

    demande = made.filed(opco=opco)
    demande.employer.departement_id = "35"
    demande.employer.save()
    Demande.objects.update(waiting_since=timezone.now() - datetime.timedelta(days=9))
    query = query.format(organisme=demande.session.organisation_id)
    assert (demande.number in plain(desk.get(f"/financement/?{query}"))) == found


def test_agreements_that_run_out_are_one_click_away(desk, opco):
    demande = made.granted(opco=opco)
    Demande.objects.filter(pk=demande.pk).update(expires_on=made.in_days(20))
    assert "1 accord finit dans trente jours au plus" in plain(desk.get("/financement/"))
    assert demande.number in plain(desk.get("/financement/?echeance=30&tri=echeance"))


def test_her_month_is_what_was_decided_in_it(desk, officer, opco):
    decided, _ = made.filed(opco=opco), made.filed(opco=opco)
    actions.refuse(decided, by=officer, reason="double emploi", sentence="Non.")
    told = desk.post("/financement/export/", {"mois": "ce-mois"}).content.decode("utf-8-sig")
    assert decided.number in told and len(told.strip().splitlines()) == 2
    assert decided.number in desk.get(f"/financement/?mois={made.today():%Y-%m}").content.decode()
    assert decided.number not in plain(desk.get("/financement/?pile=tous&mois=mois-dernier"))
    actions.withdraw(decided, by=officer)
    assert decided.number not in plain(desk.get("/financement/?pile=tous&mois=ce-mois"))
