import pytest

from lms.accounts.models import Person
from lms.kernel.words import match_key, words_of
from tests.accounts.factories import PersonFactory
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("", []),
        ("  '’- ", []),
        ("Le Goff-Éven", ["le", "goff", "even"]),
        ("GRŒN  straße", ["grœn", "strasse"]),
        ("un deux trois quatre cinq six sept", ["un", "deux", "trois", "quatre", "cinq", "six"]),
    ],
)
def test_a_search_is_read_as_words_without_case_nor_accents(asked, words):
    assert words_of(asked) == words


def test_the_key_of_a_name_follows_it_whoever_saves():
    one = PersonFactory(first_name="Zoé", last_name="Lefèvre")
    assert Person.objects.get(pk=one.pk).name_key == "lefevre zoe"
    one.last_name = "D’Août"
    one.save(update_fields=["last_name"])
    assert Person.objects.get(pk=one.pk).name_key == "d aout zoe"
    made = Person.objects.create_people([{"email": "a@b.example", "first_name": "Ana", "last_name": "Éon"}])
    assert Person.objects.get(pk=made[0].pk).name_key == "eon ana"


def test_the_key_of_a_structure_holds_its_name_its_antenne_and_its_town():
    one = OrganisationFactory(name="Mairie", antenne="Bourg-l’Évêque", city="Évry")
    one.city = "Aÿ"
    one.save(update_fields=["city"])
    one.refresh_from_db()
    assert one.search_key == match_key("Mairie", "Bourg-l’Évêque", "Aÿ") == "mairie bourg l eveque ay"
