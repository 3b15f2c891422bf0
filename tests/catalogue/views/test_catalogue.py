"""Finding a parcours: by words, by filters, without any script; everything is in the address."""

import datetime

import pytest
from django.utils import timezone

from parcours.catalogue.actions.listing import list_again, list_in_catalogue
from parcours.catalogue.models import CataloguePage, Facet, Listing
from tests.catalogue.factories import EditionFactory, ParcoursPageFactory
from tests.site.pages import Reading

pytestmark = pytest.mark.django_db
CATALOGUE = "/catalogue/"


def text(client, query="") -> str:
    response = client.get(CATALOGUE + query)
    assert response.status_code == 200
    return " ".join(" ".join(Reading(response).text).split())


def titles(client, query="") -> list[str]:
    response = client.get(CATALOGUE + query)
    assert response.status_code == 200
    return [line.title for line in response.context["found"]]


def facet(kind, slug, label):
    return Facet.objects.get_or_create(kind=kind, slug=slug, defaults={"label": label})[0]


@pytest.fixture
def tree(catalogue):
    """The catalogue, empty: the parcours of the files is withdrawn."""
    parcours, _ = catalogue
    parcours.unpublish()
    return CataloguePage.objects.get()


@pytest.fixture
def listed(tree):
    """Publishes a parcours as the catalogue lists it: `listed("Titre", minutes=…, modality=…, metiers=[…])`."""

    def publish(title, *, metiers=(), themes=(), content=None, etapes=None, **page):
        parcours = ParcoursPageFactory(parent=tree, title=title, **page)
        parcours.professions = [facet("metier", slug, slug.capitalize()) for slug in metiers]
        parcours.themes = [facet("theme", slug, slug.capitalize()) for slug in themes]
        parcours.save()
        edition = EditionFactory(parcours=parcours, activities=etapes, described=True)
        edition.content |= content or {}
        list_in_catalogue(edition)
        return parcours

    return publish


# --- What a card says -------------------------------------------------------------------------------------------------


def test_the_catalogue_says_of_each_parcours_how_long_it_is(client, catalogue):
    shown = text(client)
    for part in ("Un essai", "5 min en tout", "1 étape", "5 min pour la plus longue", "À distance"):
        assert part in shown
    assert "1 parcours" in shown
    assert "Pour : Agents d’accueil" in shown


def test_a_card_says_which_version_since_when_and_what_is_live(client, listed):
    half_day = {"id": "a", "title": "Prise en main", "summary": "", "minutes": 210, "objectives": []}
    listed(
        "Un jour", version_label="10 h 30", valid_from=datetime.date(2024, 1, 1), content={"seances": [half_day] * 2}
    )
    shown = text(client)
    assert "deux demi-journées en direct" in shown
    assert "Version 10 h 30, en vigueur depuis le 1er janvier 2024" in shown


def test_a_parcours_followed_in_a_session_says_so(client, listed):
    listed("En session", opening="session", is_habilitation=True)
    shown = text(client)
    assert "Sur inscription à une session" in shown
    assert "Prépare à l’habilitation" in shown


# --- Words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["données", "DONNEES", "donnée", "protéger données", "donnees  l’usager", "oeuvre"])
def test_words_are_found_whatever_their_accents_their_case_or_their_number(client, listed, asked):
    listed("Protéger les données d’un usager, une œuvre commune", objectives="Protéger l’usager")
    listed("Autre chose", objectives="Rien")
    assert titles(client, f"?q={asked}") == ["Protéger les données d’un usager, une œuvre commune"]


@pytest.mark.parametrize("asked", ["Distinguer", "mandat", "nécessaire", "Savoir quand un mandat est nécessaire"])
def test_objectives_modules_and_etapes_are_searched_too(client, asked, catalogue):
    assert titles(client, f"?q={asked}") == ["Un essai"]


@pytest.mark.parametrize("asked", ["%", "_", "\\", "' OR 1=1 --", "a" * 5000, "\x00", "😀"])
def test_strange_words_find_nothing_and_break_nothing(client, listed, asked):
    listed("Un mandat")
    assert client.get(CATALOGUE, {"q": asked}).status_code == 200


def test_an_empty_result_says_what_to_do(client, listed):
    listed("Un mandat")
    shown = text(client, "?q=boulangerie")
    assert "0 parcours trouvé" in shown
    assert "Aucun parcours ne correspond à cette recherche" in shown
    assert "retirez un filtre" in shown


def test_a_catalogue_without_parcours_says_so(client, tree):
    assert "Aucun parcours n’est publié" in text(client)


# --- Filters ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def three(listed):
    listed("Accueil", minutes=40, metiers=["agents", "mairie"], themes=["accueil"])
    listed("Données", minutes=200, metiers=["mairie"], themes=["donnees"], modality="mixte")
    listed("Habilitation", minutes=630, metiers=["agents"], is_habilitation=True, modality="mixte")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Accueil", "Données", "Habilitation"]),
        ("?metier=mairie", ["Accueil", "Données"]),
        ("?metier=mairie&theme=donnees", ["Données"]),
        ("?duree=1h", ["Accueil"]),
        ("?duree=plus", ["Habilitation"]),
        ("?duree=demi-journee&modalite=mixte", ["Données"]),
        ("?modalite=presentiel", []),
        ("?habilitation=oui", ["Habilitation"]),
        (
            "?metier=inconnu&duree=toujours&modalite=&tri=hasard&page=99&par_page=x",
            ["Accueil", "Données", "Habilitation"],
        ),
        ("?tri=duree", ["Accueil", "Données", "Habilitation"]),
        ("?tri=nouveaute", ["Accueil", "Données", "Habilitation"]),
    ],
)
def test_filters_narrow_the_list_and_unknown_values_are_no_filter(client, three, query, expected):
    found = titles(client, query)
    assert (found if "nouveaute" not in query else sorted(found)) == expected


