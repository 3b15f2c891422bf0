import pytest
from django.urls import reverse

from lms.organisations.models import Role
from parcours.catalogue import actions
from parcours.catalogue.models import CataloguePage, LibraryPage, SeancePage
from tests.catalogue.engine.test_seance import TEXT
from tests.catalogue.engine.texts import files
from tests.organisations.situations import World
from tests.permissions.matrix import signed_in
from tests.worlds import made_once

pytestmark = pytest.mark.django_db


@made_once
def planted():
    world = World()
    actions.load_catalogue(files() | {"seances/bac-a-sable.md": TEXT.encode()})
    return world, SeancePage.objects.get()


@pytest.fixture
def world(planted):
    return planted[0]


@pytest.fixture
def national(planted):
    return planted[1]


@pytest.fixture
def trainer(world):
    return signed_in(world.people[Role.TRAINER])


def in_library_of(organisation):
    library = LibraryPage.objects.filter(organisation=organisation).first() or CataloguePage.objects.get().add_child(
        instance=LibraryPage(title=f"Modules de {organisation}", organisation=organisation)
    )
    page = SeancePage(title=f"Séance de {organisation}", summary="…", objectives="Essayer")
    return library.add_child(instance=page)


def test_a_trainer_reads_the_deroule_with_the_minute_at_which_each_line_begins(trainer, national):
    page = trainer.get(reverse("catalogue:seance", args=[national.pk])).content.decode()
    assert "de 0\u00a0min à 45\u00a0min" in page and "de 45\u00a0min à 1\u00a0h" in page
    assert "Montre une fois, puis se tait." in page and "Deux salles." in page


def test_the_sheet_handed_out_hides_what_the_trainer_s_copy_shows(trainer, national):
    handed_out = trainer.get(reverse("catalogue:sheets", args=[national.pk])).content.decode()
    copy = trainer.get(reverse("catalogue:answers", args=[national.pk])).content.decode()
    assert "Lisez la situation." in handed_out and "Un jour suffit." not in handed_out
    assert handed_out.count('fiche__line"') == 4
    assert "Un jour suffit." in copy


def test_the_list_holds_the_national_half_days_and_those_of_ones_own_organisme(trainer, world, national):
    own = in_library_of(world.home(Role.TRAINER))
    other = in_library_of(world.neighbour)
    page = trainer.get(reverse("catalogue:seances")).content.decode()
    assert "2\u00a0demi-journées" in page or "2 demi-journées" in page
    assert national.title in page and own.title in page and other.title not in page
    assert trainer.get(reverse("catalogue:seance", args=[other.pk])).status_code == 404
    assert trainer.get(reverse("catalogue:answers", args=[other.pk])).status_code == 404


def test_a_draft_is_not_read(trainer, national):
    national.unpublish()
    assert trainer.get(reverse("catalogue:seance", args=[national.pk])).status_code == 404


def test_the_list_costs_the_same_for_one_half_day_or_forty(trainer, world, national, django_assert_max_num_queries):
    library = in_library_of(world.home(Role.TRAINER)).get_parent()
    for rank in range(40):
        library.add_child(instance=SeancePage(title=f"Séance {rank}", summary="…", objectives="Essayer"))
    with django_assert_max_num_queries(14):
        page = trainer.get(reverse("catalogue:seances"), {"par_page": "100"}).content.decode()
    assert "Séance 39" in page


def test_no_word_found_says_what_to_try(trainer, national):
    page = trainer.get(reverse("catalogue:seances"), {"q": "introuvable"}).content.decode()
    assert "Aucune demi-journée ne porte ces mots." in page
