"""What anybody reads before enrolling."""

import datetime
import json
import re
from itertools import pairwise

import pytest
from django.urls import reverse

from lms.kernel.models import Rule
from parcours.catalogue.models import Edition, FrozenMedium, ParcoursPage
from tests.accounts.factories import PersonFactory
from tests.catalogue.engine.texts import MODULE, PARCOURS, SVG
from tests.catalogue.situations import loaded
from tests.organisations.factories import OrganisationFactory
from tests.site.pages import Reading

pytestmark = pytest.mark.django_db
PARCOURS_PATH = "/catalogue/un-essai/"


def text(client, path) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(" ".join(Reading(response).text).split())


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_parcours_costs_few_queries(client, django_assert_max_num_queries, signed_in):
    OrganisationFactory(training=True, assistance_contact="Inès Roux")
    loaded()
    if signed_in:
        client.force_login(PersonFactory())
    client.get(PARCOURS_PATH)
    with django_assert_max_num_queries(13):
        client.get(PARCOURS_PATH)


def test_a_parcours_says_all_that_must_be_known_before_enrolling(client, catalogue):
    shown = text(client, PARCOURS_PATH)
    for part in ("Agents d’accueil", "Immédiat", "Gratuit", "contact@exemple.test", "Au clavier", "Décider", "Lecture"):
        assert part in shown
    assert "Savoir quand un mandat est nécessaire" in shown
    assert "Ce parcours est terminé quand son unique étape est terminée" in shown


def test_the_organisation_that_answers_for_a_parcours_is_named(client, django_assert_max_num_queries, catalogue):
    only = OrganisationFactory(training=True, assistance_contact="Inès Roux")
    shown = text(client, PARCOURS_PATH)
    assert only.name in shown
    assert "Inès Roux, réponse sous deux jours ouvrés" in shown
    other = OrganisationFactory(training=True)
    assert "Organisme responsable" not in text(client, PARCOURS_PATH)
    ParcoursPage.objects.update(organisation=other)
    with django_assert_max_num_queries(12):
        assert other.name in text(client, PARCOURS_PATH)


def test_one_enrols_from_the_page_and_comes_back_there_after_signing_in(client, catalogue):
    OrganisationFactory(training=True, assistance_contact="Inès Roux")
    parcours, _ = catalogue
    page = Reading(client.get(PARCOURS_PATH))
    enrol = reverse("learning:enrol", args=[parcours.pk])
    assert enrol in [link.get("href") for link in page.all("a")]
    response = client.get(enrol)
    assert response.status_code == 302
    assert response["Location"] == f"{reverse('account_login')}?next={enrol.replace('/', '%2F')}"


def test_a_parcours_that_prepares_to_habilitation_says_what_it_does_not_give(client, catalogue):
    shown = text(client, PARCOURS_PATH)
    assert "Ce parcours en autonomie ne suffit pas pour être habilité à Aidants Connect" in shown
    assert "test Pix" in shown


def test_the_reminder_is_the_rule_of_the_day(client, catalogue):
    Rule.objects.create(
        code="catalogue.habilitation_reminder",
        valid_from=datetime.date(2026, 1, 1),
        value=["Une autre phrase. Il faut aussi :", "une chose"],
    )
    shown = text(client, PARCOURS_PATH)
    assert "Une autre phrase" in shown
    assert "test Pix" not in shown


def test_another_parcours_says_nothing_of_habilitation(client):
    loaded(parcours=PARCOURS.replace("habilitation: oui", "habilitation: non"))
    assert "habilité" not in text(client, PARCOURS_PATH)


def test_the_page_shows_the_edition_one_enrols_in_not_the_modules_of_today(client, catalogue):
    _, module = catalogue
    module.title = "Un module renommé"
    module.save_revision().publish()
    assert "Un module renommé" not in text(client, PARCOURS_PATH)


def test_headings_never_jump_a_level(client, catalogue):
    tags = [tag for tag, _ in Reading(client.get(PARCOURS_PATH)).tags]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", ["/catalogue/bibliotheque-nationale/", "/catalogue/bibliotheque-nationale/le-mandat/"])
def test_the_modules_have_no_public_page(client, path, catalogue):
    assert client.get(path).status_code == 404


def test_a_frozen_file_is_served_to_anybody_for_ever_and_runs_nothing(client):
    loaded(svg='<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><script>alert(1)</script></svg>')
    medium = FrozenMedium.objects.get()
    response = client.get(medium.get_absolute_url())
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Security-Policy"].endswith("sandbox")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response).startswith(b"<svg")
    assert client.get(medium.get_absolute_url().replace("schema", "autre")).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        ("bytes=0-3", 206, b"<svg"),
        ("bytes=-6", 206, b"</svg>"),
        ("bytes=4-", 206, SVG[4:].encode()),
        ("bytes=99999-", 416, b""),
        ("bytes=-", 416, b""),
        ("pages=1-2", 200, SVG.encode()),
    ],
)
def test_a_film_may_be_asked_for_piece_by_piece(client, asked, status, expected, catalogue):
    response = client.get(FrozenMedium.objects.get().get_absolute_url(), headers={"range": asked})
    assert response.status_code == status
    assert b"".join(response) == expected


def test_a_hostile_title_is_shown_as_it_is_written(client):
    title = "Ça <script>alert(1)</script> & l’« été » \u202e 🙂"
    loaded(module=MODULE.replace("titre: Le mandat", f"titre: {title}"))
    html = client.get(PARCOURS_PATH).content.decode()
    assert "<script>alert" not in html
    assert "Ça &lt;script&gt;alert(1)&lt;/script&gt; &amp; l’«" in html
    assert Edition.objects.get().activities.get().module_title.startswith("Ça <script>")


def test_machines_find_each_parcours_with_the_day_it_last_changed(client, catalogue):
    parcours, _ = catalogue
    text = client.get("/sitemap.xml").content.decode()
    line = next(line for line in text.splitlines() if "/catalogue/un-essai/<" in line)
    assert f"<lastmod>{parcours.last_published_at.astimezone():%Y-%m-%d}" in line
    assert "bibliotheque" not in text


def test_machines_read_a_parcours_as_a_course(client, catalogue):
    OrganisationFactory(training=True, name="Formation </script> Armor", assistance_contact="Inès Roux")
    html = client.get(PARCOURS_PATH).content.decode()
    (raw,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    course = json.loads(raw)
    assert (course["@type"], course["name"], course["timeRequired"]) == ("Course", "Un essai", "PT5M")
    assert course["provider"]["name"] == "Formation </script> Armor"
    assert course["offers"]["category"] == "Free"
    assert course["hasCourseInstance"]["courseMode"] == "online"
    assert f'<link rel="canonical" href="{course["url"]}">' in html


def test_what_costs_something_is_not_said_to_be_free(client):
    loaded(parcours=PARCOURS.replace("tarif: Gratuit", "tarif: Sur devis"))
    assert "offers" not in client.get(PARCOURS_PATH).content.decode()


def test_the_three_rights_are_kept_apart(client):
    rights = "qui_suit: Tout le monde.\nqui_s_inscrit: Par un référent.\nqui_est_habilite: Un salarié.\nmodules:"
    loaded(parcours=PARCOURS.replace("modules:", rights))
    shown = text(client, PARCOURS_PATH)
    for part in (
        "Qui peut suivre ce parcours Tout le monde.",
        "Qui peut s’inscrire à une session Par un référent.",
        "Qui peut être habilité Un salarié.",
    ):
        assert part in shown
