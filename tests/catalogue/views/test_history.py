"""Each publication is dated; the page of a day is found again as it was."""

import datetime

import pytest
import time_machine

from parcours.catalogue import actions
from parcours.catalogue.models import ParcoursPage
from tests.catalogue.situations import loaded
from tests.organisations.factories import OrganisationFactory
from tests.site.pages import Reading
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
HISTORY = "/catalogue/un-essai/historique/"


def text(client, path) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(" ".join(Reading(response).text).split())


def publish(note="", **values):
    parcours = ParcoursPage.objects.get()
    for name, value in (values | {"change_note": note}).items():
        setattr(parcours, name, value)
    parcours.save_revision().publish()
    return parcours


@made_once
def year():
    """Published in January, its price changed in March and in June."""
    with time_machine.travel("2026-01-10 09:00+01:00", tick=False):
        OrganisationFactory(training=True, name="Formation Armor", assistance_contact="Inès Roux")
        loaded()
    with time_machine.travel("2026-03-05 23:30+01:00", tick=False):
        publish(price="Sur devis")
    with time_machine.travel("2026-06-01 08:00+02:00", tick=False):
        publish("Le tarif baisse pour les communes.", price="100 €", objectives="Décider\nAgir")
    return ParcoursPage.objects.get()


def test_every_publication_is_told_with_its_date_its_note_and_its_changes(client, year):
    shown = text(client, HISTORY)
    for part in (
        "Lundi 1er juin 2026 édition 3",
        "Le tarif baisse pour les communes.",
        "Tarif Sur devis 100 €",
        "Objectifs Décider Décider ; Agir",
        "Jeudi 5 mars 2026 édition 2, correction mineure",
        "Change : tarif.",
        "Tarif Gratuit Sur devis",
        "Samedi 10 janvier 2026 édition 1",
        "Première publication.",
    ):
        assert part in shown


@pytest.mark.parametrize(
    ("day", "price"),
    [("2026-01-10", "Gratuit"), ("2026-03-04", "Gratuit"), ("2026-03-05", "Sur devis"), ("2026-11-22", "100 €")],
)
def test_the_page_of_a_day_says_what_was_announced_then(client, year, day, price):
    with time_machine.travel("2026-11-22 12:00+01:00", tick=False):
        shown = text(client, f"/catalogue/un-essai/au/{day}/")
        html = client.get(f"/catalogue/un-essai/au/{day}/").content.decode()
    assert f"Tarif {price}" in shown
    assert "tel qu’il était annoncé" in shown
    assert "M’inscrire" not in shown
    assert '<meta name="robots" content="noindex">' in html
    assert "ld+json" not in html


@pytest.mark.parametrize("day", ["2026-01-09", "2026-11-23", "hier", "2026-13-45", "20260310x"])
def test_there_is_no_page_before_the_first_publication_nor_of_a_day_to_come(client, year, day):
    with time_machine.travel("2026-11-22 12:00+01:00", tick=False):
        assert client.get(f"/catalogue/un-essai/au/{day}/").status_code == 404


def test_who_answered_then_is_named_even_when_somebody_else_answers_today(client, year):
    organisation = OrganisationFactory._meta.model.objects.get(name="Formation Armor")
    organisation.name, organisation.assistance_contact = "Autre nom", "Paul Le Bras"
    organisation.save()
    shown = text(client, "/catalogue/un-essai/au/2026-03-10/")
    assert "Formation Armor" in shown
    assert "Inès Roux" in shown
    assert "Paul Le Bras" not in shown


def test_the_history_outlives_the_publication_and_the_address(client, year):
    year.unpublish()
    assert "Ce parcours n’est plus publié" in text(client, HISTORY)
    assert "Il n’est plus publié" in text(client, "/catalogue/un-essai/au/2026-03-10/")
    year.refresh_from_db()
    year.slug = "un-autre-nom"
    year.save_revision().publish()
    assert "Première publication" in text(client, "/catalogue/un-essai/historique/")
    assert "Première publication" in text(client, "/catalogue/un-autre-nom/historique/")


def test_a_parcours_never_published_has_no_history(client, year):
    year.copy(update_attrs={"slug": "copie", "title": "Copie"}, keep_live=False)
    assert client.get("/catalogue/copie/historique/").status_code == 404
    assert client.get("/catalogue/copie/au/2026-11-22/").status_code == 404


def test_a_parcours_under_a_password_keeps_its_past_under_it(client, year):
    year.view_restrictions.create(restriction_type="password", password="x")
    assert client.get(HISTORY).status_code == 404


def test_publishing_again_without_any_change_dates_nothing(year):
    count = year.editions.count()
    actions.freeze(ParcoursPage.objects.get())
    assert year.editions.count() == count


def test_the_note_of_last_time_is_not_said_again(year):
    edition = actions.freeze(publish("Le tarif baisse pour les communes.", price="90 €"))
    assert edition.note == "Change\u00a0: tarif."


def test_the_history_costs_the_same_whatever_its_length(client, year, django_assert_max_num_queries):
    client.get(HISTORY)
    for rank in range(15):
        with time_machine.travel(datetime.datetime(2026, 7, 1 + rank, 12, tzinfo=datetime.UTC), tick=False):
            publish(price=f"{rank} €")
    with django_assert_max_num_queries(22):
        assert client.get(HISTORY).status_code == 200
    assert "Première publication" in text(client, HISTORY + "?page=2")
