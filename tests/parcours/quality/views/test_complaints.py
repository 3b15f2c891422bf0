import pytest
from django.urls import reverse

from parcours.quality.models import Complaint
from tests.accounts.factories import PersonFactory
from tests.parcours.quality.factories import NIR, complain, manager_of, number, organisme, trainer_of
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db

URL = "/reclamations/"


def written(**values):
    told = {
        "organisation": "nation",
        "capacity": "employer",
        "email": "lea@exemple.fr",
        "subject": "Retard",
        "text": "Une heure de retard.",
    }
    return told | {"client_id": number()} | values


def test_the_foot_of_every_page_leads_to_complaints(client):
    assert 'href="/reclamations/"' in client.get("/plan-du-site/").text


def test_anybody_complains_without_an_account_and_reads_the_number(client):
    organisation = organisme()
    response = client.post(URL, written(organisation=organisation.pk), follow=True)
    complaint = Complaint.objects.get()
    assert response.status_code == 200
    assert complaint.number in response.text
    assert complaint.organisation == organisation and complaint.person is None


def test_a_social_security_number_is_taken_out_and_nothing_is_kept(client):
    response = client.post(URL, written(text=f"Mon numéro est {NIR}."))
    assert response.status_code == 422
    assert "[numéro retiré]" in response.text and "006 084" not in response.text
    assert not Complaint.objects.exists()


def test_data_of_a_person_is_pointed_out_once_then_accepted(client):
    first = client.post(URL, written(text="Appelez le 06 12 34 56 78."))
    assert first.status_code == 422 and "un numéro de téléphone" in first.text
    client.post(URL, written(text="Appelez le 06 12 34 56 78.", warned="1"))
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("email", "", "sans elle, nous ne pouvons pas vous répondre"),
        ("email", "lea", "Cette adresse est incomplète"),
        ("subject", "", "Donnez un objet"),
        ("text", "", "Dites ce qui s’est passé"),
        ("text", "a" * 4001, "Ce texte est trop long"),
    ],
)
def test_what_is_missing_or_too_long_is_said(client, field, value, said):
    response = client.post(URL, written(**{field: value}))
    assert response.status_code == 422
    assert said in response.text


def test_the_eleventh_in_an_hour_waits(client):
    for _ in range(10):
        client.post(URL, written(text=""))
    assert client.post(URL, written()).status_code == 429
    assert client.get(URL).status_code == 200


def test_the_private_link_shows_the_thread_and_takes_a_precision(client):
    complaint = complain(organisme())
    url = reverse("quality:followed", args=[complaint.grant.token])
    response = client.get(url)
    assert complaint.subject in response.text
    assert response.headers["X-Robots-Tag"] == "noindex"
    client.post(url, {"text": "Une précision.", "client_id": number()})
    assert complaint.messages.count() == 2


def test_a_link_that_is_wrong_says_so_and_shows_nothing(client):
    response = client.get(reverse("quality:followed", args=["faux"]))
    assert response.status_code == 410
    assert "Ce lien n’ouvre plus rien" in response.text


def test_whoever_answers_for_the_organisme_reads_answers_and_closes():
    organisation = organisme()
    complaint, client = complain(organisation), signed_in(manager_of(organisation))
    page = client.get(complaint.get_absolute_url())
    assert complaint.subject in page.text
    client.post(complaint.get_absolute_url(), {"text": "C’est réglé.", "client_id": number(), "clore": "1"})
    complaint.refresh_from_db()
    assert complaint.is_closed


def test_another_organisme_a_trainer_or_a_stranger_meets_nothing():
    organisation = organisme()
    complaint = complain(organisation)
    other = signed_in(manager_of(organisme(name="Autre")))
    assert other.get(complaint.get_absolute_url()).status_code == 404
    assert complaint.number not in other.get(reverse("quality:complaints")).text
    assert complaint.number not in other.post(reverse("quality:export_complaints"), {"format": "csv"}).text
    assert signed_in(trainer_of(organisation)).get(complaint.get_absolute_url()).status_code == 404
    assert signed_in(PersonFactory()).get(reverse("quality:complaints")).status_code == 403


def test_the_list_costs_the_same_for_one_or_thirty(django_assert_max_num_queries):
    organisation = organisme()
    for _ in range(30):
        complain(organisation)
    client = signed_in(manager_of(organisation))
    client.get(reverse("quality:complaints"))
    with django_assert_max_num_queries(15):
        assert "Réclamations (30)" in client.get(reverse("quality:complaints")).text


def test_the_export_gives_dates_and_delays_never_the_text():
    organisation = organisme()
    complain(organisation, name="Léa Martin", text="Secret.")
    table = signed_in(manager_of(organisation)).post(reverse("quality:export_complaints"), {"format": "csv"})
    assert "R-" in table.text and "Secret" not in table.text and "Martin" not in table.text
