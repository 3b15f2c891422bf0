import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certification.habilitation.actions.imports import recording
from certification.habilitation.lifecycle import FileState, Outcome, Step
from certification.habilitation.models import Habilitation, ImportedFile
from lms.kernel.jobs import post, run_due
from lms.organisations.models import Role
from tests.certification.habilitation.factories import DAY, HabilitationFactory, ImportedFileFactory
from tests.certification.habilitation.stock import GENERAL, csv_of, general, general_line, pix_json, received
from tests.organisations.factories import MembershipFactory, OrganisationFactory
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return MembershipFactory(organisation=OrganisationFactory(training=True), role=Role.TRAINING_MANAGER).person


def deposit(client, content, name="aidants.csv", kind="A11", space="pilotage", **values):
    data = {"kind": kind, "file": SimpleUploadedFile(name, content), "dated_on": str(DAY)} | values
    return client.post(reverse(f"habilitation:{space}_deposit"), data)


def shown(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_a_pilot_deposits_a_file_sees_what_it_would_do_and_confirms(pilot):
    client = signed_in(pilot)
    page = deposit(client, general(4)).headers["Location"]
    assert "La lecture est en cours" in shown(client.get(page))
    run_due()
    text = shown(client.get(page))
    assert "Rien n’est encore enregistré" in text
    assert "4 lignes" in text
    assert Habilitation.objects.count() == 0
    found = ImportedFile.objects.get()
    client.post(reverse("habilitation:pilotage_confirm", args=[found.public_id]))
    run_due()
    assert Habilitation.objects.count() == 4
    assert "enregistré" in shown(client.get(page))


def test_a_file_that_somebody_deposits_is_read_and_recorded_before_the_papers_that_were_waiting(pilot):
    for rank in range(3):
        post("paperwork.seal_paper", rank)
    client = signed_in(pilot)
    page = deposit(client, general(4)).headers["Location"]
    assert run_due(limit=1) == 1
    assert "Rien n’est encore enregistré" in shown(client.get(page))
    client.post(f"{page}enregistrer/")
    run_due(limit=1)
    assert Habilitation.objects.count() == 4


def test_a_file_is_not_confirmed_twice_nor_abandoned_once_recorded(pilot):
    client, found = signed_in(pilot), received(general(2), by=pilot)
    for _ in range(2):
        client.post(reverse("habilitation:pilotage_confirm", args=[found.public_id]))
    run_due()
    client.post(reverse("habilitation:pilotage_abandon", args=[found.public_id]))
    found.refresh_from_db()
    assert (found.state, Habilitation.objects.count()) == (FileState.DONE, 2)


def test_an_abandoned_file_leaves_no_line(pilot):
    found = received(general(2), by=pilot)
    signed_in(pilot).post(reverse("habilitation:pilotage_abandon", args=[found.public_id]))
    found.refresh_from_db()
    assert (found.state, found.lines.count()) == (FileState.ABANDONED, 0)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 rien", "n’a pas pu être lu"),
        (b"\xd0\xcf\x11\xe0ancien", "ancien format"),
        (b"Nom;Couleur\nRoux;rouge\n", "Il manque"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(pilot, content, sentence):
    client = signed_in(pilot)
    page = deposit(client, content).headers["Location"]
    run_due()
    assert sentence in shown(client.get(page))


def test_an_empty_file_a_day_to_come_and_no_file_are_refused_on_the_form(pilot):
    client = signed_in(pilot)
    assert "vide" in shown(deposit(client, b""))
    assert "pas encore passée" in shown(deposit(client, general(1), dated_on="2099-01-01"))
    response = client.post(reverse("habilitation:pilotage_deposit"), {"kind": "", "dated_on": str(DAY)})
    assert response.status_code == 422
    assert "Choisissez la nature du fichier." in shown(response)
    assert "Choisissez le fichier à déposer." in shown(response)
    assert ImportedFile.objects.count() == 0


def test_an_organisme_deposits_lists_of_presence_and_nothing_else(manager):
    client = signed_in(manager)
    assert deposit(client, general(1), space="formation").status_code == 422
    one = HabilitationFactory(person__email="anne@rennes.example")
    content = "EMAIL;Présence en formation\nanne@rennes.example;Oui\n".encode()
    deposit(client, content, kind="A5", space="formation", held_on=str(DAY))
    run_due()
    found = ImportedFile.objects.get()
    client.post(reverse("habilitation:formation_confirm", args=[found.public_id]))
    run_due()
    one.refresh_from_db()
    assert one.step == Step.ATTENDED


def test_a_neighbour_organisme_finds_nothing_of_it(manager):
    found = ImportedFileFactory(kind="A5", organisation=OrganisationFactory(training=True))
    client = signed_in(manager)
    assert client.get(reverse("habilitation:formation_file", args=[found.public_id])).status_code == 404
    assert found.name not in shown(client.get(reverse("habilitation:formation_files")))


def test_the_column_of_the_address_is_chosen_when_the_campaign_names_it_otherwise(pilot):
    one = HabilitationFactory(person__email="anne@rennes.example", facts=["eligibility", "training"])
    content = f"Identifiant CN;Partage (O/N);Date du partage\nanne@rennes.example;Oui;{DAY}\n".encode()
    client = signed_in(pilot)
    page = deposit(client, content, kind="P2", name="pix.csv").headers["Location"]
    run_due()
    found = ImportedFile.objects.get()
    assert found.state == FileState.UNREADABLE
    assert "L’adresse est dans une autre colonne" in shown(client.get(page))
    client.post(reverse("habilitation:pilotage_column", args=[found.public_id]), {"email": "Identifiant CN"})
    run_due()
    client.post(reverse("habilitation:pilotage_confirm", args=[found.public_id]))
    run_due()
    one.refresh_from_db()
    assert one.step == Step.HABILITATED


def test_an_unknown_address_is_matched_by_a_person_once(pilot):
    one = HabilitationFactory(person__email="anne.roux@ville.example", facts=["eligibility", "training"])
    found = received(pix_json((str(DAY), "anne.perso@mail.example", 0.8)), "P1", name="pix.json", by=pilot)
    recording.confirm(found, by=pilot)
    run_due()
    client, line = signed_in(pilot), found.lines.get()
    page = reverse("habilitation:doubt", args=[line.pk])
    assert "anne.perso@mail.example" in shown(client.get(reverse("habilitation:doubts")))
    assert "anne.roux@ville.example" in shown(client.post(page, {"faire": "chercher", "q": "anne.roux"}))
    assert client.post(page, {"whom": "n’importe quoi"}).status_code == 422
    client.post(page, {"whom": str(one.person.public_id)})
    one.refresh_from_db()
    assert one.step == Step.HABILITATED
    assert "n’attend plus rien" in shown(client.get(page))
    client.post(page, {"whom": "aucune"})
    line.refresh_from_db()
    assert line.outcome == Outcome.CHANGED


def test_lists_stay_bounded_in_queries(pilot, django_assert_max_num_queries):
    for _ in range(30):
        ImportedFileFactory(state=FileState.DONE, counts={"new": 3}, lines_count=3)
    received(general(60))
    client = signed_in(pilot)
    found = ImportedFile.objects.get(lines_count=60)
    for address in (
        reverse("habilitation:pilotage_files"),
        reverse("habilitation:pilotage_file", args=[found.public_id]),
        reverse("habilitation:doubts"),
    ):
        with django_assert_max_num_queries(15):
            assert client.get(address).status_code == 200


def test_a_namesake_under_another_address_is_added_when_somebody_says_so(pilot):
    known = HabilitationFactory(person__first_name="Camille", person__last_name="Nom0", organisation__data_pass_id="99")
    lines = [general_line(0, **{"Organisation: Datapass ID": "99"})]
    found = received(csv_of(GENERAL, lines), by=pilot)
    recording.confirm(found, by=pilot)
    run_due()
    client, line = signed_in(pilot), found.lines.get()
    page = reverse("habilitation:doubt", args=[line.pk])
    assert "Une personne que personne ne connaît encore" in shown(client.get(page))
    client.post(page, {"whom": "nouvelle"})
    new = Habilitation.objects.exclude(pk=known.pk).get()
    assert (new.person.email, new.organisation) == ("aidant0@ville0.example", known.organisation)
    client.post(page, {"whom": "nouvelle"})
    assert Habilitation.objects.count() == 2


def test_a_pix_result_makes_nobody(pilot):
    found = received(pix_json((str(DAY), "anne.perso@mail.example", 0.8)), "P1", name="pix.json", by=pilot)
    recording.confirm(found, by=pilot)
    run_due()
    client, page = signed_in(pilot), reverse("habilitation:doubt", args=[found.lines.get().pk])
    assert "ne connaît encore" not in shown(client.get(page))
    assert client.post(page, {"whom": "nouvelle"}).status_code == 422
