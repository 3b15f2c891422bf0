import zoneinfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from lms.accounts.models import DataRequest, FactorReset, FrenchZone, Person
from tests.accounts.factories import PersonFactory

pytestmark = pytest.mark.django_db


def test_a_person_is_made_with_the_address_sign_in_needs():
    person = PersonFactory(email="Claire.MARTIN@ville-exemple.fr")
    assert person.email == "claire.martin@ville-exemple.fr"
    assert list(person.emailaddress_set.values_list("email", "primary", "verified")) == [(person.email, True, True)]
    assert not person.has_usable_password()


def test_people_known_from_an_import_may_have_no_address():
    first, second = PersonFactory(unknown_address=True), PersonFactory(email="")
    assert first.email is None
    assert second.email is None
    assert not first.emailaddress_set.exists()


def test_two_spellings_of_one_mailbox_cannot_make_two_people():
    PersonFactory(email="claire@ville-exemple.fr")
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(email="  CLAIRE@Ville-Exemple.fr ")


@pytest.mark.parametrize("email", ["Claire@ville-exemple.fr", ""])
def test_the_database_refuses_what_no_form_has_normalised(email):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.bulk_create([Person(email=email, password="!")])


def test_an_address_for_pix_is_confirmed_only_when_there_is_one():
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=PersonFactory().pk).update(pix_email_confirmed_at=timezone.now())


def test_one_address_for_pix_belongs_to_one_person():
    PersonFactory(pix_email="a@ville-exemple.fr")
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(pix_email="A@ville-exemple.fr")


@pytest.mark.parametrize(
    ("first", "last", "email", "full", "short"),
    [
        ("Claire", "Martin", "c@x.fr", "Claire Martin", "Claire"),
        ("", "Martin", "c@x.fr", "Martin", "Martin"),
        ("", "", "c@x.fr", "c@x.fr", "c@x.fr"),
        ("", "", None, "Personne sans nom", "Personne sans nom"),
        ("👩‍👧", "محمد", None, "👩‍👧 محمد", "👩‍👧"),
        ("x" * 120, "y" * 120, None, f"{'x' * 120} {'y' * 120}", "x" * 120),
    ],
)
def test_a_person_always_has_something_to_be_called(first, last, email, full, short):
    person = Person(first_name=first, last_name=last, email=email)
    assert (person.full_name, person.short_name, str(person)) == (full, short, full)
    assert person.get_full_name() == full
    assert person.get_short_name() == short


def test_the_twelve_french_zones_exist():
    assert len(FrenchZone.values) == 12
    for zone in FrenchZone.values:
        zoneinfo.ZoneInfo(zone)


def test_people_closed_or_merged_are_not_known_any_more():
    kept, closed = PersonFactory(), PersonFactory(is_active=False)
    merged = PersonFactory(merged_into=kept)
    assert list(Person.objects.known()) == [kept]
    assert Person.objects.with_email(f" {closed.email.upper()} ").get() == closed
    assert Person.objects.get_by_natural_key(merged.email.upper()) == merged


def test_superusers_and_users_are_made_as_people_are():
    admin = Person.objects.create_superuser("Admin@ville-exemple.fr", "une phrase bien longue")
    assert admin.is_staff
    assert admin.is_superuser
    assert admin.check_password("une phrase bien longue")
    assert Person.objects.create_user("plain@ville-exemple.fr").emailaddress_set.count() == 1


def test_a_reset_is_asked_by_somebody_else_and_once_at_a_time():
    person, colleague = PersonFactory(), PersonFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.create(person=person, asked_by=person, reason="x", due_at=timezone.now())
    FactorReset.objects.create(person=person, asked_by=colleague, reason="x", due_at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.create(person=person, asked_by=colleague, reason="y", due_at=timezone.now())
    assert str(FactorReset.objects.get()) == f"Réinitialisation du second facteur de {person}"


def test_a_request_about_data_says_what_it_is():
    request = DataRequest(person=PersonFactory(), kind="erasure")
    assert str(request).endswith("effacer mon compte et mes données")
