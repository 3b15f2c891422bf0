from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from lms.organisations.actions import load_reference
from lms.organisations.models import Campagne, Departement, Region, StructureType, Wave
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def _reference():
    load_reference()


@pytest.mark.usefixtures("_reference")
def test_the_territories_are_those_of_insee():
    assert Region.objects.count() == 18
    assert Departement.objects.count() == 101
    sizes = {
        "01": 1,
        "04": 1,
        "06": 1,
        "11": 8,
        "24": 6,
        "27": 8,
        "28": 5,
        "32": 5,
        "44": 10,
        "52": 5,
        "53": 4,
        "75": 12,
    }
    sizes |= {"76": 13, "84": 12, "93": 6, "94": 2, "02": 1, "03": 1}
    assert {region.code: region.departements.count() for region in Region.objects.all()} == sizes
    assert set(Departement.objects.filter(region="94").values_list("code", flat=True)) == {"2A", "2B"}
    assert Departement.objects.get(code="01").name == "Ain"
    assert str(Departement.objects.get(code="95")) == "Val-d’Oise (95)"


@pytest.mark.usefixtures("_reference")
def test_each_departement_has_its_hour():
    overseas = dict(Departement.objects.exclude(time_zone="Europe/Paris").values_list("code", "time_zone"))
    assert overseas == {
        "971": "America/Guadeloupe",
        "972": "America/Martinique",
        "973": "America/Cayenne",
        "974": "Indian/Reunion",
        "976": "Indian/Mayotte",
    }
    for zone in overseas.values():
        ZoneInfo(zone)


@pytest.mark.usefixtures("_reference")
def test_the_structure_types_are_those_of_aidants_connect():
    assert StructureType.objects.count() == 29
    assert StructureType.objects.get(aidants_connect_id=358).map_code == "UDAF"
    assert StructureType.objects.get(aidants_connect_id=247).map_code == "AUTRE"
    assert list(StructureType.objects.filter(needs_details=True).values_list("aidants_connect_id", flat=True)) == [12]


@pytest.mark.usefixtures("_reference")
def test_the_plan_de_relance_is_loaded_as_published_and_closed():
    campagne = Campagne.objects.get(name="Plan de relance 2021")
    assert (campagne.objective, campagne.closed, campagne.fictional) == (20_000, True, False)
    waves = [
        (w.number, w.label, w.period_label, w.starts_on, w.ends_on, set(w.regions.values_list("code", flat=True)))
        for w in campagne.waves.all()
    ]
    assert waves == [
        (1, "Première vague", "mars – avril 2021", date(2021, 3, 1), date(2021, 4, 30), {"32", "04", "06", "53", "84"}),
        (
            2,
            "Deuxième vague",
            "mai – août 2021",
            date(2021, 5, 1),
            date(2021, 8, 31),
            {"01", "02", "03", "75", "27", "11"},
        ),
        (
            3,
            "Troisième vague",
            "septembre – décembre 2021",
            date(2021, 9, 1),
            date(2021, 12, 31),
            {"93", "94", "24", "28", "76", "44", "52"},
        ),
    ]
    assert "Auvergne-Rhône Alpes" in campagne.waves.first().regions_label


@pytest.mark.usefixtures("_reference")
@pytest.mark.parametrize(
    ("departement", "number"), [("976", 1), ("35", 1), ("971", 2), ("75", 2), ("2A", 3), ("44", 3), (None, None)]
)
def test_the_wave_of_an_organisation_is_that_of_its_region(departement, number):
    organisation = OrganisationFactory(departement_id=departement)
    wave = Wave.objects.of(organisation, Campagne.objects.get(code="plan-de-relance-2021")).first()
    assert (wave and wave.number) == number


@pytest.mark.usefixtures("_reference")
def test_every_region_has_a_wave():
    campagne = Campagne.objects.get(code="plan-de-relance-2021")
    assert Region.objects.filter(waves__campagne=campagne).distinct().count() == 18
    assert not Campagne.objects.current(date(2021, 6, 1)).exists()


def test_loading_twice_adds_nothing_and_keeps_what_was_edited(capsys):
    call_command("load_reference")
    assert "types de structure : 29 ajouts" in capsys.readouterr().out
    StructureType.objects.filter(aidants_connect_id=6).update(label="Médiathèques")
    Campagne.objects.update(name="Plan 2021")
    Region.objects.filter(code="53").update(name="Armorique")
    assert sum(load_reference().values()) == 0
    assert StructureType.objects.get(aidants_connect_id=6).label == "Médiathèques"
    assert Campagne.objects.get().name == "Plan 2021"
    assert Region.objects.get(code="53").name == "Bretagne"
