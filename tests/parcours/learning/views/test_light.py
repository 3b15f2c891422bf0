"""The light version: nothing loads before a tap, everything says what it weighs, with or without a script."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from lms.accounts.engine.display import COOKIE
from parcours.adaptations.models import AdaptationRequest
from parcours.catalogue.models import FrozenMedium
from tests.catalogue.factories import EditionFactory, series
from tests.parcours.adaptations.factories import MeasureFactory
from tests.parcours.learning.factories import QUIZ, REAL, TEXT, EnrolmentFactory
from tests.parcours.learning.views.sending import address, text_of

pytestmark = pytest.mark.django_db

SHA = "c" * 64
FIGURE = (
    f'<figure class="bloc-image"><img src="/catalogue/medias/{SHA}/schema.svg" alt="Trois durées de mandat" width="800"'
    ' height="400" loading="lazy"><figcaption>Les durées</figcaption><details class="bloc-repli"><summary>Lire cette '
    "image en texte</summary><div><p>Un jour, un mois, un an.</p></div></details></figure>"
)
OLD = '<img src="/media/images/vieille.png" alt="Une image d’avant">'


@pytest.fixture
def enrolment(client):
    nodes = [{"type": "html", "html": FIGURE + OLD}, series(), {"type": "html", "html": FIGURE}]
    edition = EditionFactory(activities=[{"rule": {"kind": "answered"}, "nodes": nodes}])
    medium = FrozenMedium(sha256=SHA, name="schema.svg", content_type="image/svg+xml", size=34_120)
    medium.file.save("schema.svg", ContentFile(b"<svg/>"), save=False)
    medium.save()
    edition.media.add(medium)
    enrolment = EnrolmentFactory(edition=edition)
    client.force_login(enrolment.person)
    return enrolment


@pytest.fixture
def light(client, enrolment):
    client.cookies[COOKIE] = "oui"
    return client


def loaded(html):
    """Media a browser would fetch: those in a template are inert."""
    return re.findall(r"<(?:img|video|audio|source)\b", re.sub(r"(?s)<template>.*?</template>", "", html))


def test_the_full_version_shows_its_images(client, enrolment):
    html = client.get(address(enrolment, 0)).content.decode()
    assert len(loaded(html)) == 3
    assert "Afficher l’image" not in html
    assert "Passer en version légère" in html


def test_nothing_loads_and_each_image_says_what_it_shows_and_weighs(light, enrolment):
    page = light.get(address(enrolment, 0))
    assert loaded(page.content.decode()) == []
    text = text_of(page)
    assert text.count("Afficher l’image (34 ko)") == 2
    assert "Trois durées de mandat" in text
    assert "Afficher l’image " in text and "Une image d’avant" in text
    assert "Un jour, un mois, un an." in text
    assert "Revenir à la version complète" in text


def test_without_a_script_the_link_shows_that_one_and_keeps_those_before(light, enrolment):
    html = light.get(address(enrolment, 0) + "?medias=3").content.decode()
    assert len(loaded(html)) == 1
    assert 'href="?medias=1,3#media-1"' in html
    assert len(loaded(light.get(address(enrolment, 0) + "?medias=1,3").content.decode())) == 2


@pytest.mark.parametrize("asked", ["", "x", "-1", "999", "99999999999", "1,,x", "١"])
def test_what_is_not_a_medium_shows_nothing_more(light, enrolment, asked):
    page = light.get(address(enrolment, 0), {"medias": asked})
    assert page.status_code == 200
    assert len(loaded(page.content.decode())) == ("1" in asked.split(",") or asked == "١")


def test_the_choice_belongs_to_the_device_and_comes_back_to_the_page(client, enrolment):
    url = reverse("accounts:light")
    response = client.post(url, {"light": "oui", "next": address(enrolment, 0)})
    assert response["Location"] == address(enrolment, 0)
    assert response.cookies[COOKIE]["httponly"] and response.cookies[COOKIE]["samesite"] == "Lax"
    assert "Afficher l’image" in text_of(client.get(address(enrolment, 0)))
    client.post(url, {"light": "non"})
    assert "Afficher l’image" not in text_of(client.get(address(enrolment, 0)))


@pytest.mark.parametrize("back", ["https://ailleurs.test/", "//ailleurs.test/", ""])
def test_nobody_is_sent_elsewhere(client, back):
    assert client.post(reverse("accounts:light"), {"light": "oui", "next": back})["Location"] == "/version-legere/"


def test_a_browser_that_saves_data_is_heard_until_one_chooses(client, enrolment):
    page = address(enrolment, 0)
    saving = {"Save-Data": "on"}
    assert "Afficher l’image" in text_of(client.get(page, headers=saving))
    client.cookies[COOKIE] = "non"
    assert "Afficher l’image" not in text_of(client.get(page, headers=saving))


def test_the_page_of_the_choice_is_open_to_all_and_linked_from_everywhere(client):
    page = client.get("/version-legere/")
    assert page.status_code == 200
    assert page.content.decode().count('href="/version-legere/"') == 1


def test_an_etape_travels_in_less_than_thirty_thousand_bytes(client):
    long = {**QUIZ, "nodes": lambda: [TEXT, series(*["choix-unique"] * 20)]}
    enrolment = EnrolmentFactory(edition=EditionFactory(activities=[*REAL, long]))
    client.force_login(enrolment.person)
    client.cookies[COOKIE] = "oui"
    for rank in (0, len(REAL)):
        page = client.get(address(enrolment, rank), headers={"Accept-Encoding": "gzip"})
        assert page["Content-Encoding"] == "gzip"
        assert len(page.content) < 30_000


def test_it_costs_no_query_more_once_it_was_drawn(light, enrolment, django_assert_max_num_queries):
    light.get(address(enrolment, 0))
    with django_assert_max_num_queries(8):
        light.get(address(enrolment, 0))


def test_whoever_was_granted_contents_without_images_gets_them_so_and_the_measure_has_served(client, enrolment):
    measure = MeasureFactory(request__person=enrolment.person, kind="sans-image")
    assert loaded(client.get(address(enrolment, 0)).content.decode()) == []
    measure.request.refresh_from_db()
    assert measure.request.last_used_on == timezone.localdate()


def test_a_measure_granted_for_other_occasions_changes_no_etape(client, enrolment):
    measure = MeasureFactory(request__person=enrolment.person, request__occasions=["sessions"], kind="sans-image")
    assert len(loaded(client.get(address(enrolment, 0)).content.decode())) == 3
    measure.request.refresh_from_db()
    assert measure.request.last_used_on is None


def test_a_measure_has_served_on_every_day_of_use_and_not_only_on_the_first(client, enrolment):
    measure = MeasureFactory(request__person=enrolment.person, kind="pauses")
    client.get(address(enrolment, 0))
    AdaptationRequest.objects.update(last_used_on=timezone.localdate() - timedelta(days=9))
    cache.clear()
    client.get(address(enrolment, 0))
    measure.request.refresh_from_db()
    assert measure.request.last_used_on == timezone.localdate()


def test_the_module_one_takes_away_is_as_the_measure_says(client, enrolment):
    module = enrolment.edition.outline[0].module_id
    url = reverse("learning:download_module", args=[enrolment.pk, module])
    assert "<img" in client.get(url).content.decode()
    measure = MeasureFactory(request__person=enrolment.person, kind="sans-image")
    cache.clear()
    carried = client.get(url).content.decode()
    assert "<img" not in carried and "À voir en ligne" in carried
    measure.request.refresh_from_db()
    assert measure.request.last_used_on == timezone.localdate()
