import pytest
from django.urls import reverse

from lms.organisations.models import Organisation
from parcours.learning.models import Enrolment
from tests.accounts.factories import PersonFactory
from tests.catalogue.factories import EditionFactory
from tests.organisations.factories import DepartementFactory, MembershipFactory, OrganisationFactory, luhn_siret
from tests.parcours.learning.factories import EnrolmentFactory
from tests.parcours.learning.views.sending import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory()


@pytest.fixture
def person(client):
    person = PersonFactory()
    client.force_login(person)
    return person


def address(edition):
    return reverse("learning:enrol", args=[edition.parcours_id])


def employed(person, count=1):
    return [MembershipFactory(person=person).organisation for _ in range(count)]


def declared(**values):
    departement = DepartementFactory().pk
    return {"siret": luhn_siret(90_003), "name": "Mairie de Sada", "departement": departement} | values


def test_all_is_said_before_anybody_commits(client, person, edition):
    employed(person)
    page = text_of(client.get(address(edition)))
    for words in ("Durée 30 min", "Étapes 3", "La plus longue 12 min", "Ce parcours est terminé quand ses 3 étapes"):
        assert words in page
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("habilitation", [True, False])
def test_what_the_course_is_not_enough_for_is_said_when_it_matters(client, person, habilitation):
    edition = EditionFactory(habilitation=habilitation)
    page = text_of(client.get(address(edition)))
    assert ("ne suffit pas pour être habilité à Aidants Connect" in page) == habilitation


def test_with_one_employer_nothing_is_asked(client, person, edition):
    (employer,) = employed(person)
    assert str(employer) in text_of(client.get(address(edition)))
    client.post(address(edition), {"edition": edition.pk})
    assert Enrolment.objects.get().employer == employer


def test_with_several_employers_one_is_chosen(client, person, edition):
    employers = employed(person, 2)
    refused = client.post(address(edition), {"edition": edition.pk})
    assert refused.status_code == 422
    assert "Choisissez l’employeur" in text_of(refused)
    client.post(address(edition), {"edition": edition.pk, "employer": employers[1].pk})
    assert Enrolment.objects.get().employer == employers[1]


def test_the_employer_of_another_cannot_be_chosen(client, person, edition):
    employed(person, 2)
    response = client.post(address(edition), {"edition": edition.pk, "employer": OrganisationFactory().pk})
    assert response.status_code == 422
    assert not Enrolment.objects.exists()


def test_without_employer_one_is_declared(client, person, edition):
    client.post(address(edition), declared(edition=edition.pk))
    assert Enrolment.objects.get().employer.name == "Mairie de Sada"
    assert list(Organisation.objects.employers_of(person)) == [Enrolment.objects.get().employer]


def test_another_employer_can_be_declared(client, person, edition):
    employed(person)
    page = address(edition) + "?autre-employeur"
    assert "SIRET de votre employeur" in text_of(client.get(page))
    client.post(page, declared(edition=edition.pk))
    assert Enrolment.objects.get().employer.name == "Mairie de Sada"


@pytest.mark.parametrize("siret", ["1234", "00000000000000", "12345678901234", "", "x" * 200])
def test_a_wrong_siret_is_refused_beside_its_field_and_declares_nobody(client, person, edition, siret):
    response = client.post(address(edition), declared(edition=edition.pk, siret=siret))
    assert response.status_code == 422
    assert 'id="id_siret_erreur"' in response.content.decode()
    assert not Organisation.objects.filter(name="Mairie de Sada").exists()


@pytest.mark.parametrize("stale", ["older", "nonsense", "nothing"])
def test_an_edition_that_changed_meanwhile_is_announced_again(client, person, edition, stale):
    employed(person)
    newer = EditionFactory(parcours=edition.parcours)
    sent = {"older": edition.pk, "nonsense": "abc", "nothing": ""}[stale]
    response = client.post(address(edition), {"edition": sent})
    assert response.status_code == 422
    assert "a été mis à jour pendant que vous lisiez" in text_of(response)
    assert f'name="edition" value="{newer.pk}"' in response.content.decode()
    assert not Enrolment.objects.exists()
    client.post(address(edition), {"edition": newer.pk})
    assert Enrolment.objects.get().edition == newer


def test_the_button_of_the_catalogue_shows_what_is_announced(client, person, edition):
    employed(person)
    assert client.post(address(edition)).status_code == 200
    assert not Enrolment.objects.exists()


def test_a_second_click_leads_to_the_course(client, person, edition):
    employed(person)
    for _ in range(2):
        response = client.post(address(edition), {"edition": edition.pk})
        assert response["Location"] == Enrolment.objects.get().get_absolute_url()


def test_a_shared_mailbox_may_learn_and_is_told_why_it_is_not_enough(client):
    person, edition = PersonFactory(email="mairie@ville-exemple.fr"), EditionFactory(habilitation=True)
    employed(person)
    client.force_login(person)
    page = text_of(client.get(address(edition)))
    assert "Vous pouvez apprendre avec mairie@ville-exemple.fr" in page
    assert reverse("accounts:pix_address") in client.get(address(edition)).content.decode()
    client.post(address(edition), {"edition": edition.pk})
    assert Enrolment.objects.exists()


def test_a_name_is_asked_before_the_attestation_needs_it(client, edition):
    person = PersonFactory(first_name="", last_name="")
    employed(person)
    client.force_login(person)
    assert reverse("accounts:profile") in client.get(address(edition)).content.decode()
    response = client.post(address(edition), {"edition": edition.pk})
    assert response.status_code == 422
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("name", ["D’Artagnan-Ndiaye", "עדי כהן", "Zoé 🌻", "É" * 120])
def test_names_of_every_kind_enrol(client, edition, name):
    person = PersonFactory(last_name=name)
    employed(person)
    client.force_login(person)
    client.post(address(edition), {"edition": edition.pk})
    assert client.get(Enrolment.objects.get().get_absolute_url()).status_code == 200


def test_a_parcours_that_is_not_published_is_not_open(client, person, edition):
    type(edition.parcours).objects.update(live=False)
    assert client.get(address(edition)).status_code == 404


@pytest.mark.parametrize("pk", [0, 999_999, 10**30])
def test_a_parcours_that_does_not_exist_is_not_found(client, person, pk):
    assert client.get(reverse("learning:enrol", args=[pk])).status_code == 404


def test_one_stops_after_a_second_look_and_not_before(client):
    enrolment = EnrolmentFactory()
    client.force_login(enrolment.person)
    page = reverse("learning:withdraw", args=[enrolment.pk])
    assert "recommencerez depuis le début" in text_of(client.get(page))
    enrolment.refresh_from_db()
    assert enrolment.state == "active"
    assert client.post(page)["Location"] == reverse("learning:home")
    enrolment.refresh_from_db()
    assert enrolment.state == "withdrawn"
    assert client.get(enrolment.get_absolute_url()).status_code == 404