def test_each_value_says_how_many_parcours_it_would_leave_the_other_filters_kept(client, three):
    form = client.get(CATALOGUE + "?modalite=mixte&metier=mairie").context["form"]
    choices = {name: dict(form.fields[name].choices) for name in ("metier", "duree", "modalite", "theme")}
    assert choices["metier"] == {"": "Tous", "agents": "Agents (1)", "mairie": "Mairie (1)"}
    assert choices["modalite"] == {"": "Toutes", "a-distance": "À distance (1)", "mixte": choices["modalite"]["mixte"]}
    assert choices["modalite"]["mixte"] == "En présentiel et à distance (1)"
    assert list(choices["duree"]) == ["", "demi-journee"]
    assert list(choices["theme"]) == ["", "donnees"]


def test_the_filters_in_force_are_taken_off_one_by_one(client, three):
    response = client.get(CATALOGUE + "?q=donn%C3%A9es&metier=mairie&tri=duree")
    assert [one["url"] for one in response.context["active"]] == [
        "/catalogue/?metier=mairie&tri=duree",
        "/catalogue/?q=donn%C3%A9es&tri=duree",
    ]
    assert [one["label"] for one in response.context["active"]] == ["«\u00a0données\u00a0»", "Mairie"]


def test_the_filters_chosen_stay_chosen_in_the_form(client, three):
    response = client.get(CATALOGUE + "?metier=mairie&habilitation=oui")
    page = Reading(response)
    assert {"value": "mairie", "selected": None} in page.all("option")
    (box,) = [one for one in page.all("input") if one.get("type") == "checkbox"]
    assert "checked" in box


# --- Old programmes ---------------------------------------------------------------------------------------------------


def test_old_programmes_are_out_of_the_list_and_one_link_away(client, listed):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    listed("D’aujourd’hui", valid_until=timezone.localdate())
    listed("Un ancien", valid_until=yesterday)
    listed("Archives de 2021", opening="fermee")
    assert titles(client) == ["D’aujourd’hui"]
    assert "Voir aussi les programmes anciens (2)" in text(client)
    assert titles(client, "?anciens=oui") == ["D’aujourd’hui", "Archives de 2021", "Un ancien"]
    shown = text(client, "?anciens=oui")
    assert shown.count("Programme ancien") == 2
    assert "Masquer les programmes anciens" in shown


def test_a_programme_to_come_is_announced(client, listed):
    listed("Demain", valid_from=timezone.localdate() + datetime.timedelta(days=1))
    assert "En vigueur à partir du" in text(client)


# --- Size -------------------------------------------------------------------------------------------------------------


def test_the_catalogue_costs_the_same_for_one_parcours_or_forty(client, listed, django_assert_max_num_queries):
    listed("Un seul", metiers=["mairie"])
    query = "?q=un&metier=mairie&duree=1h&modalite=a-distance"
    client.get(CATALOGUE + query)
    with django_assert_max_num_queries(15):
        client.get(CATALOGUE + query)
    for rank in range(40):
        listed(f"Un autre {rank}", metiers=["mairie"])
    with django_assert_max_num_queries(15):
        assert "41 parcours trouvés" in text(client, query)


def test_the_list_comes_by_pages_of_twenty_five(client, listed):
    for rank in range(30):
        listed(f"Parcours {rank:02d}")
    assert len(titles(client)) == 25
    assert titles(client, "?page=2") == [f"Parcours {rank}" for rank in range(25, 30)]
    assert len(titles(client, "?par_page=50")) == 30


def test_machines_are_told_the_plain_address_and_skip_the_filtered_ones(client, three):
    plain, filtered = client.get(CATALOGUE).content.decode(), client.get(CATALOGUE + "?metier=mairie").content.decode()
    assert '<link rel="canonical" href="' in plain
    assert "noindex" not in plain
    assert "noindex" in filtered


def test_the_page_of_the_cms_leads_to_the_list(client, tree):
    CataloguePage.objects.update(slug="autre", url_path=tree.url_path.replace("catalogue", "autre"))
    assert client.get("/autre/")["Location"] == CATALOGUE


def test_the_lines_are_drawn_again_from_the_editions(client, listed):
    listed("Un mandat")
    Listing.objects.all().delete()
    assert list_again() == 2
    assert titles(client) == ["Un mandat"]


def test_the_catalogue_is_one_step_away_from_every_public_page_and_once_in_the_map(client):
    assert 'href="/catalogue/"' in client.get("/verifier/").content.decode()
    assert client.get("/sitemap.xml").content.decode().count("/catalogue/</loc>") == 1
