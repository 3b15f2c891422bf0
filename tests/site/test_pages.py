import datetime

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from lms.kernel import privacy
from lms.site.models import EditorialPage, HomePage, SiteIdentity

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return HomePage.objects.get()


def add_page(home, slug, *body, **fields):
    page = EditorialPage(title=fields.pop("title", slug.capitalize()), slug=slug, body=list(body), **fields)
    home.add_child(instance=page)
    return page


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_new_site_opens_on_its_own_home_page(home):
    site = Site.objects.get()
    assert site.is_default_site
    assert site.root_page_id == home.pk


def test_the_home_page_lays_each_part_of_its_text(client, home):
    home.title = "Se former\u00a0: ici"
    home.body = [("texte", '<p>Bonjour.</p><p><a href="/catalogue/">Voir</a></p><h2>Vous formez</h2><p>Écrivez.</p>')]
    home.save()
    html = read(client, "/")
    assert "<section><h2>Vous formez</h2><p>Écrivez.</p></section>" in html
    assert '<ul class="ui-goes"><li><a class="ui-go" href="/catalogue/">Voir</a></li></ul>' in html


def test_a_legal_page_names_the_operator_once_known(client, home):
    add_page(home, "mentions-legales", ("texte", "<p>Édité par : {{ editeur }} pour {{ nom_du_site }}.</p>"))
    assert "<mark>à compléter par l’éditeur</mark>" in read(client, "/mentions-legales/")
    SiteIdentity(pk=1, editeur="ANCT").save()
    assert "Édité par\u00a0: ANCT pour Parcours Aidants." in read(client, "/mentions-legales/")


def test_a_box_of_a_page_keeps_its_title(client, home):
    value = {"kind": "attention", "title": "Attention !", "text": "<p>Jamais de mot de passe.</p>"}
    add_page(home, "aide", ("encadre", value))
    html = read(client, "/aide/")
    assert "Jamais de mot de passe." in html
    assert "ui-callout--attention" in html


def test_a_page_says_when_it_was_last_checked(client, home):
    add_page(home, "aide", up_to_date_on=datetime.date(2026, 11, 22))
    assert "Page à jour le dimanche 22 novembre 2026." in read(client, "/aide/").replace("\u00a0", " ")


def test_the_page_on_personal_data_lists_what_the_software_really_keeps(client, home):
    add_page(home, "donnees-personnelles")
    html = read(client, "/donnees-personnelles/")
    for rule in privacy.registry():
        assert rule.label[1:] in html


def test_only_the_page_on_personal_data_does(client, home):
    add_page(home, "aide")
    assert "traitement par traitement" not in read(client, "/aide/")


def test_the_plan_of_the_site_lists_the_public_pages(client, home):
    add_page(home, "plan-du-site", title="Plan du site")
    add_page(home, "aide", title="Aide", live=True)
    add_page(home, "brouillon", title="Brouillon", live=False)
    html = read(client, "/plan-du-site/")
    assert 'href="/aide/"' in html
    assert "Brouillon" not in html
    assert "Vérifier un document" in html


def test_a_page_costs_few_queries(client, home, django_assert_max_num_queries):
    add_page(home, "aide", ("texte", "<p>Une aide.</p>"))
    read(client, "/aide/")
    with django_assert_max_num_queries(8):
        read(client, "/aide/")


# --- Former addresses -------------------------------------------------------------------------------------------------


def test_a_page_renamed_in_the_cms_is_still_reached_by_its_former_address(
    client, home, django_capture_on_commit_callbacks
):
    page = add_page(home, "aide-à-la-saisie")
    page.slug = "saisir"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    for former in ("/aide-à-la-saisie/", "/aide-%C3%A0-la-saisie/", "/aide-à-la-saisie/?utm=lettre"):
        found = client.get(former)
        assert (found.status_code, found["Location"]) == (301, "/saisir/"), former


def test_a_former_address_leads_elsewhere_for_one_question_before_all_and_for_this_site_before_the_others(client, home):
    Redirect.add_redirect("/ancien/?page=2", redirect_to="https://ailleurs.example/2", is_permanent=False)
    Redirect.add_redirect("/ancien/", redirect_to="https://ailleurs.example/tous")
    Redirect.add_redirect("/ancien/", redirect_to="https://ailleurs.example/ici", site=Site.objects.get())
    other = Site.objects.create(hostname="autre.example", root_page=home)
    Redirect.add_redirect("/autre/", redirect_to="https://ailleurs.example/", site=other)
    assert client.get("/ancien/")["Location"] == "https://ailleurs.example/ici"
    asked = client.get("/ancien/?page=2")
    assert (asked.status_code, asked["Location"]) == (302, "https://ailleurs.example/2")
    assert client.get("/autre/").status_code == 404


def test_what_is_nowhere_costs_one_question_more_than_the_page_that_was_not_found(
    client, home, django_assert_max_num_queries
):
    client.get("/nulle-part/")
    with django_assert_max_num_queries(4):
        assert client.get("/nulle-part/?page=é").status_code == 404
