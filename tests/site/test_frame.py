import pytest
from django.core.cache import cache
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import reverse

from lms.site import menus, views
from lms.site.context_processors import Service, brand_lines
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import OrganisationFactory
from tests.permissions.matrix import signed_in
from tests.site.pages import Reading

pytestmark = pytest.mark.django_db

PAGES = ["/", "/composants/", "/connexion/", "/n-existe-pas/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_title_one_language_and_its_landmarks(client, path):
    response = client.get(path)
    page = Reading(response)
    assert page.all("html")[0]["lang"] == "fr"
    assert len(page.all("h1")) == 1
    assert [len(page.all(tag)) for tag in ("header", "main", "footer", "title")] == [1, 1, 1, 1]
    assert "— Parcours Aidants</title>" in response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_the_first_links_lead_inside_the_page(client, path):
    page = Reading(client.get(path))
    targets = [attrs["href"].removeprefix("#") for attrs in page.all("a")[:3]]
    assert targets == ["contenu", "navigation", "pied"]
    assert set(targets) <= set(page.ids())


@pytest.mark.parametrize("path", PAGES)
def test_identifiers_are_unique(client, path):
    ids = Reading(client.get(path)).ids()
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_a_demonstration_says_on_every_page_that_its_data_are_fictional(client, settings, path):
    settings.DEMO = True
    assert "Ce site de démonstration ne contient aucune personne réelle." in client.get(path).content.decode()


def test_a_real_site_says_nothing_of_the_kind(client, settings):
    settings.DEMO = False
    assert "démonstration" not in client.get("/").content.decode()


def test_my_space_is_always_in_sight(client):
    assert 'href="/espace/"' in client.get("/").content.decode()


def test_one_signs_out_by_a_form():
    html = signed_in(PersonFactory()).get("/").content.decode()
    assert "Se déconnecter" in html
    assert 'action="/deconnexion/"' in html


def test_a_space_is_shown_to_those_it_is_open_to(monkeypatch, rf):
    monkeypatch.setattr(menus, "SPACES", {})
    menus.register(menus.Space("Ouvert", "site:gallery", lambda person: True, order=2))
    menus.register(menus.Space("Fermé", "site:robots", lambda person: False))
    menus.register(menus.Space("Premier", "site:favicon", lambda person: True, order=1))
    assert [space.label for space in menus.spaces_of(PersonFactory())] == ["Premier", "Ouvert"]


def test_a_space_opened_by_several_rooms_leads_to_the_first_page_one_may_see(monkeypatch, rf):
    monkeypatch.setattr(menus, "SPACES", {})
    monkeypatch.setattr(menus, "PUBLIC_PAGES", {})
    menus.register(menus.Space("Ouvert", "site:robots", lambda person: False, order=1))
    menus.register(menus.Space("Ouvert", "site:gallery", lambda person: True, order=2))
    menus.register(menus.Space("Ouvert", "site:favicon", lambda person: True, order=3))
    assert [space.url for space in menus.spaces_of(PersonFactory())] == [reverse("site:gallery")]
    request = rf.get(reverse("site:favicon"))
    request.user = PersonFactory()
    assert [entry["current"] for entry in Service(request).menu] == ["", "true"]


def test_a_public_page_with_an_icon_stands_in_the_header_before_any_space(monkeypatch, rf):
    monkeypatch.setattr(menus, "PUBLIC_PAGES", {})
    menus.register(menus.PublicPage("Vérifier", "kernel:verify", order=1))
    menus.register(menus.PublicPage("Galerie", "site:gallery", order=2, icon="calendar"))
    request = rf.get(reverse("site:gallery"))
    request.user = PersonFactory()
    assert [entry["label"] for entry in Service(request).menu][:2] == ["Galerie", "Mon espace"]


def test_nobody_signed_out_has_a_space(client):
    from django.contrib.auth.models import AnonymousUser

    assert menus.spaces_of(AnonymousUser()) == []


@pytest.mark.parametrize(
    ("brand", "lines"),
    [
        ("République française", ["République", "française"]),
        ("Ministère|de l’Intérieur", ["Ministère", "de l’Intérieur"]),
        ("Gouvernement", ["Gouvernement"]),
        ("", []),
    ],
)
def test_the_bloc_marque_is_cut_into_lines(brand, lines):
    assert brand_lines(brand) == lines


def test_a_body_that_is_not_the_state_shows_no_sign_of_it(client, settings):
    settings.BLOC_MARQUE = ""
    html = client.get("/composants/").content.decode()
    assert "fr-logo" not in html
    assert "dsfr/" not in html
    assert "gouv.fr" not in html
    assert "site/neutral.css" in html


def test_the_frame_costs_no_query_to_someone_signed_out(django_assert_num_queries):
    request = RequestFactory().get("/n-existe-pas/")
    cache.clear()
    views.page_not_found(request)
    with django_assert_num_queries(0):
        views.page_not_found(request)


def test_the_footer_gives_the_level_of_accessibility(client):
    assert "Accessibilité\u00a0: non conforme" in client.get("/n-existe-pas/").content.decode()


@pytest.mark.parametrize(
    ("view", "status", "said"),
    [
        (views.bad_request, 400, "n’a pas été comprise"),
        (views.permission_denied, 403, "ne vous est pas ouverte"),
        (views.page_not_found, 404, "n’existe pas"),
        (views.csrf_failure, 403, "Rien n’est perdu"),
    ],
)
def test_a_refusal_of_the_server_says_what_to_do(rf, view, status, said):
    response = view(rf.get("/"))
    assert response.status_code == status
    assert said in response.content.decode()


def test_a_form_too_heavy_is_said_to_be_so(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    response = client.post("/connexion/", {"login": "x" * 11})
    assert response.status_code == 413
    assert "trop lourd" in response.content.decode()


def test_the_page_of_a_failure_needs_nothing_else_to_stand(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = views.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "est conservé" in response.content.decode()
    assert Reading(get_template("500.html").render()).inline_code() == []


def test_the_reason_given_to_a_refusal_is_read(rf):
    assert "Le dossier est clos." in views.permission_denied(rf.get("/"), "Le dossier est clos.").content.decode()


def test_the_menu_of_a_space_lists_what_the_person_may_open_and_marks_where_they_are(monkeypatch):
    monkeypatch.setattr(menus, "ENTRIES", {})
    menus.register(menus.Entry("Espace essai", "Second", "accounts:profile", lambda person: True, order=2))
    menus.register(menus.Entry("Espace essai", "Premier", "accounts:data", lambda person: True, order=1))
    menus.register(menus.Entry("Espace essai", "Fermé", "accounts:security", lambda person: False))
    menus.register(menus.Entry("Ailleurs", "Autre espace", "accounts:security", lambda person: True))
    request = RequestFactory().get("/espace/profil/")
    request.user = PersonFactory()
    html = Template('{% load frame %}{% space_menu "Espace essai" %}').render(Context({"request": request}))
    assert html.index("Premier") < html.index("Second")
    assert "Fermé" not in html and "Autre espace" not in html
    assert html.count('aria-current="page"') == 1
    assert 'href="/espace/profil/" aria-current="page"' in html


def test_the_menu_of_a_structure_lists_its_pages_and_is_not_drawn_without_any(monkeypatch):
    monkeypatch.setattr(menus, "STRUCTURE_PAGES", {})
    organisation = OrganisationFactory(name="Mairie de Dol")
    request = RequestFactory().get(f"/structure/{organisation.public_id}/")
    request.user = PersonFactory()
    drawing = Template("{% load frame %}{% structure_menu organisation %}")
    context = {"request": request, "organisation": organisation}
    assert "<nav" not in drawing.render(Context(context))
    allowed = {"allowed": lambda person, one: one == organisation}
    menus.register(menus.StructurePage("Personnes", "organisations:members", **allowed))
    html = drawing.render(Context(context))
    assert f'href="/structure/{organisation.public_id}/" aria-current="page"' in html
    assert "Mairie de Dol" in html


def test_the_name_of_the_site_is_the_one_of_its_settings_whatever_was_drawn_before(client, settings):
    client.get("/composants/")
    settings.SITE_NAME = "Former en Bretagne"
    html = client.get("/composants/").content.decode()
    assert html.count("Former en Bretagne") > 3
    assert "Parcours Aidants" not in html
