"""« Où en est mon habilitation ? », as the person reads it and says it."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from certification.habilitation import actions
from certification.habilitation.lifecycle import Origin, Standing
from certification.habilitation.models import Fact
from lms.organisations.queries import today
from tests.accounts.factories import PersonFactory
from tests.certification.habilitation.factories import DAY, HabilitationFactory, ImportedFileFactory, known
from tests.permissions.matrix import signed_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4 capture"


def page_of(person):
    return signed_in(person).get(reverse("habilitation:mine")).content.decode()


def send(person, *, on=DAY, name="capture.pdf", data=PDF, **values):
    file = SimpleUploadedFile(name, data)
    return signed_in(person).post(reverse("habilitation:declare_pix"), {"on": on, "proof": file} | values)


def test_the_four_words_come_with_their_days_and_where_they_are_known_from():
    one = HabilitationFactory(facts=["eligibility", "registration", "training"])
    file = ImportedFileFactory(kind="P1", dated_on=datetime.date(2026, 11, 12))
    known(one, "pix", standing=Standing.IMPORTED, origin=Origin.PIX, file=file.pk)
    page = page_of(one.person)
    assert [page.index(word) for word in ("Inscrit", "Formé", "Test Pix envoyé", "Habilité")]
    for words in ("suivi ici", "fichier de Pix du 12/11/2026", "14/09/2026", "jamais par nous"):
        assert words in page


def test_an_absent_result_says_why_and_under_which_address():
    one = HabilitationFactory(facts=["eligibility", "training"], person__pix_email="marie.duval@mairie-dol.fr")
    page = page_of(one.person)
    assert "marie.duval@mairie-dol.fr" in page
    assert "Envoyer mes résultats" in page
    assert "Aucun fichier de Pix n’a encore été reçu" in page
    ImportedFileFactory(kind="P1", state="done", dated_on=datetime.date(2026, 11, 12))
    assert "jeudi 12\u00a0novembre 2026" in page_of(one.person)


@pytest.mark.parametrize(
    ("dated_on", "said", "unsaid"),
    [
        (datetime.date(2026, 9, 1), "aucun n’est venu depuis le 14/09/2026", "donc la bonne"),
        (DAY, "aucun n’est venu depuis le 14/09/2026", "donc la bonne"),
        (datetime.date(2026, 11, 12), "L’une des deux raisons qui précèdent est donc la bonne", "aucun n’est venu"),
    ],
)
def test_a_file_of_pix_is_told_to_be_older_than_the_training_or_not_to_bear_the_result(dated_on, said, unsaid):
    one = HabilitationFactory(facts=["eligibility", "training"])
    ImportedFileFactory(kind="P1", state="done", dated_on=dated_on)
    page = page_of(one.person)
    assert said in page
    assert unsaid not in page


def test_a_shared_mailbox_is_told_where_an_address_is_expected():
    one = HabilitationFactory(facts=["training"], person__email="mairie@dol.fr")
    before = HabilitationFactory(facts=["registration"], person__email="accueil@dol.fr")
    for person in (one.person, before.person):
        page = page_of(person)
        assert "partagée" in page
        assert reverse("accounts:pix_address") in page


def test_nothing_is_expected_of_pix_before_the_training_nor_after_a_way_out():
    one = HabilitationFactory(facts=["registration"])
    assert "n’apparaît pas encore" not in page_of(one.person)
    other = HabilitationFactory(facts=["training"])
    actions.leave(other, "left", "job_left", on=DAY, by=PersonFactory())
    page = page_of(other.person)
    assert "n’apparaît pas encore" not in page
    assert "a quitté la structure" in page


def test_a_declaration_goes_in_waits_and_may_be_taken_back():
    one = HabilitationFactory(facts=["eligibility", "training"])
    assert send(one.person).status_code == 302
    page = page_of(one.person)
    assert "à confirmer" in page
    assert "Retirer cette déclaration" in page
    assert "Déclarer mon test Pix" not in page
    fact = Fact.objects.get(standing=Standing.DECLARED)
    signed_in(one.person).post(reverse("habilitation:take_back", args=[fact.public_id]))
    assert "Déclarer mon test Pix" in page_of(one.person)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"on": ""}, "Cette réponse manque"),
        ({"on": "demain"}, "Écrivez une date"),
        ({"on": today() + datetime.timedelta(days=1)}, "à venir"),
        ({"on": "2019-02-03"}, "vérifiez l’année"),
        ({"data": b""}, "vide"),
        ({"data": b"PK\x03\x04 rien"}, "PDF, PNG ou JPEG"),
        ({"data": b"du texte", "name": "capture.pdf"}, "PDF, PNG ou JPEG"),
        ({"data": b"%PDF-1.4" + b"0" * 5_000_001}, "dépasse 5 Mo"),
        ({"name": "2 85 05 78 006 084 36.pdf"}, "numéro de sécurité sociale"),
    ],
)
def test_a_declaration_that_cannot_be_is_refused_in_a_sentence(values, sentence):
    one = HabilitationFactory(facts=["training"])
    response = send(one.person, **values)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Fact.objects.filter(standing=Standing.DECLARED).exists()


def test_a_declaration_without_proof_is_refused():
    one = HabilitationFactory(facts=["training"])
    response = signed_in(one.person).post(reverse("habilitation:declare_pix"), {"on": DAY})
    assert "Joignez le justificatif" in response.content.decode()


def test_a_second_declaration_is_refused_while_one_is_open():
    one = HabilitationFactory(facts=["training"])
    send(one.person)
    assert "déjà déclaré" in send(one.person).content.decode()


def test_a_declaration_set_aside_shows_its_reason_on_the_page():
    one = HabilitationFactory(facts=["training"])
    send(one.person)
    fact = Fact.objects.get(standing=Standing.DECLARED)
    actions.reject_fact(fact, by=PersonFactory(), note="la capture ne montre pas l’envoi")
    page = page_of(one.person)
    assert page.index("la capture ne montre pas l’envoi") < page.index("ui-card")
    assert "Déclarer mon test Pix" in page


def test_mon_espace_reminds_of_a_test_that_is_due_and_of_nothing_else():
    one = HabilitationFactory(facts=["training"])
    home = reverse("learning:home")
    assert "Envoyez vos résultats du test Pix" in signed_in(one.person).get(home).content.decode()
    send(one.person)
    assert "Envoyez vos résultats du test Pix" not in signed_in(one.person).get(home).content.decode()
    assert "Mon habilitation" not in signed_in(PersonFactory()).get(home).content.decode()


def test_the_score_is_read_by_the_person_alone():
    one = HabilitationFactory(facts=["training"])
    known(one, "pix", score=0, origin=Origin.PIX)
    assert "0\u00a0%" in page_of(one.person).replace("&nbsp;", "\u00a0")


def test_the_page_costs_the_same_for_one_structure_or_five(django_assert_max_num_queries):
    one = HabilitationFactory(facts=["eligibility", "training"])
    for _ in range(4):
        HabilitationFactory(person=one.person)
    client = signed_in(one.person)
    client.get(reverse("habilitation:mine"))
    with django_assert_max_num_queries(14):
        client.get(reverse("habilitation:mine"))


@pytest.mark.parametrize(("zone", "status"), [("Pacific/Noumea", 302), ("Europe/Paris", 422)])
def test_the_day_has_begun_in_noumea_before_it_does_in_paris(monkeypatch, zone, status):
    one = HabilitationFactory(facts=["eligibility"], person__time_zone=zone)
    evening = datetime.datetime(2026, 11, 22, 22, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: evening)
    assert send(one.person, on="2026-11-23").status_code == status
    assert send(one.person, on="2026-11-24").status_code == 422
